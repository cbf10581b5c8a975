// story.test.mjs — the main job once through: archives in, whom to meet, a meeting agreed, a handshake, one more person met.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { desk, findings, launch, mustBeQuiet, person, settled } from './lib/browser.mjs';
import { startProgram } from './lib/program.mjs';
import { addAccount, alexander, catherine, metThisYear, open, setUp, signIn } from './lib/steps.mjs';

const samples = new URL('../../samples/', import.meta.url).pathname;
// The last one is nobody's export: what can't be read must be named.
const archives = ['Complete_LinkedInDataExport_11-20-2026.zip', 'contacts.zip', 'calendar.zip', 'README.md'].map((name) => samples + name);

let program, browser, cate, friend;
before(async () => {
  program = await startProgram({ env: { VISAVIS_ACCOUNTS_SIGN_UP: 'open' } });
  browser = await launch();
  cate = await person(browser, { viewport: desk });
  friend = await person(browser);
});
after(async () => {
  mustBeQuiet([...cate.complaints, ...friend.complaints]);
  await browser?.close();
  await program?.stop();
});

test('she sets up the server and drops her archives on the page', async () => {
  const { page } = cate;
  await setUp(page, program, catherine);
  await page.getByRole('link', { name: 'I’d rather bring an archive' }).click();
  await page.locator('input[type=file]').setInputFiles(archives);
  await page.getByText('Everything is read.').waitFor({ timeout: 120_000 });
  const found = Number((await page.locator('.sum dd').first().textContent()).replace(/\D/g, ''));
  assert.ok(found > 100, `${found} people found`);
  assert.match(await page.locator('.arch').textContent(), /README\.md\s+This could not be read/, 'what can’t be read is named');
});

test('an import is still there after leaving, and what it brought can be found', async () => {
  const { page } = cate;
  await open(page, program, '/import');
  assert.equal(await page.locator('.arch > li').count(), archives.length);
  await open(page, program, '/people');
  await page.getByLabel('Search people').fill('oldersh');
  await page.waitForURL(/query=oldersh/); // the search stands in the address
  await page.getByRole('link', { name: /Oldershaw/ }).waitFor();
  await page.waitForFunction(() => document.querySelectorAll('.person').length === 1);
});

test('Today shows the number, the year and three people to meet', async () => {
  const { page } = cate;
  assert.ok((await metThisYear(page, program)) > 10);
  assert.ok((await page.locator('.strip .halves path[class]').count()) > 50, 'the strip has a mark for each encounter');
  assert.equal(await page.locator('.three > li').count(), 3);
  assert.deepEqual(await findings(page), []);
});

test('a friend with an account here is offered as the person she knows, and both agree', async () => {
  addAccount(program, alexander);
  await signIn(friend.page, program, alexander);
  await open(friend.page, program, '/settings/privacy');
  await friend.page.getByLabel('Let people who know my e-mail address find me').check();

  const { page } = cate;
  await open(page, program, '/people?query=Twelvetrees');
  await page.getByRole('link', { name: /Twelvetrees/ }).first().click();
  await page.getByRole('button', { name: 'Ask whether it is them' }).click();
  await page.getByText('Asked. You hear of the answer.').waitFor();
  await open(friend.page, program, '/');
  await friend.page.getByText(`${catherine.name} (@catherine) knows your e-mail address`).waitFor();
  await friend.page.getByRole('button', { name: 'Yes, that is me' }).click();
  await friend.page.getByText('knows your e-mail address').waitFor({ state: 'detached' });
});

test('she proposes a coffee, and the friend accepts one of the times in another browser', async () => {
  const { page } = cate;
  await open(page, program, '/people?query=Twelvetrees');
  await page.getByRole('link', { name: /Twelvetrees/ }).first().click();
  await page.getByRole('link', { name: /^Meet / }).click();
  await page.getByLabel('Time 1', { exact: true }).waitFor();
  await page.getByLabel('Time 1', { exact: true }).fill('2026-11-24T10:00');
  await page.getByRole('button', { name: 'Add another time' }).click();
  await page.getByLabel('Time 2', { exact: true }).fill('2026-11-25T10:00');
  await page.getByLabel('Place 1: Name of the place').fill('Silver Lantern');
  await page.getByLabel('Your note').fill('Sandy, coffee next week?');
  await page.locator('aside .quote', { hasText: 'Sandy, coffee next week?' }).waitFor();
  await page.getByRole('button', { name: 'Propose coffee' }).click();
  await page.getByText('Proposed. It waits for an answer.').waitFor();

  await open(friend.page, program, '/');
  await friend.page.goto(`${program.url}/meetings`);
  await friend.page.getByRole('link', { name: /Coffee with Catherine/ }).click();
  await friend.page.getByLabel(/Wednesday 25 November/).check();
  await friend.page.getByRole('button', { name: 'Accept' }).click();
  await friend.page.getByText('Planned.').waitFor();

  await page.reload();
  await page.getByText('Planned.').waitFor();
  await page.getByText('Wednesday 25 November').first().waitFor();
});

test('they shake hands: one shows, the other types the three words, and the year counts one more', async () => {
  const before = await metThisYear(cate.page, program);
  await open(cate.page, program, '/handshake');
  const words = (await cate.page.locator('.words .sr').textContent()).replace(/^Words: /, '').replace(/,| and/g, '');
  await open(friend.page, program, '/handshake');
  await friend.page.getByRole('button', { name: 'Scan theirs instead' }).click();
  await friend.page.getByLabel('Or type the three words').fill(words);
  await friend.page.getByRole('button', { name: 'Read the words' }).click();
  await friend.page.getByRole('heading', { name: catherine.name }).waitFor();
  await friend.page.getByRole('button', { name: 'Shake hands' }).click();
  await cate.page.getByRole('heading', { name: `${alexander.name} has read your code` }).waitFor();
  assert.deepEqual(await findings(cate.page), []);
  await cate.page.getByRole('button', { name: 'Yes, shake hands' }).click();
  await cate.page.getByRole('heading', { name: /You have met/ }).waitFor();
  await friend.page.getByRole('heading', { name: /You have met/ }).waitFor();
  assert.deepEqual(await findings(cate.page), []);

  await cate.page.getByRole('button', { name: 'Note a next step' }).click();
  await cate.page.getByLabel('What ideas did you trade?').fill('A reading circle');
  await cate.page.getByLabel('What is the next step?').fill('Send him the list');
  await cate.page.getByRole('button', { name: 'Keep it' }).click();
  await settled(cate.page);
  assert.equal(await metThisYear(cate.page, program), before + 1);
  assert.equal(await metThisYear(friend.page, program), 1);
});
