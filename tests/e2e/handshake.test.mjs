// handshake.test.mjs — two browsers, one receipt; and the codes that are refused with a clear word.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join as path } from 'node:path';
import { after, before, test } from 'node:test';
import { findings, launch, mustBeQuiet, person } from './lib/browser.mjs';
import { startProgram } from './lib/program.mjs';
import { arjun, catherine, join, open, setUp } from './lib/steps.mjs';

let program, browser, cate, friend;
before(async () => {
  program = await startProgram({ env: { VISAVIS_ACCOUNTS_SIGN_UP: 'open' } });
  browser = await launch(['--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream']);
  cate = await person(browser);
  friend = await person(browser);
  await setUp(cate.page, program, catherine);
  await join(friend.page, program, arjun);
});
after(async () => {
  await browser?.close();
  await program?.stop();
});

/** The code's link, as the page got it from the server, and the whole code behind it. */
async function shownOffer(page) {
  const answer = page.waitForResponse((response) => response.url().endsWith('/handshakes/offers') && response.request().method() === 'POST');
  await open(page, program, '/handshake');
  const offer = await (await answer).json();
  await page.getByRole('img', { name: 'A code for the other phone' }).waitFor();
  return offer;
}
const shownCode = async (page) => (await shownOffer(page)).url;

async function mustRefuse(page, link, words) {
  await page.goto('about:blank');
  await page.goto(link);
  const alert = page.getByRole('alert');
  await alert.waitFor();
  assert.match(await alert.textContent(), words);
}

test('one’s own code is refused', async () => {
  await mustRefuse((await person(browser, { storageState: await cate.context.storageState() })).page, await shownCode(cate.page), /yourself|own/i);
});

test('a link opened by the phone’s own camera app leads to the handshake, and one tap on each side makes it', async () => {
  const link = await shownCode(cate.page);
  await friend.page.goto(link);
  await friend.page.getByRole('heading', { name: catherine.name }).waitFor();
  assert.deepEqual(await findings(friend.page), []);
  await friend.page.getByRole('button', { name: 'Shake hands' }).click();
  await cate.page.getByRole('heading', { name: `${arjun.name} has read your code` }).waitFor();
  await cate.page.getByRole('button', { name: 'Yes, shake hands' }).click();
  await cate.page.getByRole('heading', { name: /You have met/ }).waitFor();
  await friend.page.getByRole('heading', { name: /You have met/ }).waitFor();
  assert.match(await cate.page.locator('.success .lead').textContent(), /1st person this year/);
  mustBeQuiet([...cate.complaints, ...friend.complaints]);

  await mustRefuse(friend.page, link, /already|used/i);
});

test('the receipt can be saved and verifies offline', async () => {
  await open(cate.page, program, '/');
  const { items } = await cate.page.evaluate(async () => (await fetch('/api/visavis/v1/handshakes')).json());
  const receipt = await cate.page.evaluate(async (id) => (await fetch(`/api/visavis/v1/handshakes/${id}/receipt`)).text(), items[0].id);
  const file = path(program.data, 'receipt.json');
  writeFileSync(file, receipt);
  program.command(['handshake', 'verify', file]);
  writeFileSync(file, receipt.replace('arjun@', 'someone@'));
  assert.throws(() => program.command(['handshake', 'verify', file]));
});

test('a “no” on the tap signs nothing', async () => {
  const link = await shownCode(cate.page);
  await friend.page.goto('about:blank');
  await friend.page.goto(link);
  await friend.page.getByRole('button', { name: 'Shake hands' }).click();
  await cate.page.getByRole('heading', { name: /has read your code/ }).waitFor();
  await cate.page.getByRole('button', { name: 'No' }).click();
  await cate.page.getByRole('img', { name: 'A code for the other phone' }).waitFor();
  const { items } = await cate.page.evaluate(async () => (await fetch('/api/visavis/v1/handshakes')).json());
  assert.equal(items.length, 1);
});

test('a code that is changed anywhere is no code', async () => {
  const { url, code } = await shownOffer(cate.page);
  const changed = (text) => text.replace(/^./, (first) => (first === 'A' ? 'B' : 'A'));
  const parts = code.split('~');
  parts[5] = changed(parts[5]);
  await mustRefuse(friend.page, url.replace(/#.*/, `#${parts.join('~')}`), /./);
  await mustRefuse(friend.page, url.replace(/[^~]*$/, changed), /./);
});
