// https.test.mjs — HTTPS on a name other than localhost: the camera reads a real code, and what was last seen stays readable.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join as path } from 'node:path';
import { after, before, test } from 'node:test';
import { launch, mustBeQuiet, person, settled } from './lib/browser.mjs';
import { startProgram } from './lib/program.mjs';
import { filmCode } from './lib/qr_video.mjs';
import { arjun, catherine, join, nameThree, open, setUp } from './lib/steps.mjs';

const host = 'visavis.test';
const folder = mkdtempSync(path(tmpdir(), 'visavis-film-'));
const film = path(folder, 'camera.y4m');
let program, browser, cate, friend;

before(async () => {
  filmCode(film, 'nothing of interest');
  program = await startProgram({ host, env: { VISAVIS_ACCOUNTS_SIGN_UP: 'open' } });
  browser = await launch([
    `--host-resolver-rules=MAP ${host} 127.0.0.1`,
    '--ignore-certificate-errors',
    '--use-fake-ui-for-media-stream',
    '--use-fake-device-for-media-stream',
    `--use-file-for-fake-video-capture=${film}`,
  ]);
  cate = await person(browser);
  friend = await person(browser);
  await setUp(cate.page, program, catherine);
  await join(friend.page, program, arjun);
});
after(async () => {
  await browser?.close();
  await program?.stop();
  rmSync(folder, { recursive: true, force: true });
});

test('the camera inside the page reads the code that the other page shows', async () => {
  // What the page shows is taken from its picture's own data: the link is nowhere else on it.
  const shown = cate.page.waitForResponse((response) => response.url().endsWith('/handshakes/offers') && response.request().method() === 'POST' && response.ok());
  await open(cate.page, program, '/handshake');
  filmCode(film, (await (await shown).json()).url);
  await cate.page.getByRole('img', { name: 'A code for the other phone' }).waitFor();

  await open(friend.page, program, '/handshake');
  await friend.page.getByRole('button', { name: 'Scan theirs instead' }).click();
  await friend.page.getByRole('heading', { name: catherine.name }).waitFor({ timeout: 30_000 });
  await friend.page.getByRole('button', { name: 'Shake hands' }).click();
  await cate.page.getByRole('button', { name: 'Yes, shake hands' }).click();
  await cate.page.getByRole('heading', { name: /You have met/ }).waitFor();
  await friend.page.getByRole('heading', { name: /You have met/ }).waitFor();
  mustBeQuiet([...cate.complaints, ...friend.complaints]);
});

test('the session’s cookie never travels without encryption', async () => {
  const [cookie] = (await cate.context.cookies()).filter((each) => each.name === 'visavis_session');
  assert.equal(cookie.secure, true);
  assert.equal(cookie.httpOnly, true);
});

test('what was last seen can be read without a network, and nothing of it after signing out', async () => {
  const { page, context, complaints } = await person(browser);
  await page.goto(`${program.url}/sign-in`);
  await page.getByLabel('Handle or e-mail').fill(catherine.handle);
  await page.getByLabel('Password').fill(catherine.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('navigation', { name: 'Places' }).waitFor();
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  await open(page, program, '/welcome');
  await nameThree(page, 'Toronto', ['Dorothy Hartwell']).catch(() => {});
  await open(page, program, '/people');
  await open(page, program, '/');
  const number = await page.locator('.tally .n').textContent();

  await context.setOffline(true);
  await page.reload();
  await page.getByText('No connection.').waitFor();
  assert.equal(await page.locator('.tally .n').textContent(), number);
  await page.getByRole('link', { name: 'People', exact: true }).first().click();
  await page.getByRole('link', { name: 'Dorothy Hartwell' }).waitFor();

  await context.setOffline(false);
  await open(page, program, '/settings');
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('button', { name: 'Sign in' }).waitFor();
  await context.setOffline(true);
  await page.goto(`${program.url}/people`);
  await settled(page).catch(() => {});
  assert.equal(await page.getByText('Dorothy Hartwell').count(), 0);
  mustBeQuiet(complaints);
});
