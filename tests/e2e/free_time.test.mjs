// free_time.test.mjs — when one likes to meet, kept on the settings page; and good times, one's own and common, that a proposal takes.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { send } from './lib/api.mjs';
import { desk, findings, launch, mustBeQuiet, person, phone, sideways } from './lib/browser.mjs';
import { startProgram } from './lib/program.mjs';
import { addAccount, alexander, catherine, open, setUp, signIn } from './lib/steps.mjs';

let program, browser, cate, friend;
before(async () => {
  program = await startProgram();
  browser = await launch();
  cate = await person(browser, { viewport: desk });
  friend = await person(browser);
  await setUp(cate.page, program, catherine);
  addAccount(program, alexander);
  await signIn(friend.page, program, alexander);
});
after(async () => {
  mustBeQuiet([...cate.complaints, ...friend.complaints]);
  await browser?.close();
  await program?.stop();
});

test('her hours, her pace and her days are kept', async () => {
  const { page } = cate;
  await open(page, program, '/settings/habits');
  await page.getByLabel('Monday', { exact: true }).uncheck();
  await page.getByLabel('Tuesday, from').fill('11:00');
  await page.getByLabel('Meetings a week, at most').fill('2');
  await page.getByLabel('Rest between two meetings, at least').selectOption({ label: '2 hours' });
  await page.getByRole('button', { name: 'Keep days free' }).click();
  await page.getByLabel('Days 1, from').fill('2026-11-25');
  await page.getByLabel('Days 1, to').fill('2026-11-26');
  assert.deepEqual(await findings(page), []);
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByText('Saved.').waitFor();
  await page.reload();
  await page.getByLabel('Tuesday, from').waitFor();
  assert.equal(await page.getByLabel('Tuesday, from').inputValue(), '11:00');
  assert.equal(await page.getByLabel('Days 1, to').inputValue(), '2026-11-26');
  await page.setViewportSize(phone);
  assert.equal(await sideways(page), 0);
  assert.deepEqual(await findings(page), []);
  await page.setViewportSize(desk);
});

test('good times for both stand first, in both zones, and one is taken with a tap', async () => {
  await send(friend.page, 'PATCH', '/account', { zone: 'Europe/Paris' });
  await open(friend.page, program, '/settings/habits');
  await friend.page.getByLabel('Their name here').fill('@catherine');
  await friend.page.getByRole('button', { name: 'Let them see' }).click();
  await friend.page.getByText('@catherine', { exact: true }).waitFor();
  // A meeting links the two: afterwards he is one of her people.
  const slots = [{ start: '2026-11-21T17:00:00Z', end: '2026-11-21T18:00:00Z' }];
  const first = await send(cate.page, 'POST', '/meetings', { account: 'alexander', kind: 'coffee', slots, places: [{ name: 'Silver Lantern' }], zone: 'America/Toronto', purpose: 'To begin where we stopped' });
  await send(friend.page, 'POST', `/meetings/${first.id}/answer`, { answer: 'accept', slot: '1' });
  const { items } = await send(cate.page, 'GET', '/people?query=alexander');
  const { page } = cate;
  await open(page, program, `/meetings/new?person=${items[0].id}&kind=lunch`);
  const good = page.getByRole('group', { name: /Good times for you and/ });
  await good.waitFor();
  const words = await good.textContent();
  assert.match(words, /Tuesday 24 November/);
  assert.doesNotMatch(words, /Monday|25 November|26 November/, 'no hours, and kept free');
  assert.match(words, /11:30.*17:30 for Alexander/, 'his clock');
  await good.getByRole('checkbox').first().check();
  assert.match(await page.getByLabel('Time 1', { exact: true }).inputValue(), /^2026-11-/);
  await page.getByLabel('Place 1: Name of the place').fill('Silver Lantern');
  await page.locator('aside .quote, aside .seensubject').first().waitFor();
  assert.deepEqual(await findings(page), []);
  await page.setViewportSize(phone);
  assert.equal(await sideways(page), 0);
});

test('free and busy is read under a private address of its own', async () => {
  const { page } = cate;
  await page.setViewportSize(desk);
  await open(page, program, '/settings/calendar');
  await page.getByRole('button', { name: /Make a private address.*free and busy/ }).click();
  const link = await page.getByRole('textbox', { name: 'Private address of your free and busy time' }).inputValue();
  const answer = await fetch(link);
  assert.match(answer.headers.get('content-type'), /^text\/calendar/);
  const text = await answer.text();
  assert.match(text, /FREEBUSY;FBTYPE=BUSY:20261121T170000Z\/20261121T180000Z/);
  assert.doesNotMatch(text, /Alexander|Lantern/);
  assert.equal((await fetch(link.replace('.ifb', '.ics'))).status, 404, 'it opens nothing else');
});
