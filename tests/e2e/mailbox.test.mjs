// mailbox.test.mjs — answers by mail: written by a calendar, sent over SMTP through OpenSMTPD where it can be started (else
// aiosmtpd), lying in a mailbox that Dovecot serves.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, person } from './lib/browser.mjs';
import { startDovecot, there } from './lib/dovecot.mjs';
import { startSmtpd, there as hasSmtpd } from './lib/opensmtpd.mjs';
import { replyTo, startPost } from './lib/post.mjs';
import { startProgram } from './lib/program.mjs';
import { catherine, open, setUp } from './lib/steps.mjs';

const wei = 'wei.zhou@mail.example.com';
const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
let post, incoming, mailbox, program, browser, cate;
before(async () => {
  if (!there) return;
  mailbox = await startDovecot();
  post = hasSmtpd ? await startSmtpd(mailbox.maildir) : await startPost();
  incoming = hasSmtpd ? post : await startPost(mailbox.maildir);
  program = await startProgram({ env: { ...post.env, ...mailbox.env } });
  browser = await launch();
  cate = await person(browser);
  await setUp(cate.page, program, catherine);
});
after(async () => {
  await browser?.close();
  await program?.stop();
  post?.stop();
  if (incoming !== post) incoming?.stop();
  mailbox?.stop();
});

const call = (path, body, method = 'POST') =>
  cate.page.evaluate(async ({ path, body, method }) => {
    const answer = await fetch(`/api/visavis/v1${path}`, { method, ...(body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }) });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  }, { path, body, method });
const see = (path) => call(path, null, 'GET');

async function propose(email, start = '2026-11-24T17:00:00Z', end = '2026-11-24T18:00:00Z') {
  const { id } = await call('/people', { name: email.split('@')[0], email });
  const places = [{ name: 'Silver Lantern', address: '17 Spadina Avenue', public: true }];
  return (await call('/meetings', { person: id, kind: 'lunch', slots: [{ start, end }], places, zone: 'America/Toronto', purpose: 'Before the year ends', email })).id;
}
async function until(what, wanted) {
  for (let tries = 0; tries < 150; tries += 1) {
    const seen = await what();
    if (wanted(seen)) return seen;
    await pause(100);
  }
  throw new Error(`not in time: ${JSON.stringify(await what())}`);
}
const answer = ({ from, to, text }) => incoming.send(from, to, text);
const state = (id) => see(`/meetings/${id}`).then((meeting) => meeting.state);
const waits = { skip: there ? false : 'no Dovecot here', timeout: 120_000 };

test('a yes by mail agrees on the time, and both are told', waits, async () => {
  const id = await propose(wei);
  const asked = await post.mail(wei);
  answer(replyTo(asked, 'ACCEPTED'));
  await until(() => state(id), (now) => now === 'scheduled');
  const agreed = await post.mail(wei, (mail) => /Agreed/.test(mail.subject));
  await open(cate.page, program, `/meetings/${id}`);
  await cate.page.getByText('Planned.').waitFor();
  // And a no to what was agreed cancels it.
  answer(replyTo(agreed, 'DECLINED'));
  await until(() => state(id), (now) => now === 'cancelled');
});

test('another time by mail stands on the table', waits, async () => {
  const id = await propose('counter@mail.example.com');
  answer(replyTo(await post.mail('counter@mail.example.com'), 'TENTATIVE', { at: ['20261125T170000Z', '20261125T180000Z'] }));
  const meeting = await until(() => see(`/meetings/${id}`), (now) => now.awaits === 'you');
  assert.equal(meeting.slots[0].start, '2026-11-25T17:00:00Z');
});

test('"perhaps" is kept, and agrees to nothing', waits, async () => {
  const id = await propose('perhaps@mail.example.com');
  answer(replyTo(await post.mail('perhaps@mail.example.com'), 'TENTATIVE'));
  const meeting = await until(() => see(`/meetings/${id}`), (now) => now.slots[0].answer === 'if_need_be');
  assert.equal(meeting.state, 'proposed');
  await open(cate.page, program, `/meetings/${id}`);
  await cate.page.getByText('perhaps could come then if need be.').waitFor();
});

test('mail from anybody else changes nothing and holds nothing up', waits, async () => {
  const id = await propose('target@mail.example.com');
  const asked = await post.mail('target@mail.example.com');
  const good = replyTo(asked, 'ACCEPTED');
  const bare = 'visavis@visavis.test';
  incoming.send('a@b.example', bare, 'From: <a@b.example>\nTo: <visavis@visavis.test>\n\nThank you, see you there!\n');
  incoming.send(good.from, bare, good.text.replaceAll(good.to, bare)); // without the tag
  incoming.send('mallory@b.example', good.to, replyTo(asked, 'ACCEPTED', { from: 'mallory@b.example' }).text); // with it, but another's
  incoming.send('mallory@b.example', good.to, good.text.replace(`From: <${good.from}>`, 'From: <mallory@b.example>'));
  incoming.send(good.from, good.to, good.text.replaceAll('REPLY', 'REQUEST'));
  incoming.send(good.from, good.to, good.text + `${'x'.repeat(70)}\n`.repeat(40_000));
  incoming.send(good.from, good.to, `From: <${good.from}>\nContent-Type: multipart/mixed; boundary=b\n\n` + '--b\nContent-Type: multipart/mixed; boundary=b\n\n'.repeat(5_000));
  mailbox.deliver(Buffer.from([0, 255, 254, 10, 13]).toString('latin1'));
  const other = await propose('other@mail.example.com', '2026-11-26T17:00:00Z', '2026-11-26T18:00:00Z');
  answer(replyTo(await post.mail('other@mail.example.com'), 'ACCEPTED'));
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
  answer(replyTo(await post.mail(address(gone)), 'DECLINED'));
  const healed = await until(stops, (those) => those.every((each) => each.person.name !== gone));
  assert.equal(healed.length, 3); // the hour went to one of the two who were left out
  await open(page, program, `/meetings/trips/${trip.id}`);
  await page.locator('.leftout', { hasText: gone }).waitFor();
});
