// no_shows.test.mjs — two agree on a lunch and one does not come: each says so in one tap, an excuse settles it, and it weighs nothing any
// more. And a trip that one shares comes to where the other lives: a reminder, once, for as long as it is shared.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { send } from './lib/api.mjs';
import { findings, launch, mustBeQuiet, person, phone, sideways } from './lib/browser.mjs';
import { startProgram } from './lib/program.mjs';
import { addAccount, alexander, catherine, open, setUp, signIn } from './lib/steps.mjs';

let program, browser, alex, cate, guest;
const meetings = {};
let invitation, trip;

const lunch = (day) => ({
  kind: 'lunch',
  slots: [{ start: `2026-11-${day}T17:00:00Z`, end: `2026-11-${day}T18:00:00Z` }],
  places: [{ name: 'Silver Lantern', public: true }],
  zone: 'America/Toronto',
  purpose: 'To talk over the harbour photographs',
});
async function usable(page) {
  assert.deepEqual(await findings(page), []);
  assert.equal(await sideways(page), 0);
}

before(async () => {
  program = await startProgram();
  browser = await launch();
  cate = await person(browser);
  await setUp(cate.page, program, catherine);
  addAccount(program, alexander);
  alex = await person(browser);
  await signIn(alex.page, program, alexander);
  meetings.both = (await send(cate.page, 'POST', '/meetings', { ...lunch('24'), account: alexander.handle })).id;
  await send(alex.page, 'POST', `/meetings/${meetings.both}/answer`, { answer: 'accept', slot: '1' });
  const { id } = await send(cate.page, 'POST', '/people', { name: 'Wei Zhou' });
  const made = await send(cate.page, 'POST', '/meetings', { ...lunch('25'), person: id });
  [meetings.guest, invitation] = [made.id, new URL(made.invitation_link).pathname];
  guest = await person(browser, { javaScriptEnabled: false, viewport: phone });
  await guest.page.goto(program.url + invitation);
  await guest.page.getByRole('radio', { name: 'Yes' }).first().check();
  await guest.page.getByRole('button', { name: 'Send my answer' }).click();
  await guest.page.getByRole('heading', { name: 'Agreed' }).waitFor();
  await send(cate.page, 'PATCH', '/account', { home: { name: 'Toronto', at: [43.65, -79.38] } });
  trip = (await send(alex.page, 'POST', '/trips', { city: 'Toronto', start: '2026-12-03T05:00:00Z', end: '2026-12-07T05:00:00Z' })).id;
  for (const one of [cate, alex]) {
    mustBeQuiet(one.complaints);
    await one.context.close();
  }
  await program.stop({ keep: true });
  program = await startProgram({ now: '2026-11-26T12:30:00Z', data: program.data }); // a Thursday, half past seven in the morning
  cate = await person(browser, { viewport: phone });
  alex = await person(browser, { viewport: phone });
  await signIn(cate.page, program, catherine);
  await signIn(alex.page, program, alexander);
});
after(async () => {
  mustBeQuiet([...cate.complaints, ...alex.complaints]);
  await browser?.close();
  await program?.stop();
});

test('who waited says so in one tap, and the other reads nothing of it', async () => {
  const { page } = cate;
  await open(page, program, `/meetings/${meetings.both}`);
  await usable(page);
  await page.getByRole('button', { name: 'Alexander Twelvetrees did not come' }).click();
  await page.getByText('You say that Alexander Twelvetrees did not come. Nobody else sees it.').waitFor();
  await usable(page);
  const seen = JSON.stringify(await send(alex.page, 'GET', `/meetings/${meetings.both}`));
  assert.ok(!seen.includes('not_there'), 'it is said to nobody');
});

test('who did not come says why, and is excused', async () => {
  await open(alex.page, program, `/meetings/${meetings.both}`);
  await alex.page.getByRole('button', { name: 'I did not come' }).click();
  await alex.page.getByLabel('A word to Catherine Hollingsworth').fill('The ferry did not run');
  await usable(alex.page);
  await alex.page.getByRole('button', { name: 'Tell Catherine Hollingsworth' }).click();
  await alex.page.getByText('The ferry did not run').waitFor();
  await open(cate.page, program, `/meetings/${meetings.both}`);
  await cate.page.getByText('The ferry did not run').waitFor();
  await usable(cate.page);
  await cate.page.getByRole('button', { name: 'That is all right' }).click();
  await cate.page.getByText('You said that it is all right.').waitFor();
  await open(alex.page, program, `/meetings/${meetings.both}`);
  await alex.page.getByText('Catherine Hollingsworth says that it is all right.').waitFor();
});

test('a guest says the same without an account and without script', async () => {
  const { page } = guest;
  await page.goto(program.url + invitation);
  await page.getByRole('heading', { name: 'Did you meet?' }).waitFor();
  await page.getByText('it is forgotten after half a year').waitFor();
  assert.equal(await sideways(page), 0);
  const looked = await person(browser, { viewport: phone });
  await looked.page.goto(program.url + invitation);
  await usable(looked.page);
  await looked.context.close();
  await page.getByLabel('If you did not come: a word to Catherine Hollingsworth').fill('Snow everywhere');
  await page.getByRole('button', { name: 'I did not come' }).click();
  await page.getByText('You said that you did not come. Thank you; Catherine Hollingsworth can read it.').waitFor();
  await open(cate.page, program, `/meetings/${meetings.guest}`);
  await cate.page.getByText('Snow everywhere').waitFor();
});

test('a trip that is shared comes to where one lives: a reminder, for as long as it is shared', async () => {
  await send(alex.page, 'PUT', `/trips/${trip}/shares/${catherine.handle}`);
  assert.equal((await send(cate.page, 'GET', '/reminders')).items.filter(({ kind }) => kind === 'trip').length, 0);
  for (const one of [cate, alex]) {
    mustBeQuiet(one.complaints);
    await one.context.close();
  }
  await program.stop({ keep: true });
  program = await startProgram({ now: '2026-11-27T12:30:00Z', data: program.data });
  cate = await person(browser, { viewport: phone });
  alex = await person(browser, { viewport: phone });
  await signIn(cate.page, program, catherine);
  await signIn(alex.page, program, alexander);
  const found = async () => (await send(cate.page, 'GET', '/reminders')).items.filter(({ kind }) => kind === 'trip');
  for (let tries = 0; (await found()).length === 0; tries += 1) {
    assert.ok(tries < 100, 'no reminder is made of a morning');
    await cate.page.waitForTimeout(200);
  }
  const [one] = await found();
  assert.match(one.text, /^Alexander Twelvetrees will be in Toronto from Thursday 3 December to Sunday 6 December\.$/);
  assert.equal(one.why[0], 'You live in Toronto.');
  await open(cate.page, program, '/settings/reminders');
  await cate.page.getByText('A trip that meets yours').waitFor();
  await usable(cate.page);
  await send(alex.page, 'DELETE', `/trips/${trip}/shares/${catherine.handle}`);
  assert.equal((await found()).length, 0);
});
