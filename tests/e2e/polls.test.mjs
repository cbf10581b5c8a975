// polls.test.mjs — a time for several: asked by mail and by a link, answered without script, picked, and told to all.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { desk, launch, mustBeQuiet, person } from './lib/browser.mjs';
import { calendarIn, startPost } from './lib/post.mjs';
import { mustBeFit } from './lib/looks.mjs';
import { startProgram } from './lib/program.mjs';
import { catherine, open, setUp } from './lib/steps.mjs';

const wei = 'wei.zhou@mail.example.com';
let post, program, browser, cate, guest, reader;
before(async () => {
  post = await startPost();
  program = await startProgram({ env: post.env });
  browser = await launch();
  cate = await person(browser, { viewport: desk });
  guest = await person(browser, { javaScriptEnabled: false });
  reader = await person(browser, { viewport: desk }); // the same pages, where axe can run
  await setUp(cate.page, program, catherine);
  await cate.page.evaluate(async (people) => {
    for (const each of people) await fetch('/api/visavis/v1/people', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(each) });
  }, [{ name: 'Wei Zhou', email: wei, relation: 'friend' }, { name: 'Meiling Ouyang', relation: 'friend' }, { name: 'Rajesh Patel', relation: 'colleague' }]);
});
after(async () => {
  mustBeQuiet(cate.complaints);
  await browser?.close();
  await program?.stop();
  post?.stop();
});

const links = new Map();
async function answer(name, words) {
  await guest.page.goto(links.get(name));
  for (const [at, word] of words.entries()) await guest.page.locator('fieldset.slot').nth(at).getByRole('radio', { name: word, exact: true }).check();
  await guest.page.getByRole('button', { name: 'Send my answer' }).click();
  await guest.page.getByRole('heading', { name: 'Thank you' }).waitFor();
}

let poll;
test('three people are asked which of two times suit', async () => {
  const { page } = cate;
  await open(page, program, '/meetings');
  await page.getByRole('link', { name: 'Ask several people' }).click();
  for (const name of ['Wei Zhou', 'Meiling Ouyang', 'Rajesh Patel']) {
    await page.getByLabel('Add somebody by name').fill(name);
    await page.getByRole('option', { name }).first().click();
    await page.getByRole('button', { name: `Leave ${name} out` }).waitFor();
  }
  await page.getByText('Must come').first().click();
  await page.getByLabel('Time 1', { exact: true }).fill('2026-11-24T12:30');
  await page.getByLabel('Time 2', { exact: true }).fill('2026-11-25T12:30');
  await page.getByLabel('Where', { exact: true }).fill('Silver Lantern');
  await page.getByLabel('Your words').fill('Which day suits you all?');
  await mustBeFit(page, 'poll-new');
  await page.getByRole('button', { name: 'Ask them' }).click();
  await page.getByRole('heading', { name: 'Who is asked' }).waitFor();
  poll = new URL(page.url()).pathname;
  for (const name of ['Meiling Ouyang', 'Rajesh Patel']) {
    await page.getByRole('button', { name: `Make a link for ${name}` }).click();
    links.set(name, await page.getByLabel(`Private link for ${name}`).inputValue());
  }
  const mail = await post.mail(wei);
  assert.match(mail.subject, /asks when you could come to lunch/);
  links.set('Wei Zhou', /https?:\S+\/p\/[^\s>]+/.exec(mail.text)[0]);
});

test('they answer without an account and without script, each in their own time', async () => {
  const { page } = guest;
  await page.goto(links.get('Wei Zhou'));
  await page.getByLabel('Show times for').selectOption('Asia/Shanghai');
  await page.locator('.zoneform button').click();
  await page.getByText('01:30', { exact: false }).first().waitFor();
  await reader.page.goto(links.get('Wei Zhou'));
  await mustBeFit(reader.page, 'poll-guest');
  await answer('Wei Zhou', ['No', 'If need be']);
  await answer('Meiling Ouyang', ['Yes', 'Yes']);
  await reader.page.goto(links.get('Meiling Ouyang'));
  await mustBeFit(reader.page, 'poll-guest-thanks');
});

test('the organiser sees the answers, and which time is best', async () => {
  const { page } = cate;
  await open(page, program, poll);
  await page.getByText('2 of 3 have answered').waitFor();
  const best = page.locator('tr.best');
  await best.getByText('Wednesday').first().waitFor();
  await page.getByText('Somebody who must come can’t').waitFor();
  await mustBeFit(page, 'poll-grid');
  await open(page, program, '/meetings');
  await page.getByRole('heading', { name: 'Polls' }).waitFor();
  await mustBeFit(page, 'meetings-poll');
});

test('picking makes the meetings, and tells everyone', async () => {
  const { page } = cate;
  await open(page, program, poll);
  await page.locator('tr.best').getByRole('button').click();
  await page.getByText('A time was picked').first().waitFor();
  await mustBeFit(page, 'poll-picked');
  const agreed = await post.mail(wei, (mail) => /Agreed/.test(mail.subject));
  assert.equal(calendarIn(agreed).method, 'REQUEST');
  assert.equal(calendarIn(agreed).events[0].startDate.toJSDate().toISOString(), '2026-11-25T17:30:00.000Z');
  await guest.page.goto(links.get('Wei Zhou')); // leads on to the meeting
  await guest.page.getByRole('heading', { name: 'Agreed' }).waitFor();
  await guest.page.goto(links.get('Rajesh Patel')); // who had not answered is asked
  await guest.page.getByRole('button', { name: 'Send my answer' }).waitFor();
});

test('a vote after the end is refused kindly', async () => {
  const { page } = cate;
  const made = await page.evaluate(async () => {
    const people = (await (await fetch('/api/visavis/v1/people?query=Rajesh')).json()).items;
    const body = { kind: 'walk', zone: 'America/Toronto', slots: [{ start: '2026-11-28T19:00:00Z', end: '2026-11-28T20:00:00Z' }], places: [{ name: 'High Park', public: true }], invitees: [{ person: people[0].id }] };
    return (await fetch('/api/visavis/v1/polls', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })).json();
  });
  await guest.page.goto(made.voters[0].link);
  await guest.page.locator('fieldset.slot').first().getByRole('radio', { name: 'Yes', exact: true }).check();
  await open(page, program, `/polls/${made.id}`);
  await page.getByRole('button', { name: 'Give it up' }).click();
  await page.getByText('Given up').waitFor();
  await guest.page.getByRole('button', { name: 'Send my answer' }).click();
  await guest.page.getByText('Thank you, but this poll has ended').waitFor();
});
