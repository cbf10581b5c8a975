// reminders.test.mjs — nudges with a reason on Today and once a week by mail; what becomes of them; the goal's parts and its pause.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { send } from './lib/api.mjs';
import { desk, findings, launch, mustBeQuiet, person, phone, sideways } from './lib/browser.mjs';
import { startPost } from './lib/post.mjs';
import { startProgram } from './lib/program.mjs';
import { addAccount, alexander, catherine, open, setUp, signIn } from './lib/steps.mjs';

const monday = '2026-11-23T12:30:00Z'; // half past seven in the morning, in Toronto
let post, program, browser, alex, cate, wei;

const nudges = (page) => page.getByRole('region', { name: 'Worth a thought' });

// On Friday he notes a next step, a birthday and a goal; on Monday morning the server is there again.
before(async () => {
  post = await startPost();
  program = await startProgram({ env: post.env });
  browser = await launch();
  cate = await person(browser);
  await setUp(cate.page, program, catherine);
  addAccount(program, alexander);
  const friday = await person(browser);
  await signIn(friday.page, program, alexander);
  wei = await send(friday.page, 'POST', '/people', { name: 'Wei Zhou', relation: 'friend' });
  await send(friday.page, 'PATCH', `/people/${wei.id}`, { birthday: { year: 1986, month: 11, day: 25 } });
  const jon = await send(friday.page, 'POST', '/people', { name: 'Jon Lee' });
  const lunch = await send(friday.page, 'POST', '/encounters', { person: jon.id, kind: 'lunch', start: '2026-11-17T17:00:00Z' });
  await send(friday.page, 'PATCH', `/encounters/${lunch.id}`, { next_step: 'Send him the photographs of the harbour' });
  await send(friday.page, 'PUT', '/goals/2026', { target: 12 });
  mustBeQuiet(friday.complaints);
  await friday.context.close();
  await program.stop({ keep: true });
  program = await startProgram({ env: post.env, now: monday, data: program.data });
  alex = await person(browser, { viewport: phone });
  await signIn(alex.page, program, alexander);
});
after(async () => {
  mustBeQuiet([...alex.complaints, ...cate.complaints]);
  await browser?.close();
  await program?.stop();
  post?.stop();
});

test('one mail a week tells what is open, why, and how to stop it', async () => {
  const mail = await post.mail(alexander.email);
  assert.equal(mail.subject, 'Whom to think of this week');
  assert.match(mail.text, /Wei Zhou has a birthday on Wednesday 25 November\.\nIt is number 40\./);
  assert.match(mail.text, /A next step with Jon Lee: “Send him the photographs of the harbour”/);
  assert.match(mail.text, /You noted it when you met on Tuesday 17 November/);
  const link = /https?:\S+\/stop\/digest\/\S+/.exec(mail.text)[0];
  const { page, context } = await person(browser, { javaScriptEnabled: false });
  await page.goto(link);
  await page.getByRole('button', { name: 'Stop the weekly mail' }).click();
  await page.getByRole('heading', { name: 'Stopped' }).waitFor();
  await page.getByRole('button', { name: 'Send it again' }).click();
  await page.getByRole('heading', { name: 'The weekly mail comes again' }).waitFor();
  await context.close();
});

test('Today shows three, each with its reason', async () => {
  const { page } = alex;
  await open(page, program, '/');
  await nudges(page).getByRole('heading', { name: 'Wei Zhou has a birthday on Wednesday 25 November.' }).waitFor();
  assert.equal(await nudges(page).getByRole('heading', { level: 3 }).count(), 3);
  await nudges(page).getByText('An even pace towards 12 would be about 11 by now.').waitFor();
  assert.equal(await sideways(page), 0);
  assert.deepEqual(await findings(page), []);
  await page.emulateMedia({ colorScheme: 'dark' });
  assert.deepEqual(await findings(page), []);
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize(desk);
  assert.deepEqual(await findings(page), []);
  await page.setViewportSize(phone);
});

test('one is put off, one is done, and of one kind there are to be no more', async () => {
  const { page } = alex;
  const card = (name) => nudges(page).getByRole('listitem').filter({ has: page.getByRole('heading', { name, level: 3 }) });
  const birthday = card(/Wei Zhou has a birthday/);
  await birthday.getByText('Not now').click();
  await birthday.getByRole('button', { name: 'Again tomorrow' }).click();
  await birthday.getByText('It comes back tomorrow.').waitFor();
  await card(/A next step with Jon Lee/).getByRole('button', { name: /^Done/ }).click();
  await card(/A next step with Jon Lee/).getByText('Done.', { exact: true }).waitFor();
  const pace = card(/face to face this year/);
  await pace.getByText('Not now').click();
  await pace.getByRole('button', { name: 'No more of the goal' }).click();
  await pace.getByText('No more of these.').waitFor();
  assert.deepEqual(await findings(page), []);
  await pace.getByRole('link', { name: 'Change that' }).click();
  await page.getByLabel('The year’s goal').waitFor();
  assert.equal(await page.getByLabel('The year’s goal').isChecked(), false);
  await open(page, program, '/');
  await page.getByRole('heading', { name: /met face to face this year/ }).waitFor();
  assert.equal(await nudges(page).count(), 0);
});

test('how many, of which kinds, on which day, and a rest from all of them are kept', async () => {
  const { page } = alex;
  await open(page, program, '/settings/reminders');
  await page.getByLabel('Reminders a week, at most').fill('2');
  await page.getByLabel('The year’s goal').check();
  await page.getByLabel('A birthday').uncheck();
  await page.getByLabel('On', { exact: true }).selectOption({ label: 'Sunday' });
  await page.getByLabel('Rest from all of them until').fill('2026-12-24');
  assert.equal(await sideways(page), 0);
  assert.deepEqual(await findings(page), []);
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByText('Saved.').waitFor();
  await page.reload();
  await page.getByLabel('Reminders a week, at most').waitFor();
  assert.equal(await page.getByLabel('A birthday').isChecked(), false);
  assert.equal(await page.getByLabel('Rest from all of them until').inputValue(), '2026-12-24');
});

test('how often to be in touch is said on the person’s page', async () => {
  const { page } = alex;
  await open(page, program, `/people/${wei.id}`);
  const kept = page.waitForResponse((answer) => answer.url().endsWith('/cadence') && answer.ok());
  await page.getByLabel('Keep in touch about every').selectOption({ label: 'two months' });
  await kept;
  await page.reload();
  await page.getByLabel('Keep in touch about every').waitFor();
  assert.equal(await page.getByLabel('Keep in touch about every').inputValue(), '61');
  assert.deepEqual(await findings(page), []);
});

test('the goal has parts and can be paused', async () => {
  const { page } = alex;
  await open(page, program, '/settings/goal');
  await page.getByText('Of these').click();
  await page.getByLabel(/^Friend/).fill('4');
  await page.getByRole('button', { name: 'Set the goal' }).click();
  await page.getByText('Saved.').waitFor();
  await page.getByRole('button', { name: 'Pause it' }).click();
  await page.getByText('Your goal of 12 is paused.').waitFor();
  assert.equal(await sideways(page), 0);
  assert.deepEqual(await findings(page), []);
  await open(page, program, '/');
  await page.getByText('Your goal of 12 is paused.').waitFor();
  await page.getByText('Friend: 0 of 4').waitFor();
  await open(page, program, '/settings/goal');
  await page.getByRole('button', { name: 'Go on with it' }).click();
  await page.getByText('An even pace would be about').waitFor();
});
