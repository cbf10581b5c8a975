// wall.test.mjs — five sentences are written and picked, printed on either paper, and seen by whoever has their address.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { desk, findings, launch, mustBeQuiet, person, phone, sideways } from './lib/browser.mjs';
import { fetched, read } from './lib/paper.mjs';
import { startProgram } from './lib/program.mjs';
import { catherine, open, setUp } from './lib/steps.mjs';

let program, browser, cate;
before(async () => {
  program = await startProgram();
  browser = await launch();
  cate = await person(browser, { viewport: phone });
  await setUp(cate.page, program, catherine);
});
after(async () => {
  mustBeQuiet(cate.complaints);
  await browser?.close();
  await program?.stop();
});

test('sentences are written and picked', async () => {
  const { page } = cate;
  await open(page, program, '/settings/wall');
  await page.getByLabel('Sentence 1').fill('Remember the harbour.');
  await page.getByText('Pick one').click();
  await page.getByRole('button', { name: 'Lunch is a meeting.' }).click();
  assert.equal(await page.getByLabel('Sentence 2').inputValue(), 'Lunch is a meeting.');
  assert.deepEqual(await findings(page), []);
  assert.equal(await sideways(page), 0);
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByText('Saved.').waitFor();
  await page.setViewportSize(desk);
  await page.emulateMedia({ colorScheme: 'dark' });
  assert.deepEqual(await findings(page), []);
  await page.reload();
  assert.equal(await page.getByLabel('Sentence 1').inputValue(), 'Remember the harbour.');
});

test('they are one page on either paper', async () => {
  const { page } = cate;
  for (const [name, size] of [['A4', 'A4'], ['Letter', 'letter']]) {
    const link = page.getByRole('link', { name: `Five sentences: ${name}` });
    const sheet = read(await fetched(page, await link.getAttribute('href')), program.data);
    assert.match(sheet.text, /Remember the harbour\./);
    assert.match(sheet.text, /2026: 0 people met face to face\./);
    assert.equal(sheet.pages, 1);
    assert.match(sheet.size, new RegExp(size));
    assert.ok(sheet.ink > 500, 'there is something on it');
    assert.match(sheet.fonts, /\+Inter-Regular /, 'small print stands in the page’s font');
    assert.doesNotMatch(sheet.fonts, /Noto|DejaVu|Liberation/, 'nothing stands in the system’s');
  }
});

test('whoever has the address sees it, until it is taken back', async () => {
  const { page } = cate;
  await page.getByRole('button', { name: 'Make an address' }).click();
  const address = await page.getByLabel('Address of the page').inputValue();
  const sheet = await fetch(address);
  assert.equal(sheet.headers.get('content-type'), 'application/pdf');
  assert.match(read(Buffer.from(await sheet.arrayBuffer()), program.data).text, /Lunch is a meeting\./);
  await page.getByRole('button', { name: 'Let it lead nowhere' }).click();
  await page.getByRole('button', { name: 'Make an address' }).waitFor();
  assert.equal((await fetch(address)).status, 404);
});
