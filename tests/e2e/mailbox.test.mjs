// mailbox.test.mjs — answers by mail: written by a calendar, sent over SMTP, lying in a mailbox that Dovecot serves.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { send, until } from './lib/api.mjs';
import { launch, person } from './lib/browser.mjs';
import { startMail, there } from './lib/mail.mjs';
import { replyTo } from './lib/post.mjs';
import { startProgram } from './lib/program.mjs';
import { catherine, open, setUp } from './lib/steps.mjs';

const wei = 'wei.zhou@mail.example.com';
let mail, program, browser, cate;
before(async () => {
  if (!there) return;
  mail = await startMail();
  program = await startProgram({ env: mail.env });
  browser = await launch();
  cate = await person(browser);
  await setUp(cate.page, program, catherine);
});
after(async () => {
  await browser?.close();
  await program?.stop();
  mail?.stop();
});

const call = (path, body) => send(cate.page, 'POST', path, body);
const see = (path) => send(cate.page, 'GET', path);

async function propose(email, start = '2026-11-24T17:00:00Z', end = '2026-11-24T18:00:00Z') {
  const { id } = await call('/people', { name: email.split('@')[0], email });
  const places = [{ name: 'Silver Lantern', address: '17 Spadina Avenue', public: true }];
  return (await call('/meetings', { person: id, kind: 'lunch', slots: [{ start, end }], places, zone: 'America/Toronto', purpose: 'Before the year ends', email })).id;
}
const answer = ({ from, to, text }) => mail.send(from, to, text);
const state = (id) => see(`/meetings/${id}`).then((meeting) => meeting.state);
const waits = { skip: there ? false : 'no Dovecot here', timeout: 120_000 };

test('a yes by mail agrees on the time, and both are told', waits, async () => {
  const id = await propose(wei);
  const asked = await mail.letter(wei);
  answer(replyTo(asked, 'ACCEPTED'));
  await until(() => state(id), (now) => now === 'scheduled');
  const agreed = await mail.letter(wei, (letter) => /Agreed/.test(letter.subject));
  await open(cate.page, program, `/meetings/${id}`);
  await cate.page.getByText('Planned.').waitFor();
  // And a no to what was agreed cancels it.
  answer(replyTo(agreed, 'DECLINED'));
  await until(() => state(id), (now) => now === 'cancelled');
});

test('another time by mail stands on the table', waits, async () => {
  const id = await propose('counter@mail.example.com');
  answer(replyTo(await mail.letter('counter@mail.example.com'), 'TENTATIVE', { at: ['20261125T170000Z', '20261125T180000Z'] }));
  const meeting = await until(() => see(`/meetings/${id}`), (now) => now.awaits === 'you');
  assert.equal(meeting.slots[0].start, '2026-11-25T17:00:00Z');
});

test('"perhaps" is kept, and agrees to nothing', waits, async () => {
  const id = await propose('perhaps@mail.example.com');
  answer(replyTo(await mail.letter('perhaps@mail.example.com'), 'TENTATIVE'));
  const meeting = await until(() => see(`/meetings/${id}`), (now) => now.slots[0].answer === 'if_need_be');
  assert.equal(meeting.state, 'proposed');
  await open(cate.page, program, `/meetings/${id}`);
  await cate.page.getByText('perhaps could come then if need be.').waitFor();
});

test('mail from anybody else changes nothing and holds nothing up', waits, async () => {
  const id = await propose('target@mail.example.com');
  const asked = await mail.letter('target@mail.example.com');
  const good = replyTo(asked, 'ACCEPTED');
  const bare = 'visavis@visavis.test';
  mail.send('a@b.example', bare, 'From: <a@b.example>\nTo: <visavis@visavis.test>\n\nThank you, see you there!\n');
  mail.send(good.from, bare, good.text.replaceAll(good.to, bare)); // without the tag
  mail.send('mallory@b.example', good.to, replyTo(asked, 'ACCEPTED', { from: 'mallory@b.example' }).text); // with it, but another's
  mail.send('mallory@b.example', good.to, good.text.replace(`From: <${good.from}>`, 'From: <mallory@b.example>'));
  mail.send(good.from, good.to, good.text.replaceAll('REPLY', 'REQUEST'));
  mail.send(good.from, good.to, good.text + `${'x'.repeat(70)}\n`.repeat(40_000));
  mail.send(good.from, good.to, `From: <${good.from}>\nContent-Type: multipart/mixed; boundary=b\n\n` + '--b\nContent-Type: multipart/mixed; boundary=b\n\n'.repeat(5_000));
  mail.deliver(Buffer.from([0, 255, 254, 10, 13]).toString('latin1'));
  const other = await propose('other@mail.example.com', '2026-11-26T17:00:00Z', '2026-11-26T18:00:00Z');
  answer(replyTo(await mail.letter('other@mail.example.com'), 'ACCEPTED'));
  await until(() => state(other), (now) => now === 'scheduled'); // comes after all of those
  assert.equal(await state(id), 'proposed');
  const log = program.log();
  assert.match(log, /mailbox\.refused/);
  for (const secret of ['mallory', 'target@', 'see you there', good.to]) assert.ok(!log.includes(secret), `the log tells ${secret}`);
});

test('one declines an hour of a trip by mail, and the plan heals', waits, async () => {
  const { page } = cate;
  const names = ['Benjamin Rosewarne', 'Thomas Edgecombe', 'Rupert Nightingale', 'Xiaoming Li', 'Deepika Banerjee'];
  const address = (name) => `${name.toLowerCase().replace(' ', '.')}@mail.example.com`;
  for (const name of names) await call('/people', { name, city: 'Boston', relation: 'colleague', email: address(name) });
  const trip = await call('/trips', { city: 'Boston', at: [42.358, -71.06], start: '2026-12-08T13:00:00Z', end: '2026-12-08T23:00:00Z', most_a_day: 3 });
  const stops = async () => (await see(`/trips/${trip.id}`)).people.filter((each) => each.start !== null);
  const planned = await stops();
  assert.equal(planned.length, 3);
  const asks = planned.map(({ person: { id, name } }) => ({ person: id, email: address(name), message: '' }));
  await call(`/trips/${trip.id}/proposals`, { asks });
  const gone = planned[1].person.name;
  answer(replyTo(await mail.letter(address(gone)), 'DECLINED'));
  const healed = await until(stops, (those) => those.every((each) => each.person.name !== gone));
  assert.equal(healed.length, 3); // the hour went to one of the two who were left out
  await open(page, program, `/meetings/trips/${trip.id}`);
  await page.locator('.leftout', { hasText: gone }).waitFor();
});
