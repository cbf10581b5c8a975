// mail.test.mjs — invitations by mail through a real mail server; what calendars are sent opens in one that we did not write.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, person } from './lib/browser.mjs';
import { calendarIn, readCalendar, startPost } from './lib/post.mjs';
import { startProgram } from './lib/program.mjs';
import { catherine, open, setUp } from './lib/steps.mjs';

const address = 'wei.zhou@mail.example.com';
let post, program, browser, cate, guest;
before(async () => {
  post = await startPost();
  program = await startProgram({ env: post.env });
  browser = await launch();
  cate = await person(browser);
  guest = await person(browser, { javaScriptEnabled: false });
  await setUp(cate.page, program, catherine);
});
after(async () => {
  await browser?.close();
  await program?.stop();
  post?.stop();
});

function propose(name = 'Wei Zhou', email = address) {
  return cate.page.evaluate(async ({ name, email }) => {
    const send = async (path, body) => {
      const answer = await fetch(`/api/visavis/v1${path}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
      if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
      return answer.json();
    };
    const { id } = await send('/people', { name, email });
    const slots = [{ start: '2026-11-24T17:00:00Z', end: '2026-11-24T18:00:00Z' }];
    const places = [{ name: 'Silver Lantern', address: '17 Spadina Avenue', public: true }];
    return (await send('/meetings', { person: id, kind: 'lunch', slots, places, zone: 'America/Toronto', purpose: 'Before the year ends', message: 'Is Tuesday good, Wei?', email })).id;
  }, { name, email });
}

let meeting, asked;
test('the invitation says who, why and how to stop, and carries a request that a calendar can answer', async () => {
  meeting = await propose();
  const mail = await post.mail(address);
  assert.match(mail.subject, /Catherine Hollingsworth/);
  assert.match(mail.text, /Is Tuesday good, Wei\?/);
  assert.match(mail.text, /\/m\/\S+/);
  assert.match(mail.text, /\/stop\/\S+/);
  asked = calendarIn(mail);
  assert.equal(asked.method, 'REQUEST');
  assert.equal(asked.events.length, 1);
  const [event] = asked.events;
  assert.equal(event.startDate.toJSDate().toISOString(), '2026-11-24T17:00:00.000Z');
  assert.ok(event.attendees.some((each) => each.getFirstValue() === `mailto:${address}`));
});

test('who accepts, in a browser without script, is sent what was agreed, and so is the organiser', async () => {
  const { text } = await post.mail(address);
  await guest.page.goto(/https?:\S+\/m\/[^\s>]+/.exec(text)[0]);
  await guest.page.getByRole('radio', { name: 'Yes' }).first().check();
  await guest.page.getByRole('button', { name: 'Send my answer' }).click();
  await guest.page.getByRole('heading', { name: 'Agreed' }).waitFor();
  await open(cate.page, program, `/meetings/${meeting}`);
  await cate.page.getByText('Planned.').waitFor();
});

test('the owner’s feed opens in another calendar', async () => {
  const feed = await cate.page.evaluate(async () => (await fetch('/api/visavis/v1/calendar-feed', { method: 'POST' })).json());
  const { events } = readCalendar(await (await fetch(feed.url)).text());
  assert.deepEqual(events.map((event) => event.uid), [asked.events[0].uid]);
});

test('a cancellation reaches the guest under the same UID with a higher SEQUENCE', async () => {
  await open(cate.page, program, `/meetings/${meeting}`);
  await cate.page.evaluate(async (id) => {
    const answer = await fetch(`/api/visavis/v1/meetings/${id}/cancel`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' });
    if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
  }, meeting);
  const isCancel = (mail) => mail.attachments.some((each) => each.mimeType === 'text/calendar') && calendarIn(mail).method === 'CANCEL';
  const [event] = calendarIn(await post.mail(address, isCancel)).events;
  assert.equal(event.uid, asked.events[0].uid);
  assert.ok(event.sequence > asked.events[0].sequence, `${event.sequence} after ${asked.events[0].sequence}`);
});

test('a stopped address is never written to again', async () => {
  const { text } = await post.mail(address);
  await guest.page.goto(/https?:\S+\/stop\/[^\s>]+/.exec(text)[0]);
  await guest.page.getByRole('button').first().click();
  const before = await post.count(address);
  await propose();
  await propose('Yun Huang', 'yun.huang@mail.example.com'); // whose mail, sent later, tells that the other's time has passed
  await post.mail('yun.huang@mail.example.com');
  assert.equal(await post.count(address), before);
});
