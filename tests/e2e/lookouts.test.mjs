// lookouts.test.mjs — tell a friend: a link made on the meeting's page, read without script, "home safe?" by mail and on Today, the word to
// the friend when none comes, and what the other side of the meeting sees of it: nothing.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { send } from './lib/api.mjs';
import { desk, findings, launch, mustBeQuiet, person, phone, sideways } from './lib/browser.mjs';
import { startPost } from './lib/post.mjs';
import { startProgram } from './lib/program.mjs';
import { catherine, open, setUp, signIn } from './lib/steps.mjs';

const wei = 'wei.zhou@mail.example.com';
const tom = 'tom.baker@mail.example.com';
const over = '2026-11-25T04:05:00Z'; // five past eleven in the evening, in Toronto
let post, program, browser, cate, guest, friend, meeting, invitation, link;

const part = (page) => page.getByRole('region', { name: 'Tell a friend' });
async function restart(now) {
  mustBeQuiet(cate.complaints);
  await cate.context.close();
  await program.stop({ keep: true });
  program = await startProgram({ env: post.env, now, data: program.data });
  cate = await person(browser, { viewport: phone });
  await signIn(cate.page, program, catherine);
}
const here = (address) => program.url + new URL(address).pathname;
async function mustSuitEverybody(address) {
  for (const viewport of [{ width: 320, height: 640 }, phone, desk])
    for (const colorScheme of ['light', 'dark']) {
      const { page, context } = await person(browser, { viewport, colorScheme });
      await page.goto(address);
      assert.deepEqual(await findings(page), [], `${address} at ${viewport.width} px, ${colorScheme}`);
      assert.equal(await sideways(page), 0, `${address} at ${viewport.width} px`);
      await context.close();
    }
}

before(async () => {
  post = await startPost();
  program = await startProgram({ env: post.env });
  browser = await launch();
  cate = await person(browser);
  [guest, friend] = [await person(browser, { javaScriptEnabled: false }), await person(browser, { javaScriptEnabled: false })];
  await setUp(cate.page, program, catherine);
  const { id } = await send(cate.page, 'POST', '/people', { name: 'Wei Zhou', email: wei });
  const slots = [{ start: '2026-11-25T01:00:00Z', end: '2026-11-25T03:00:00Z' }];
  const places = [{ name: 'Silver Lantern', address: '17 Spadina Avenue', public: true }];
  meeting = (await send(cate.page, 'POST', '/meetings', { person: id, kind: 'dinner', slots, places, zone: 'America/Toronto', purpose: 'Before the year ends', email: wei })).id;
  invitation = /https?:\S+\/m\/[^\s>]+/.exec((await post.mail(wei)).text)[0];
  await guest.page.goto(invitation);
  await guest.page.getByRole('radio', { name: 'Yes' }).first().check();
  await guest.page.getByRole('button', { name: 'Send my answer' }).click();
  await guest.page.getByRole('heading', { name: 'Agreed' }).waitFor();
});
after(async () => {
  mustBeQuiet(cate.complaints);
  await browser?.close();
  await program?.stop();
  post?.stop();
});

test('a friend is told from the meeting’s page', async () => {
  const { page } = cate;
  await open(page, program, `/meetings/${meeting}`);
  await part(page).getByRole('button', { name: 'Tell a friend' }).click();
  assert.equal(await part(page).getByLabel('With whom').inputValue(), 'Wei Zhou');
  await part(page).getByLabel('Your friend’s name').fill('Tom');
  await part(page).getByLabel('Your friend’s e-mail').fill(tom);
  await part(page).getByText('You mean to be home by Tuesday 24 November, 23:00').waitFor();
  assert.deepEqual(await findings(page), []);
  await part(page).getByRole('button', { name: 'Make the link' }).click();
  link = await part(page).getByLabel('The link for your friend').inputValue();
  await part(page).getByText('Tom looks out for you').waitFor();
  assert.deepEqual(await findings(page), []);
  await page.setViewportSize(phone);
  assert.equal(await sideways(page), 0);
  const mail = await post.mail(tom);
  assert.match(mail.subject, /Catherine Hollingsworth asks you to look out/);
  assert.match(mail.text, /Silver Lantern, 17 Spadina Avenue/);
  assert.match(mail.text, /\/stop\/\S+/);
  assert.ok(!mail.text.includes(catherine.email));
});

test('the friend’s page tells where, with whom and until when, without script, to everybody', async () => {
  await friend.page.goto(link);
  await friend.page.getByRole('heading', { name: 'Catherine Hollingsworth is out until Tuesday 24 November, 23:00' }).waitFor();
  for (const told of ['Wei Zhou', 'Silver Lantern, 17 Spadina Avenue', 'There is nothing you need do.']) await friend.page.getByText(told).first().waitFor();
  assert.equal(await friend.page.getByRole('button').count(), 0);
  await mustSuitEverybody(link);
});

test('who meets her learns nothing of it', async () => {
  await guest.page.goto(invitation);
  const seen = await guest.page.content();
  for (const secret of ['Tom', 'friend', 'home safe']) assert.ok(!seen.includes(secret), secret);
});

test('afterwards she is asked, by mail and on Today, and may take longer', async () => {
  await restart(over);
  const mail = await post.mail(catherine.email, (each) => each.subject === 'Home safe?');
  const own = here(/https?:\S+\/s\/[^\s>]+/.exec(mail.text)[0]);
  await open(cate.page, program, '/');
  const asked = cate.page.getByRole('region', { name: 'Home safe?' });
  await asked.getByText('Without a word Tom is told').waitFor();
  assert.deepEqual(await findings(cate.page), []);
  await mustSuitEverybody(own);
  await friend.page.goto(here(link));
  await friend.page.getByRole('heading', { name: 'Catherine Hollingsworth has been asked' }).waitFor();
  const { page, context } = await person(browser, { javaScriptEnabled: false });
  await page.goto(own);
  await page.getByRole('button', { name: 'Half an hour longer' }).click();
  await page.getByRole('heading', { name: /^You are out until Tuesday 24 November, 23:3\d$/ }).waitFor();
  await context.close();
});

test('without a word the friend is told, and then that all is well', async () => {
  await restart('2026-11-25T05:40:00Z');
  const mail = await post.mail(tom, (each) => each.subject.startsWith('No word'));
  assert.match(mail.text, /112 works from nearly every mobile phone/);
  await friend.page.goto(here(link));
  await friend.page.getByRole('heading', { name: 'No word from Catherine Hollingsworth' }).waitFor();
  await mustSuitEverybody(here(link));
  await open(cate.page, program, '/');
  await cate.page.getByRole('region', { name: 'Home safe?' }).getByRole('button', { name: 'I’m home safe' }).click();
  await post.mail(tom, (each) => each.subject.endsWith('is home safe'));
  await friend.page.reload();
  await friend.page.getByRole('heading', { name: 'Catherine Hollingsworth is home safe' }).waitFor();
});

test('all of it deletes itself', async () => {
  await restart('2026-11-26T05:41:00Z');
  const answer = await friend.page.goto(here(link));
  assert.equal(answer.status(), 404);
  assert.deepEqual((await send(cate.page, 'GET', '/lookouts')).items, []);
});
