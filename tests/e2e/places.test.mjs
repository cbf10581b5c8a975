// places.test.mjs — a fair place taken into a proposal; "I'm here" between two accounts; free to meet at the same time.
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { send } from './lib/api.mjs';
import { desk, findings, launch, mustBeQuiet, person, phone, sideways } from './lib/browser.mjs';
import { startProgram } from './lib/program.mjs';
import { addAccount, alexander, catherine, open, setUp, signIn } from './lib/steps.mjs';

const toronto = { latitude: 43.655, longitude: -79.385 };
const allowed = { geolocation: toronto, permissions: ['geolocation'] };
const cafe = (id, name, lng, more = {}) => ({ type: 'Feature', id: `n${id}`, geometry: { type: 'Point', coordinates: [lng, 43.66] }, properties: { amenity: 'cafe', name, ...more } });

let program, browser, cate, alex, friend;
const shots = process.env.VISAVIS_SHOTS; // a folder: pictures of what was seen
const look = async (page, name) => {
  if (!shots) return;
  mkdirSync(shots, { recursive: true });
  for (const [size, viewport] of [['phone', phone], ['desk', desk]])
    for (const colorScheme of ['light', 'dark']) {
      await page.setViewportSize(viewport);
      await page.emulateMedia({ colorScheme });
      await page.screenshot({ path: join(shots, `${name}-${size}-${colorScheme}.png`), fullPage: true });
    }
  await page.emulateMedia({ colorScheme: 'light' });
};
const fits = async (page, name) => {
  assert.deepEqual(await findings(page), [], name);
  const size = page.viewportSize();
  await page.setViewportSize(phone);
  assert.equal(await sideways(page), 0, name);
  assert.deepEqual(await findings(page), [], name);
  await look(page, name);
  await page.setViewportSize(size);
};

before(async () => {
  program = await startProgram();
  browser = await launch();
  cate = await person(browser, { viewport: desk, ...allowed });
  alex = await person(browser, { viewport: desk, ...allowed });
  await setUp(cate.page, program, catherine);
  addAccount(program, alexander);
  await signIn(alex.page, program, alexander);
  for (const { page } of [cate, alex]) await send(page, 'PATCH', '/account', { home: { name: 'Toronto', at: [43.65, -79.35] } });
  // A meeting links the two: each is one of the other's people from then on.
  const first = await send(cate.page, 'POST', '/meetings', { account: 'alexander', kind: 'coffee', slots: [{ start: '2026-11-21T17:00:00Z', end: '2026-11-21T18:00:00Z' }], places: [{ name: 'Harbour' }], zone: 'America/Toronto', purpose: 'To begin where we stopped' });
  await send(alex.page, 'POST', `/meetings/${first.id}/answer`, { answer: 'accept', slot: '1' });
  friend = (await send(cate.page, 'GET', '/people?query=alexander')).items[0];
  await send(cate.page, 'PATCH', `/people/${friend.id}`, { city: 'Toronto' });
});
after(async () => {
  mustBeQuiet([...cate.complaints, ...alex.complaints]);
  await browser?.close();
  await program?.stop();
});

test('the operator brings a map, and a proposal takes a fair place from it', async () => {
  const file = join(program.data, 'toronto.geojson');
  writeFileSync(file, JSON.stringify({ type: 'FeatureCollection', features: [cafe(1, 'Silver Lantern', -79.39, { wheelchair: 'yes', quiet: 'yes', 'addr:street': 'Spadina', 'addr:housenumber': '17' }), cafe(2, 'Loud Kettle', -79.38), cafe(3, 'Far Corner', -79.1)] }));
  const [report] = program.command(['--json', 'venues', 'import', file]).trim().split('\n').map((line) => JSON.parse(line));
  assert.deepEqual([report.set, report.venues, report.created], ['toronto', 3, 3]);
  const { page } = cate;
  await open(page, program, `/meetings/new?person=${friend.id}&kind=coffee`);
  await page.getByRole('button', { name: 'Find a fair place' }).click();
  const fair = page.getByRole('group', { name: /A fair place for you and Alexander/ });
  await fair.getByText('Loud Kettle').first().waitFor();
  assert.match(await fair.textContent(), /You have not met yet/);
  assert.match(await fair.textContent(), /min for you, about \d+ min for Alexander/);
  await fits(page, 'fair');
  await fair.getByText('step-free', { exact: true }).click();
  await fair.getByText('Loud Kettle').first().waitFor({ state: 'detached' });
  await fair.getByRole('button', { name: 'Take it Silver Lantern' }).click();
  await fair.getByRole('button', { name: 'Taken Silver Lantern' }).waitFor();
  assert.equal(await page.getByLabel('Place 1: Name of the place').inputValue(), 'Silver Lantern');
  assert.equal(await page.getByLabel('Place 1: Address').inputValue(), 'Spadina 17');
});

test('each says with whom it works to be told who is near', async () => {
  for (const { page } of [cate, alex]) {
    await open(page, program, '/settings/places');
    await page.getByLabel('Tell me, and tell them of me').check();
    await page.getByText('Acquaintances', { exact: true }).click();
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('Saved.').waitFor();
  }
  await cate.page.getByLabel('Name', { exact: true }).fill('My corner');
  await cate.page.getByLabel('Address, ending with the city').fill('Queen Street 1, Toronto');
  await cate.page.getByRole('button', { name: 'Keep it' }).click();
  await cate.page.getByText('My corner').first().waitFor();
  await fits(cate.page, 'settings');
});

test('one is here for an hour: the other is told once, both ways, and it can be taken back', async () => {
  await open(cate.page, program, '/around');
  await cate.page.getByRole('region', { name: 'I’m here' }).getByText('Acquaintances', { exact: true }).click();
  await fits(cate.page, 'around');
  await cate.page.getByRole('button', { name: 'Say that I’m here' }).click();
  await cate.page.getByText(/You said that you are in Toronto until 14:\d\d/).waitFor();
  await cate.page.getByText('Shown to Alexander Twelvetrees.').waitFor();
  await cate.page.getByText(/Alexander Twelvetrees is around\. Both of you were told/).waitFor();
  await open(alex.page, program, '/');
  await alex.page.getByText(/Catherine Hollingsworth is near, until 14:\d\d/).waitFor();
  await fits(alex.page, 'today');
  await alex.page.getByRole('button', { name: 'Thanks' }).click();
  await alex.page.getByText('Catherine Hollingsworth is near').waitFor({ state: 'detached' });
  await open(alex.page, program, '/around');
  await alex.page.getByText(/around Toronto until 14:\d\d/).waitFor();
  assert.equal((await send(alex.page, 'GET', '/check-ins')).notes.length, 0, 'once is enough');
  await cate.page.getByRole('button', { name: 'I’ve left' }).click();
  await cate.page.getByRole('button', { name: 'Say that I’m here' }).waitFor();
  await open(alex.page, program, '/around');
  assert.equal(await alex.page.getByText('around Toronto until').count(), 0);
});

test('two are free to meet at the same time, and both read it', async () => {
  for (const { page } of [cate, alex]) {
    await open(page, program, '/around');
    const part = page.getByRole('region', { name: 'Free to meet' });
    await part.getByLabel('For', { exact: true }).selectOption({ label: 'A walk' });
    await part.getByText('Acquaintances', { exact: true }).click();
    await part.getByRole('button', { name: 'I’m free then' }).click();
    await part.getByText(/Saturday 21 November, 17:00 to 20:00/).first().waitFor();
  }
  await alex.page.getByText('Catherine Hollingsworth is free as well, 17:00 to 20:00.').waitFor();
  await open(cate.page, program, '/around');
  await cate.page.getByText('Alexander Twelvetrees is free as well, 17:00 to 20:00.').waitFor();
  await fits(cate.page, 'free');
  await open(cate.page, program, '/');
  await cate.page.getByText(/Alexander Twelvetrees is free as well/).waitFor();
  await open(cate.page, program, '/around');
  await cate.page.getByRole('region', { name: 'Free to meet' }).getByRole('link', { name: 'Propose something' }).click();
  await cate.page.getByRole('heading', { name: /Meet Alexander/ }).waitFor();
  assert.equal(await cate.page.getByLabel('Time 1', { exact: true }).inputValue(), '2026-11-21T17:00');
  await open(alex.page, program, '/around');
  await alex.page.getByRole('region', { name: 'Free to meet' }).getByRole('button', { name: /Take it back/ }).click();
  await alex.page.getByText('Catherine Hollingsworth is free as well').waitFor({ state: 'detached' });
});
