// trip_story.test.mjs — a trip once through: a calendar on Radicale, a pace, twelve people in three days, asked by mail; three
// agree without an account, one declines by mail, and the hour goes to somebody else.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { send, until } from './lib/api.mjs';
import { desk, launch, mustBeQuiet, person } from './lib/browser.mjs';
import { mustBeFit, shot } from './lib/looks.mjs';
import { startMail, there as hasMailbox } from './lib/mail.mjs';
import { replyTo } from './lib/post.mjs';
import { startProgram } from './lib/program.mjs';
import { password, startRadicale, there as hasRadicale, user } from './lib/radicale.mjs';
import { acceptAsGuest, catherine, fillTrip, keepCurrent, open, setUp } from './lib/steps.mjs';

const options = { skip: hasRadicale && hasMailbox ? false : 'no Radicale or no Dovecot here' };
const names = ['Benjamin Rosewarne', 'Thomas Edgecombe', 'Rupert Nightingale', 'Xiaoming Li', 'Deepika Banerjee', 'Beatrice Carter', 'Rajesh Patel', 'Yun Huang', 'Meiling Ouyang', 'Wei Zhou', 'Arjun Chauhan', 'Lawrence Yates'];
const address = (name) => `${name.toLowerCase().replace(' ', '.')}@mail.example.com`;
/** The second day of the trip, one to five in the afternoon in Boston, in a zone's older name and without its rules. */
const taken = { start: '2026-12-09T18:00:00Z', end: '2026-12-09T22:00:00Z' };
const board = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Example//EN', 'BEGIN:VEVENT', 'UID:board', 'DTSTAMP:20261101T080000Z', 'DTSTART;TZID=US/Eastern:20261209T130000', 'DTEND;TZID=US/Eastern:20261209T170000', 'SUMMARY:Board of the harbour', 'END:VEVENT', 'END:VCALENDAR', ''].join('\r\n');
const aWeek = 8;

let radicale, mail, program, browser, cate, guest, trip;
let asked = []; // the names, in the plan's order
const hours = new Map(); // what each was asked for
before(async () => {
  if (options.skip) return;
  radicale = await startRadicale();
  mail = await startMail();
  program = await startProgram({ env: { ...mail.env, VISAVIS_OUTBOUND_ALLOW_PRIVATE: 'true' } });
  browser = await launch();
  cate = await person(browser, { viewport: desk });
  guest = await person(browser, { javaScriptEnabled: false });
  await setUp(cate.page, program, catherine);
  for (const name of names) await send(cate.page, 'POST', '/people', { name, city: 'Boston', relation: 'colleague', email: address(name) });
});
after(async () => {
  await browser?.close();
  await program?.stop();
  mail?.stop();
  radicale?.stop();
  if (cate) mustBeQuiet(cate.complaints);
});

const stop = (name) => cate.page.locator('.stop', { hasText: name });
const hourOf = (name) => stop(name).locator('time').getAttribute('datetime');
const planned = () => cate.page.locator('.stop h4 a').allTextContents();
const stops = async () => (await send(cate.page, 'GET', trip.replace('/meetings', ''))).people.filter((one) => one.start !== null);

test('she connects her calendar on Radicale', options, async () => {
  const { page } = cate;
  const url = await radicale.make('work', 'calendar');
  await radicale.put('work/board.ics', board);
  await open(page, program, '/settings/sources');
  await keepCurrent(page, { url, name: 'Work', user, password });
  const row = page.getByRole('listitem').filter({ has: page.getByText('Work', { exact: true }) });
  await row.getByText(/^Calendar, read .+, last news .+, next /).waitFor({ timeout: 60_000 });
  await mustBeFit(page, 'trip-story-calendar');
});

test('she sets her pace', options, async () => {
  const { page } = cate;
  await open(page, program, '/settings/habits');
  await page.getByLabel('Meetings a week, at most').fill(`${aWeek}`);
  await page.getByLabel('Rest between two meetings, at least').selectOption({ label: '30 minutes' });
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByText('Saved.').waitFor();
  await mustBeFit(page, 'trip-story-pace');
});

test('three days among twelve people are planned by both', options, async () => {
  const { page } = cate;
  await open(page, program, '/meetings/trips');
  await fillTrip(page, 'Boston', 'United States', '2026-12-08T08:00', '2026-12-10T20:00');
  await page.getByRole('button', { name: 'Plan it' }).click();
  await page.getByRole('heading', { name: 'Three days in Boston' }).waitFor();
  await page.getByText('No better plan is possible.').waitFor(); // at that pace
  trip = new URL(page.url()).pathname;
  asked = await planned();
  assert.equal(asked.length, aWeek, 'as many as the pace allows');
  assert.equal(await page.locator('.leftout > li').count(), names.length - aWeek);
  const spans = await stops();
  for (const one of spans) assert.ok(one.end <= taken.start || one.start >= taken.end, `${one.person.name} is not met during what the calendar holds`);
  for (const [at, one] of spans.entries()) if (at > 0) assert.ok(Date.parse(one.start) - Date.parse(spans[at - 1].end) >= 30 * 60_000, 'half an hour of rest');
  await page.locator('.planmap .pinno').first().waitFor();
  await mustBeFit(page, 'trip-story-planned');
});

test('all eight are asked by mail, each for an hour of their own', options, async () => {
  const { page } = cate;
  for (const one of await stops()) hours.set(one.person.name, one.start);
  await page.getByRole('button', { name: /^Propose all/ }).click();
  await page.getByRole('heading', { name: 'Eight notes go out' }).waitFor();
  for (const name of asked) assert.equal(await page.getByLabel(new RegExp(`mail.*${name}`, 'i')).inputValue(), address(name), 'as the record has it');
  await page.getByRole('button', { name: 'Send 8 notes' }).click();
  await page.getByRole('heading', { name: '8 notes are on their way.' }).waitFor();
  for (const name of asked) assert.match((await mail.letter(address(name))).text, /told only that the hour is free again/);
  assert.equal(new Set(hours.values()).size, aWeek, 'no hour is offered to two');
  await shot(page, 'trip-story-sent');
});

test('three agree on their private pages, and one declines by mail', options, async () => {
  for (const name of asked.slice(0, 3)) {
    const letter = await mail.letter(address(name));
    await acceptAsGuest(guest.page, /https?:\S+\/m\/[^\s>]+/.exec(letter.text)[0]);
  }
  await shot(guest.page, 'trip-story-agreed');
  const no = replyTo(await mail.letter(address(asked[4])), 'DECLINED');
  mail.send(no.from, no.to, no.text);
  await until(stops, (those) => those.every((one) => one.person.name !== asked[4]));
});

test('she sees that the plan has healed: what is settled stays, and the hour went to somebody else', options, async () => {
  const { page } = cate;
  await open(page, program, trip);
  await page.locator('.leftout > li', { hasText: asked[4] }).getByText('They can’t come.').waitFor();
  for (const name of asked.slice(0, 3)) await stop(name).getByText('agreed', { exact: true }).waitFor();
  for (const name of asked) if (name !== asked[4]) assert.equal(Date.parse(await hourOf(name)), Date.parse(hours.get(name)), `${name} keeps the hour`);
  const fresh = page.locator('.stop').filter({ hasText: 'not asked yet' });
  assert.equal(await fresh.count(), 1);
  const newcomer = await fresh.locator('h4 a').textContent();
  assert.ok(names.includes(newcomer) && !asked.includes(newcomer), 'somebody who was left out has come in');
  await mustBeFit(page, 'trip-story-healed');
  await page.getByRole('button', { name: 'Propose it' }).click();
  await page.getByRole('button', { name: 'Send one note' }).click();
  await page.getByRole('heading', { name: 'One note is on its way.' }).waitFor();
  await mail.letter(address(newcomer));
});
