// accounts.test.mjs — first start, set-up, joining, signing in and out.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { findings, launch, mustBeQuiet, person } from './lib/browser.mjs';
import { startProgram } from './lib/program.mjs';
import { arjun, catherine, join, nameThree, open, setUp, signIn } from './lib/steps.mjs';

let program, browser, first;
before(async () => {
  program = await startProgram({ env: { VISAVIS_ACCOUNTS_SIGN_UP: 'open' } });
  browser = await launch();
  first = await person(browser);
  await setUp(first.page, program, catherine);
});
after(async () => {
  await browser?.close();
  await program?.stop();
});

test('the set-up link makes the first account, once', async () => {
  const { page } = await person(browser);
  await page.goto(await program.setUpLink());
  await page.getByLabel('Your name').fill('Somebody Else');
  await page.getByLabel('E-mail').fill('else@example.org');
  await page.getByLabel('Password').fill('a third long sentence');
  await page.getByRole('button', { name: 'Make the account' }).click();
  await page.getByRole('alert').waitFor();
  mustBeQuiet(first.complaints);
});

test('a newcomer gets three people to meet from a city and three names', async () => {
  const { page, complaints } = await person(browser);
  await join(page, program, arjun);
  await nameThree(page, 'Toronto', ['Dorothy Hartwell', 'Edward Crossfield', 'Yun Huang']);
  assert.equal(await page.locator('.three > li').count(), 3);
  assert.ok((await page.locator('.three .quote').first().textContent()).length > 10, 'each has a first message');
  assert.ok((await page.locator('.three .why li').count()) >= 3, 'each has a reason');
  mustBeQuiet(complaints);
});

test('a wrong password and an unknown name are told apart by nobody', async () => {
  const { page } = await person(browser);
  const says = [];
  for (const login of [catherine.handle, 'nobody_here']) {
    await page.goto(`${program.url}/sign-in`);
    await page.getByLabel('Handle or e-mail').fill(login);
    await page.getByLabel('Password').fill('not the right one');
    await page.getByRole('button', { name: 'Sign in' }).click();
    says.push(await page.getByRole('alert').textContent());
  }
  assert.equal(says[0], says[1]);
});

test('a room asked for without a session is shown after signing in', async () => {
  const { page, complaints } = await person(browser);
  await page.goto(`${program.url}/settings/devices`);
  await page.getByLabel('Handle or e-mail').fill(catherine.handle);
  await page.getByLabel('Password').fill(catherine.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { name: 'Where you are signed in' }).waitFor();
  assert.match(page.url(), /\/settings\/devices$/);
  mustBeQuiet(complaints);
});

test('another session can be ended from the settings', async () => {
  const other = await person(browser);
  await signIn(other.page, program, catherine);
  await open(first.page, program, '/settings/devices');
  const ends = first.page.getByRole('button', { name: 'Sign it out' });
  for (let left = await ends.count(); left > 0; left -= 1) {
    await ends.first().click();
    await first.page.waitForFunction((count) => document.querySelectorAll('.shelf button').length < count, left);
  }
  await other.page.goto(`${program.url}/people`);
  await other.page.getByRole('button', { name: 'Sign in' }).waitFor();
});

test('signing out leaves nothing to read', async () => {
  const { page } = await person(browser);
  await signIn(page, program, catherine);
  await open(page, program, '/settings');
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('button', { name: 'Sign in' }).waitFor();
  await page.goto(`${program.url}/people`);
  await page.getByRole('button', { name: 'Sign in' }).waitFor();
});

test('an account is deleted with its password, and can be kept for two weeks', async () => {
  const { page, complaints } = await person(browser);
  const leaver = { name: 'Lea Farewell', handle: 'lea', email: 'lea@letters.example.com', password: 'the last train at midnight' };
  await join(page, program, leaver);
  await nameThree(page, 'Toronto', ['Dorothy Hartwell', 'Edward Crossfield', 'Yun Huang']);
  await open(page, program, '/settings');
  await page.getByText('Delete the account').click();
  const form = page.locator('form.leave');
  await form.getByText('Nobody finds you here any more').waitFor();
  assert.deepEqual(await findings(page), []);
  if (process.env.PICTURES) await page.screenshot({ path: `${process.env.PICTURES}/leave.png`, fullPage: true });
  await form.getByLabel('Your password now').fill('not the right one');
  await form.getByRole('button', { name: 'Delete my account' }).click();
  await form.getByRole('alert').first().waitFor();
  await form.getByLabel('Your password now').fill(leaver.password);
  await form.getByRole('button', { name: 'Delete my account' }).click();
  await page.waitForURL(/sign-in/);

  await signIn(page, program, leaver);
  await page.getByText('This account will be deleted on').waitFor();
  assert.deepEqual(await findings(page), []);
  if (process.env.PICTURES) await page.screenshot({ path: `${process.env.PICTURES}/leaving.png` });
  await page.getByRole('button', { name: 'Keep my account' }).click();
  await page.getByText('This account will be deleted on').waitFor({ state: 'detached' });
  await open(page, program, '/people');
  await page.getByText('Dorothy Hartwell').first().waitFor();
  mustBeQuiet(complaints);
});
