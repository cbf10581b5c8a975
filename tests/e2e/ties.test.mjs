// ties.test.mjs — who knows whom is told once both have said yes; a poll waits on the first page of who is asked.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { send } from './lib/api.mjs';
import { desk, launch, mustBeQuiet, person } from './lib/browser.mjs';
import { mustBeFit } from './lib/looks.mjs';
import { startProgram } from './lib/program.mjs';
import { addAccount, alexander, arjun, catherine, open, setUp, signIn } from './lib/steps.mjs';

let program, browser, cate, alex, third;
/** A meeting that was agreed links the two, also when it is called off: each is one of the other's people from then on. */
async function link(one, other, handle) {
  const meeting = await send(one.page, 'POST', '/meetings', { account: handle, kind: 'coffee', slots: [{ start: '2026-11-21T17:00:00Z', end: '2026-11-21T18:00:00Z' }], places: [{ name: 'Harbour' }], zone: 'America/Toronto', purpose: 'To begin where we once stopped' });
  await send(other.page, 'POST', `/meetings/${meeting.id}/answer`, { answer: 'accept', slot: '1' });
  await send(one.page, 'POST', `/meetings/${meeting.id}/cancel`, { reason: '' });
}

before(async () => {
  program = await startProgram();
  browser = await launch();
  [cate, alex, third] = [await person(browser, { viewport: desk }), await person(browser, { viewport: desk }), await person(browser, { viewport: desk })];
  await setUp(cate.page, program, catherine);
  for (const [{ page }, who] of [[alex, alexander], [third, arjun]]) {
    addAccount(program, who);
    await signIn(page, program, who);
  }
  await link(cate, alex, 'alexander');
  await link(cate, third, 'arjun');
  await link(alex, third, 'arjun');
});
after(async () => {
  mustBeQuiet([...cate.complaints, ...alex.complaints, ...third.complaints]);
  await browser?.close();
  await program?.stop();
});

const yes = (page) => page.getByLabel('Let people who know both of us see that we know each other');
const knows = (page) => page.getByText('Alexander Twelvetrees knows them too');

test('that two know each other is told when both have said yes, and no longer when one takes it back', async () => {
  await open(alex.page, program, '/settings/privacy');
  assert.equal(await yes(alex.page).isChecked(), false);
  await Promise.all([alex.page.waitForResponse(/mutual-ties/), yes(alex.page).check()]);
  await mustBeFit(alex.page, 'privacy-ties');
  const { page } = cate;
  await open(page, program, '/');
  await page.getByRole('heading', { name: arjun.name }).waitFor();
  assert.equal(await knows(page).count(), 0, 'Arjun has not said anything');

  await open(third.page, program, '/settings/privacy');
  await Promise.all([third.page.waitForResponse(/mutual-ties/), yes(third.page).check()]);
  await third.page.reload();
  await third.page.waitForFunction(() => document.querySelectorAll('input[type=checkbox]:checked').length === 1);
  await open(page, program, '/');
  await knows(page).waitFor();
  await page.getByText(`${arjun.name} knows them too`).waitFor();
  await mustBeFit(page, 'today-mutual');

  await Promise.all([alex.page.waitForResponse(/mutual-ties/), yes(alex.page).uncheck()]);
  await open(page, program, '/');
  await page.getByRole('heading', { name: arjun.name }).waitFor();
  assert.equal(await page.getByText('knows them too').count(), 0);
});

test('a poll waits on the first page of who is asked until the answer', async () => {
  const slots = [24, 25].map((day) => ({ start: `2026-11-${day}T17:30:00Z`, end: `2026-11-${day}T19:00:00Z` }));
  await send(cate.page, 'POST', '/polls', { kind: 'lunch', zone: 'America/Toronto', message: 'Which day?', slots, places: [{ name: 'Silver Lantern' }], invitees: [{ account: 'alexander' }, { account: 'arjun' }] });
  const { page } = alex;
  await open(page, program, '/');
  await page.getByText(`${catherine.name} asks`).waitFor();
  await mustBeFit(page, 'today-poll');
  await page.getByRole('link', { name: 'Say which times suit' }).click();
  for (const at of [0, 1]) await page.getByRole('group').nth(at).getByRole('radio', { name: at === 0 ? 'Yes' : 'No', exact: true }).check();
  await page.getByRole('button', { name: 'Send my answer' }).click();
  await page.getByText(/Thank you|You have answered|Your answer/).first().waitFor();
  await open(page, program, '/');
  await page.getByRole('heading', { name: 'Whom will you see?' }).waitFor();
  assert.equal(await page.getByText(`${catherine.name} asks`).count(), 0);
});
