// trips.test.mjs — three days among twelve people: planned, changed by hand, proposed in waves, answered without accounts, healed.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { desk, findings, launch, mustBeQuiet, person } from './lib/browser.mjs';
import { fetched, read } from './lib/paper.mjs';
import { mustBeFit, shot } from './lib/looks.mjs';
import { startProgram } from './lib/program.mjs';
import { acceptAsGuest, catherine, fillTrip, open, setUp } from './lib/steps.mjs';

let program, browser, cate, guest;
before(async () => {
  program = await startProgram();
  browser = await launch();
  cate = await person(browser, { viewport: desk });
  guest = await person(browser, { javaScriptEnabled: false });
  await setUp(cate.page, program, catherine);
});
after(async () => {
  mustBeQuiet(cate.complaints);
  await browser?.close();
  await program?.stop();
});

const names = ['Benjamin Rosewarne', 'Thomas Edgecombe', 'Rupert Nightingale', 'Xiaoming Li', 'Deepika Banerjee', 'Beatrice Carter', 'Rajesh Patel', 'Yun Huang', 'Meiling Ouyang', 'Wei Zhou', 'Arjun Chauhan', 'Lawrence Yates', 'Graham Crossfield', 'Mohammed Pillai'];
const links = new Map();
let trip;

const stop = (page, name) => page.locator('.stop', { hasText: name });
const hourOf = (page, name) => stop(page, name).locator('time').getAttribute('datetime');

test('a newcomer is asked where she will be', async () => {
  const { page } = cate;
  await page.evaluate(async (each) => {
    for (const name of each) await fetch('/api/visavis/v1/people', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ name, city: 'Boston', relation: 'colleague' }) });
  }, names);
  await open(page, program, '/meetings');
  await page.getByRole('link', { name: 'Trips' }).click();
  await page.getByText('Where will you be next?').waitFor();
  await mustBeFit(page, 'trips-empty');
});

test('three days are planned from a city and two dates', async () => {
  const { page } = cate;
  await fillTrip(page, 'Boston', 'United States', '2026-12-10T08:00', '2026-12-08T20:00');
  await page.getByRole('button', { name: 'Plan it' }).click();
  await page.getByText('A trip ends after it begins.').waitFor();
  await page.getByLabel('You arrive').fill('2026-12-08T08:00');
  await page.getByLabel('You leave').fill('2026-12-10T20:00');
  await page.getByRole('button', { name: 'Plan it' }).click();
  await page.getByRole('heading', { name: 'Three days in Boston' }).waitFor();
  trip = new URL(page.url()).pathname;
  await page.getByText('Twelve meetings fit, all with people you have only known online.').waitFor();
  await page.getByText(/two are left out, and named below\. No better plan is possible\./).waitFor();
  assert.equal(await page.locator('.stop').count(), 12);
  await page.locator('.planmap canvas').waitFor();
  await page.locator('.planmap .pinno').first().waitFor();
  await mustBeFit(page, 'trip-planned');
});

test('a meeting is dragged to another day, and another is moved by the keyboard', async () => {
  const { page } = cate;
  const first = await page.locator('.day').nth(0).locator('.stop h4 a').first().textContent();
  await stop(page, first).dragTo(page.locator('.day').nth(2).locator('h3').first());
  await page.locator('.day').nth(2).locator('.stop', { hasText: first }).getByText('You chose this time.').waitFor();
  assert.match(await hourOf(page, first), /^2026-12-10/);
  const second = await page.locator('.day').nth(1).locator('.stop h4 a').first().textContent();
  await page.getByRole('button', { name: `Move ${second}` }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').waitFor();
  await page.getByLabel('Day and hour').fill('2026-12-08T12:15');
  await page.getByLabel('Where').fill('Silver Lantern');
  assert.deepEqual(await findings(page), []);
  await shot(page, 'trip-move');
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  assert.equal(await hourOf(page, second), '2026-12-08T17:15:00Z');
  await stop(page, second).getByText('Lunch – Silver Lantern').waitFor();
  await page.reload();
  await stop(page, second).waitFor();
  assert.equal(await hourOf(page, second), '2026-12-08T17:15:00Z', 'it stays there');
});

test('all are asked in one wave, each for an hour of their own', async () => {
  const { page } = cate;
  await page.getByRole('button', { name: /^Propose all/ }).click();
  await page.getByRole('heading', { name: /notes go out/ }).waitFor();
  await page.getByText(/^See it as they will/).first().click();
  await page.locator('.notes .letter').first().waitFor();
  assert.match(await page.locator('.notes .letter').first().textContent(), /told only that the hour is free again/);
  await mustBeFit(page, 'trip-wave');
  await page.getByRole('button', { name: /^Send \d+ notes/ }).click();
  await page.getByRole('heading', { name: /notes are on their way/ }).waitFor();
  for (const input of await page.locator('.wave .copylink input').all()) {
    const name = (await input.getAttribute('aria-label')).replace('The private link for ', '');
    links.set(name, await input.inputValue());
  }
  await shot(page, 'trip-sent');
  assert.equal(links.size, await page.locator('.stop').count());
  assert.equal(await page.locator('.stop').getByText('asked, no answer yet').count(), links.size);
  await page.locator('.wave').getByRole('button', { name: 'Close' }).click();
  const spans = await page.evaluate(async (path) => (await (await fetch(`/api/visavis/v1${path.replace('/meetings', '')}`)).json()).people.filter((one) => one.start).map((one) => [one.start, one.end]), trip);
  for (const [at, [start]] of spans.entries()) if (at > 0) assert.ok(start >= spans[at - 1][1], 'no hour is offered to two');
});

test('three accept without an account, one declines, and the plan heals', async () => {
  const { page } = cate;
  const asked = [...links.keys()];
  const before = new Map();
  for (const name of asked) before.set(name, await hourOf(page, name));
  for (const name of asked.slice(0, 3)) await acceptAsGuest(guest.page, links.get(name));
  const reader = await person(browser);
  await reader.page.goto(links.get(asked[5]));
  assert.deepEqual(await findings(reader.page), []);
  await reader.context.close();
  await guest.page.goto(links.get(asked[5]));
  await guest.page.getByText('is told only that it is free again').first().waitFor();
  await guest.page.getByRole('button', { name: 'I can’t come' }).click();
  await guest.page.getByRole('heading', { name: 'You have declined' }).waitFor();
  await open(page, program, trip);
  await page.locator('.leftout', { hasText: asked[5] }).getByText('They can’t come.').waitFor();
  assert.equal(await page.locator('.stop').getByText('agreed', { exact: true }).count(), 3);
  for (const name of asked) if (name !== asked[5]) assert.equal(await hourOf(page, name), before.get(name), `${name} keeps the hour`);
  const fresh = page.locator('.stop').filter({ hasText: 'not asked yet' });
  assert.equal(await fresh.count(), 1, 'somebody who was left out has come in');
  await mustBeFit(page, 'trip-healed');
  await page.getByRole('button', { name: 'Propose it' }).click();
  await page.getByRole('button', { name: 'Send one note' }).click();
  await page.getByRole('heading', { name: 'One note is on its way.' }).waitFor();
});

test('the plan can be printed', async () => {
  const { page } = cate;
  await open(page, program, trip);
  const stops = await page.locator('.stop h4 a').allTextContents();
  assert.ok(stops.length > 5);
  for (const [name, size] of [['A4', 'A4'], ['Letter', 'letter']]) {
    const link = page.getByRole('link', { name: new RegExp(`${name}$`) });
    const sheet = read(await fetched(page, await link.first().getAttribute('href')), program.data);
    for (const each of stops) assert.ok(sheet.text.includes(each), `${each} is on it`);
    assert.match(sheet.text, /Boston/);
    assert.match(sheet.size, new RegExp(size));
    assert.ok(sheet.ink > 500, 'there is something on it');
  }
});

test('a trip is forgotten, its meetings live on', async () => {
  const { page } = cate;
  await page.getByRole('button', { name: 'Forget this trip' }).click();
  await page.getByRole('button', { name: 'Forget it' }).click();
  await page.getByText('Where will you be next?').waitFor();
  await open(page, program, '/meetings');
  assert.equal(await page.getByRole('heading', { name: 'Planned' }).count(), 1);
});
