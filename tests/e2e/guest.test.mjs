// guest.test.mjs — who has no account answers an invitation through its private link, in a browser without script.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { desk, findings, launch, person, phone, sideways } from './lib/browser.mjs';
import { startProgram } from './lib/program.mjs';
import { catherine, open, setUp } from './lib/steps.mjs';

let program, browser, cate, guest;
before(async () => {
  program = await startProgram();
  browser = await launch();
  cate = await person(browser);
  guest = await person(browser, { javaScriptEnabled: false });
  await setUp(cate.page, program, catherine);
});
after(async () => {
  await browser?.close();
  await program?.stop();
});

/** A dinner on two evenings, proposed to somebody without an account; the private link of it. */
function propose(name) {
  return cate.page.evaluate(async (name) => {
    const post = async (path, body) => (await fetch(`/api/visavis/v1${path}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })).json();
    const { id } = await post('/people', { name });
    const slots = [24, 25].map((day) => ({ start: `2026-11-${day}T23:00:00Z`, end: `2026-11-${day + 1}T01:00:00Z` }));
    const places = [{ name: 'Silver Lantern', address: '17 Spadina Avenue', public: true }];
    const meeting = await post('/meetings', { person: id, kind: 'dinner', slots, places, zone: 'America/Toronto', purpose: 'Before the year ends', message: 'Which evening suits you?' });
    return { id: meeting.id, link: meeting.invitation_link };
  }, name);
}

test('the invitation can be used by everybody', async () => {
  const { link } = await propose('Meiling Ouyang');
  for (const viewport of [{ width: 320, height: 640 }, phone, desk])
    for (const colorScheme of ['light', 'dark']) {
      const { page, context } = await person(browser, { viewport, colorScheme });
      for (const address of [link, `${program.url}/m/guess`, `${program.url}/stop/guess`]) {
        await page.goto(address);
        assert.deepEqual(await findings(page), [], `${address} at ${viewport.width} px, ${colorScheme}`);
        assert.equal(await sideways(page), 0, `${address} at ${viewport.width} px`);
      }
      await context.close();
    }
});

test('a time is chosen, and both know', async () => {
  const { id, link } = await propose('Meiling Ouyang');
  const { page } = guest;
  await page.goto(link);
  await page.getByText('Catherine Hollingsworth invites Meiling Ouyang').waitFor();
  await page.getByRole('group', { name: /Wednesday 25 November/ }).getByLabel('Yes').check();
  await page.getByRole('button', { name: 'Send my answer' }).click();
  await page.getByRole('heading', { name: 'Agreed' }).waitFor();
  await page.getByRole('link', { name: catherine.email }).waitFor();
  await open(cate.page, program, `/meetings/${id}`);
  await cate.page.getByText('Planned.').waitFor();
  await page.getByText('Cancel the meeting').first().click();
  await page.getByRole('button', { name: 'Cancel the meeting' }).click();
  await page.getByRole('heading', { name: 'The meeting is cancelled' }).waitFor();
});

test('another time is suggested, and it waits for the organiser', async () => {
  const { id, link } = await propose('Yun Huang');
  const { page } = guest;
  await page.goto(link);
  await page.getByText('Suggest another time').click();
  await page.getByLabel('Date').first().fill('2026-11-28');
  await page.getByLabel('From').first().fill('19:00');
  await page.getByLabel('To', { exact: true }).first().fill('21:00');
  await page.getByRole('button', { name: 'Send my suggestion' }).click();
  await page.getByRole('heading', { name: 'Your suggestion is on its way' }).waitFor();
  await open(cate.page, program, `/meetings/${id}`);
  await cate.page.getByRole('heading', { name: 'Your answer' }).waitFor();
  await cate.page.getByText('Saturday 28 November').first().waitFor();
});

test('what is planned stands in the calendar under a private address', async () => {
  const { id, link } = await propose('Wei Zhou');
  await guest.page.goto(link);
  await guest.page.getByRole('group', { name: /Tuesday 24 November/ }).getByLabel('If need be').check();
  await guest.page.getByRole('button', { name: 'Send my answer' }).click();
  const feed = await cate.page.evaluate(async () => (await fetch('/api/visavis/v1/calendar-feed', { method: 'POST' })).json());
  const answer = await fetch(feed.url);
  assert.match(answer.headers.get('content-type'), /^text\/calendar/);
  assert.match(await answer.text(), /SUMMARY:Dinner with Wei Zhou/);
  assert.equal((await fetch(`${program.url}/calendar/guess.ics`)).status, 404);
  assert.ok(id);
});
