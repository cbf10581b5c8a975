// asks.test.mjs — an ask from its words to its end: an example to start from, who fits and why, one asked, one who says yes, two met; and nobody of another account sees any of it.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { findings, launch, mustBeQuiet, person, phone, settled, sideways } from './lib/browser.mjs';
import { sampleNow, startProgram } from './lib/program.mjs';
import { arjun, catherine, join, open, setUp } from './lib/steps.mjs';

const samples = new URL('../../samples/', import.meta.url).pathname;
const text = 'two chief executives in Toronto to interview for an article on trust, by 11 December. Coffee is on me.';

let program, browser, cate;
before(async () => {
  program = await startProgram({ env: { VISAVIS_ACCOUNTS_SIGN_UP: 'open' } });
  browser = await launch();
  cate = await person(browser, { viewport: phone });
  await setUp(cate.page, program, catherine);
  program.command(['import', '--account', catherine.handle, `${samples}contacts.zip`, `${samples}calendar.zip`, `${samples}Complete_LinkedInDataExport_11-20-2026.zip`, '--now', sampleNow]);
});
after(async () => {
  mustBeQuiet(cate.complaints);
  await browser?.close();
  await program?.stop();
});

const main = () => cate.page.locator('#main');
const part = (name) => main().getByRole('region', { name, exact: true });
const chips = () => main().locator('.chip').allTextContents();

test('an empty room has an example to start from', async () => {
  const { page } = cate;
  await open(page, program, '/');
  await page.getByRole('link', { name: 'Write an ask' }).click();
  await page.waitForURL(/\/asks$/);
  await settled(page);
  await page.getByRole('button', { name: 'Start from this' }).click();
  assert.match(await page.getByLabel('Whom do you need').inputValue(), /^Two teachers in Toronto/);
  await page.reload();
  await settled(page);
  assert.match(await page.getByLabel('Whom do you need').inputValue(), /^Two teachers/, 'what was typed is kept');
  assert.deepEqual(await findings(page), []);
});

test('an ask is taken apart, and shows who fits with reasons', async () => {
  const { page } = cate;
  await page.getByLabel('Whom do you need').fill(text);
  await page.getByRole('button', { name: 'See who fits' }).click();
  await page.waitForURL(/\/asks\/\d+$/);
  await settled(page);
  assert.deepEqual(await chips(), ['chief executive', '2 people', 'in Toronto', 'by Friday 11 December', 'Coffee is on me']);
  assert.equal(await main().getByRole('img', { name: '0 of 2 met' }).count(), 1);
  const told = program.command(['ask', '--account', catherine.handle, '--json', '--now', sampleNow, text]).trim().split('\n').map((line) => JSON.parse(line));
  assert.equal(await part('Who fits').locator('h3').first().textContent(), told[0].person.name, 'the command says the same');
  assert.match(await part('Who fits').locator('.why').first().textContent(), /CEO|Managing Director/);
  assert.equal(told[0].path.length, 1);
  assert.equal(await sideways(page), 0);
  assert.deepEqual(await findings(page), []);
});

test('a chip is left out and a part is changed', async () => {
  const { page } = cate;
  await page.getByRole('button', { name: 'Leave out “by Friday 11 December”' }).click();
  await page.getByText('by Friday 11 December').waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Change it' }).click();
  await page.getByLabel('Titles or trades').fill('chief executive, founder');
  await page.getByRole('button', { name: 'Keep it' }).click();
  await main().locator('.chip', { hasText: 'founder' }).waitFor();
  assert.deepEqual(await findings(page), []);
});

test('one tap leads to a proposal, and whom she asked is kept', async () => {
  const { page } = cate;
  const address = page.url();
  const name = await part('Who fits').locator('h3').first().textContent();
  await part('Who fits').getByRole('link', { name: /^Ask .* to meet$/ }).first().click();
  await page.waitForURL(/\/meetings\/new\?/);
  await settled(page);
  await page.getByRole('heading', { level: 1 }).filter({ hasText: name }).waitFor();
  assert.match(await page.getByLabel('What you say').or(page.locator('#message')).first().inputValue(), /came to my mind/);
  await page.goto(address);
  await settled(page);
  assert.equal(await part('Asked').locator('h3').textContent(), name);
  assert.ok(!(await part('Would also fit').locator('h3').allTextContents()).includes(name));
});

test('answers are tracked, and the ask closes itself when as many as wanted are met', async () => {
  const { page } = cate;
  await part('Would also fit').getByRole('button', { name: 'I asked' }).first().click();
  await page.getByText('2 asked, 0 said yes, 0 met').waitFor();
  await part('Would also fit').getByRole('button', { name: 'Not them' }).first().click();
  await part('Asked').getByRole('button', { name: 'Said yes' }).first().click();
  await page.getByText('2 asked, 1 said yes, 0 met').waitFor();
  await part('Said yes').getByRole('button', { name: 'We met' }).click();
  await main().getByRole('img', { name: '1 of 2 met' }).waitFor();
  await part('Asked').getByRole('button', { name: 'We met' }).click();
  await page.getByText('This ask has closed itself.').waitFor();
  assert.equal(await page.getByRole('region', { name: 'Would also fit' }).count(), 0);
  assert.deepEqual(await findings(page), []);
  await open(page, program, '/asks');
  assert.match(await part('Done').textContent(), /2 of 2 met/);
});

test('who belongs to a group, or wrote about something, is found by it, and it says so', async () => {
  const { page } = cate;
  program.command(['import', '--account', catherine.handle, `${samples}ning-archive.zip`, '--now', sampleNow]);
  for (const [words, reason] of [
    ['someone who knows about jazz', 'In the group "Jazz"'],
    ['someone who knows about coffee', 'Wrote "Coffee as infrastructure"'],
  ]) {
    await open(page, program, '/asks');
    await page.getByLabel('Whom do you need').fill(words);
    await page.getByRole('button', { name: 'See who fits' }).click();
    await page.waitForURL(/\/asks\/\d+$/);
    await settled(page);
    await part('Who fits').getByText(reason).first().waitFor();
    assert.equal(await sideways(page), 0);
    assert.deepEqual(await findings(page), []);
  }
});

test('nobody else sees any of it', async () => {
  const other = await person(browser);
  await join(other.page, program, arjun);
  await open(other.page, program, '/asks');
  assert.equal(await other.page.locator('.askrow').count(), 0);
  await open(cate.page, program, '/asks');
  const path = await cate.page.locator('.askrow a').first().getAttribute('href');
  const status = await other.page.evaluate(async (to) => (await fetch(`/api/visavis/v1${to}`)).status, path);
  assert.equal(status, 404);
  mustBeQuiet(other.complaints);
  await other.context.close();
});
