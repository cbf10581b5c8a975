// rooms.test.mjs — every room on a phone and a desk, light and dark: nothing keeps anybody out, nothing scrolls sideways.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { desk, findings, launch, mustBeQuiet, person, phone, settled, sideways } from './lib/browser.mjs';
import { startProgram } from './lib/program.mjs';
import { catherine, open, setUp } from './lib/steps.mjs';

const samples = new URL('../../samples/', import.meta.url).pathname;
const rooms = ['/', '/welcome', '/people', '/people/review', '/asks', '/communities', '/import', '/meetings', '/meetings/new', '/around', '/handshake', '/settings/me', '/settings/goal', '/settings/habits', '/settings/places', '/settings/reminders', '/settings/wall', '/settings/privacy', '/settings/calendar', '/settings/sources', '/settings/devices', '/settings/blocks', '/settings/invites', '/nowhere'];
const doors = ['/sign-in', '/sign-up', '/forgotten', '/reset?token=x', '/setup?token=x'];
const looks = [
  { viewport: phone, colorScheme: 'light' },
  { viewport: phone, colorScheme: 'dark' },
  { viewport: desk, colorScheme: 'light' },
  { viewport: desk, colorScheme: 'dark' },
];
const named = ({ viewport, colorScheme }) => `${viewport.width} px, ${colorScheme}`;

let program, browser, state;
before(async () => {
  program = await startProgram({ env: { VISAVIS_ACCOUNTS_SIGN_UP: 'open' } });
  browser = await launch();
  const first = await person(browser);
  await setUp(first.page, program, catherine);
  program.command(['import', '--account', catherine.handle, `${samples}contacts.zip`, `${samples}calendar.zip`, `${samples}Complete_LinkedInDataExport_11-20-2026.zip`, '--now', '2026-11-20T18:28:30Z']);
  await open(first.page, program, '/people?stage=met');
  rooms.push(new URL(await first.page.locator('.person a').first().getAttribute('href'), program.url).pathname);
  const asked = await first.page.evaluate(async () => (await (await fetch('/api/visavis/v1/asks', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ text: 'four chief executives in Toronto for an article' }) })).json()).id);
  rooms.push(`/asks/${asked}`);
  state = await first.context.storageState();
  await first.context.close();
});
after(async () => {
  await browser?.close();
  await program?.stop();
});

async function look(page, path, wrong) {
  await page.goto(program.url + path);
  await settled(page);
  const found = await findings(page);
  const over = await sideways(page);
  if (found.length > 0) wrong.push(`${path}: ${found.join('; ')}`);
  if (over > 0) wrong.push(`${path}: scrolls sideways by ${over} px`);
}

for (const how of looks)
  test(`every room can be used by everybody (${named(how)})`, async () => {
    const { page, complaints, context } = await person(browser, { ...how, storageState: state });
    const wrong = [];
    for (const path of rooms) await look(page, path, wrong);
    await page.setViewportSize({ width: 320, height: 640 });
    for (const path of ['/', '/people', '/meetings/new']) await look(page, path, wrong);
    await context.close();
    assert.deepEqual(wrong, []);
    mustBeQuiet(complaints);
  });

test('so can the doors', async () => {
  const { page, complaints } = await person(browser, looks[1]);
  const wrong = [];
  for (const path of doors) await look(page, path, wrong);
  assert.deepEqual(wrong, []);
  mustBeQuiet(complaints);
});

test('the rooms can be walked through with the keyboard alone', async () => {
  const { page } = await person(browser, { viewport: desk, storageState: state });
  await open(page, program, '/');
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement?.textContent), 'Skip to the page');
  await page.getByRole('link', { name: 'People', exact: true }).first().focus();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'People', level: 1 }).waitFor();
  assert.equal(await page.evaluate(() => document.activeElement?.id), 'main', 'a change of room moves the focus to its start');
  await page.goBack();
  await page.locator('.tally').waitFor();
});

test('no room asks for anything from elsewhere', async () => {
  const { page } = await person(browser, { storageState: state });
  const elsewhere = [];
  page.on('request', (request) => {
    if (!request.url().startsWith(program.url) && !/^(data|blob):/.test(request.url())) elsewhere.push(request.url());
  });
  for (const path of rooms) await open(page, program, path);
  assert.deepEqual(elsewhere, []);
});
