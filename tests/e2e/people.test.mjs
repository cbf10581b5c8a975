// people.test.mjs — a world from its archives to its people: all dropped at once, watched, found by a misspelt name, looked at pair by pair, sorted, seen on a map, taken along, taken out.
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { desk, findings, launch, mustBeQuiet, person, phone, settled, sideways } from './lib/browser.mjs';
import { sampleNow, startProgram } from './lib/program.mjs';
import { catherine, dropFiles, open, setUp } from './lib/steps.mjs';

const samples = new URL('../../samples/', import.meta.url).pathname;
const pictures = new URL('../data/pictures/', import.meta.url).pathname;
const archives = readdirSync(samples).filter((name) => name.endsWith('.zip')).map((name) => samples + name);

let program, browser, cate;
before(async () => {
  program = await startProgram();
  browser = await launch(['--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--ignore-gpu-blocklist']);
  cate = await person(browser, { viewport: desk });
  await setUp(cate.page, program, catherine);
});
after(async () => {
  mustBeQuiet(cate.complaints);
  await browser?.close();
  await program?.stop();
});

/** People as the program tells them. */
const people = (...args) => program.command(['people', '--account', catherine.handle, '--json', '--now', sampleNow, ...args]).trim().split('\n').filter(Boolean).map((line) => JSON.parse(line));

test('all archives of a world are dropped at once, and watched as they are read', async () => {
  const { page } = cate;
  await open(page, program, '/import');
  await dropFiles(page, archives);
  await page.getByRole('heading', { name: 'Reading your archives' }).waitFor();
  const whole = page.locator('progress.whole');
  await whole.waitFor();
  const seen = new Set();
  while ((await whole.count()) > 0) seen.add(await whole.getAttribute('value', { timeout: 1_000 }).catch(() => null));
  assert.ok(seen.size > 2, `the bar stood at ${[...seen].join(', ')}`);
  await page.getByText('Everything is read.').waitFor();
  assert.equal(await page.locator('.arch > li').count(), archives.length);
  assert.equal(await page.getByRole('button', { name: 'Take it out again' }).count(), archives.length, 'each can be taken out');
  const found = (what) => page.locator('.sum div', { hasText: what }).locator('dd').textContent().then((text) => Number(text.replace(/\D/g, '')));
  assert.equal(await found('people found'), people().length, 'the command counts the same people');
  assert.ok((await found('times you met')) > 20);
  assert.deepEqual(await findings(page), []);
});

test('a person is found by a misspelt name', async () => {
  const { page } = cate;
  await open(page, program, '/people');
  await page.getByLabel('Search people').fill('Oldreshaw');
  await page.waitForURL(/query=Oldreshaw/);
  await page.locator('.person').getByRole('link', { name: /Oldershaw/ }).first().waitFor();
  assert.ok(people('--query', 'oldreshaw').some((one) => /Oldershaw/.test(one.name)), 'the command finds them as well');
});

test('"never met" typed into the search is a filter, and stands in the address', async () => {
  const { page } = cate;
  await open(page, program, '/people');
  await page.getByLabel('Search people').fill('never met');
  await page.getByLabel('Search people').press('Enter');
  await page.waitForURL(/seen=never/);
  const met = page.locator('.person .last', { hasText: 'Met ' });
  await met.first().waitFor({ state: 'detached' }); // the address changes before the list has come
  assert.equal(await met.count(), 0);
});

test('five pairs are looked at with the keyboard alone, and one answer is taken back', async () => {
  const { page } = cate;
  await open(page, program, '/people/review');
  const asked = await page.evaluate(async () => (await (await fetch('/api/visavis/v1/review?limit=100')).json()).items.length);
  assert.ok(asked >= 5, `${asked} pairs`);
  const card = page.locator('.reviewroom');
  const heading = () => card.locator('.of').textContent();
  await card.focus();
  for (const [at, key] of ['d', 'ArrowLeft', 's', 'd', 'd'].entries()) {
    const before = await heading();
    await page.keyboard.press(key);
    await page.waitForFunction((old) => document.querySelector('.reviewroom .of')?.textContent !== old, before);
    if (at < 4) assert.match(await heading(), new RegExp(`^${at + 2} of `));
  }
  const after = await heading();
  await page.keyboard.press('u');
  await page.waitForFunction((old) => document.querySelector('.reviewroom .of')?.textContent !== old, after);
  assert.match(await heading(), /^5 of /, 'the fifth pair is asked about again');
  assert.deepEqual(await findings(page), []);
});

test('several people are chosen, tagged at once, and the tag is undone', async () => {
  const { page } = cate;
  await open(page, program, '/people?stage=met');
  await page.getByRole('button', { name: 'Choose several' }).click();
  for (const at of [0, 1, 2]) await page.locator('.person input[type=checkbox]').nth(at).check();
  await page.getByLabel('Add a tag').fill('reading circle');
  await page.getByRole('button', { name: 'Change them' }).click();
  await page.getByText('3 people are changed.').waitFor();
  assert.equal(people('--query', 'reading circle').length, 3, 'tags can be searched for');
  assert.deepEqual(await findings(page), []);
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByText('It is as it was.').waitFor();
  assert.equal(people('--query', 'reading circle').length, 0);
});

test('a tag is taken off all who bear it', async () => {
  const { page } = cate;
  await open(page, program, '/people?stage=met');
  await page.getByRole('button', { name: 'Choose several' }).click();
  for (const at of [0, 1]) await page.locator('.person input[type=checkbox]').nth(at).check();
  assert.equal(await page.getByLabel('Take a tag off').count(), 0, 'nobody chosen bears one');
  await page.getByLabel('Add a tag').fill('sea swimmers');
  await page.getByRole('button', { name: 'Change them' }).click();
  await page.getByText('2 people are changed.').waitFor();
  await open(page, program, '/people?tag=sea+swimmers');
  await page.getByRole('button', { name: 'Choose several' }).click();
  await page.getByLabel('All that are shown').check();
  await page.getByLabel('Take a tag off').selectOption('sea swimmers');
  assert.deepEqual(await findings(page), []);
  await page.getByRole('button', { name: 'Change them' }).click();
  await page.getByText('2 people are changed.').waitFor();
  await page.getByText('Nobody fits this search.').waitFor();
  assert.equal(people('--query', 'sea swimmers').length, 0);
});

test('how many there are, and how many of them were met, stands above the list', async () => {
  const { page } = cate;
  await open(page, program, '/people?stage=planned');
  const [all, met] = /^(\d+) people\. You have met (\d+) of them\.$/.exec(await page.locator('.totals').textContent()).slice(1).map(Number);
  assert.equal(all, people().length);
  assert.ok(met > 0 && met < all, `${met} of ${all}`);
});

test('a search is kept as a list', async () => {
  const { page } = cate;
  await open(page, program, '/people?stage=met&city=Toronto');
  await page.getByRole('button', { name: 'Keep this search' }).click();
  await page.getByLabel('Name of the list').fill('Met in Toronto');
  await page.getByRole('dialog').getByRole('button', { name: 'Keep this search' }).click();
  await page.getByRole('link', { name: 'Met in Toronto' }).waitFor();
  await open(page, program, '/people');
  await page.getByRole('link', { name: 'Met in Toronto' }).click();
  await page.waitForURL(/stage=met/);
});

test('people are seen on a map and around oneself, with the same as a list', async () => {
  const { page } = cate;
  await open(page, program, '/people?view=map');
  await page.locator('.map canvas').waitFor();
  await page.locator('.mapmark').first().waitFor();
  const sum = (texts) => texts.reduce((total, text) => total + Number(/\d+/.exec(text)[0]), 0);
  const onMap = await page.locator('.mapmark').allTextContents();
  assert.ok(onMap.length >= 2, `${onMap.length} marks on the map`);
  assert.equal(sum(await page.locator('.citylist li .muted').allTextContents()), sum(onMap), 'the list holds the same people');
  assert.deepEqual(await findings(page), []);
  await page.getByRole('link', { name: 'Circles', exact: true }).click();
  await page.locator('.circles a').first().waitFor();
  const drawn = await page.locator('.circles a').count();
  await page.getByText('As a list').click();
  assert.equal(await page.locator('.namelist li').count(), drawn);
  assert.deepEqual(await findings(page), []);
});

test('a person’s page says why they are one, is sorted, and an edit is undone', async () => {
  const { page } = cate;
  const two = people().find((one) => one.identities.length > 1);
  await open(page, program, `/people/${two.id}`);
  await page.getByText('Why is this one person?').click();
  await page.locator('.whylink li').first().waitFor();
  await page.getByRole('button', { name: 'Change name, work, birthday' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name', { exact: true }).fill('Somebody Else');
  await dialog.getByLabel('Day').fill('29');
  await dialog.getByLabel('Month').selectOption('2');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('heading', { name: 'Somebody Else' }).waitFor();
  await page.getByText('29 February').waitFor();
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByRole('heading', { name: two.name, level: 1 }).waitFor();
  assert.deepEqual(await findings(page), []);
});

test('a photo is chosen, shown small everywhere, and undone', async () => {
  const { page } = cate;
  const one = people('--stage', 'met')[0];
  await open(page, program, `/people/${one.id}`);
  const head = page.locator('#main .portrait.large').first();
  assert.equal(await head.evaluate((element) => element.tagName), 'SPAN', 'initials without a photo');
  await page.getByRole('button', { name: 'Change name, work, birthday' }).click();
  const dialog = page.getByRole('dialog');
  const choose = (name) => dialog.locator('input[type=file]').setInputFiles(pictures + name);
  await choose('cut.jpg');
  await dialog.getByText('damaged').waitFor();
  await choose('face.jpg');
  await dialog.locator('img.portrait').waitFor();
  assert.deepEqual(await dialog.locator('img.portrait').evaluate((image) => image.decode().then(() => [image.naturalWidth, image.naturalHeight])), [256, 256]);
  assert.deepEqual(await findings(page), []);
  await page.keyboard.press('Escape');
  await open(page, program, `/people?query=${encodeURIComponent(one.name)}`);
  await page.locator('.person img.portrait').first().waitFor();
  await open(page, program, `/people/${one.id}`);
  await page.getByRole('button', { name: 'Change name, work, birthday' }).click();
  await dialog.getByRole('button', { name: 'Take the photo away' }).click();
  await dialog.locator('span.portrait').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.locator('#main img.portrait.large').waitFor();
});

test('who accepted and did not come is said in one tap, and taken back', async () => {
  const { page } = cate;
  const told = program.command(['encounters', '--account', catherine.handle, '--json', '--now', sampleNow]).trim().split('\n').map((line) => JSON.parse(line));
  const two = told.find((each) => each.people.length === 2);
  const [first] = two.people;
  await open(page, program, `/encounters/${two.id}`);
  assert.deepEqual(await findings(page), []);
  await page.getByRole('button', { name: `${first.name} didn’t come` }).click();
  await page.getByText(`${first.name} counts as not having been there.`).waitFor();
  await page.getByRole('button', { name: `${first.name} didn’t come` }).waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByRole('button', { name: `${first.name} didn’t come` }).waitFor();
  await page.getByRole('button', { name: 'I wasn’t there' }).click();
  await page.getByText('This counts no more').waitFor();
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByRole('button', { name: 'I wasn’t there' }).waitFor();
});

test('everybody is put in the order of whom to see first', async () => {
  const { page } = cate;
  await open(page, program, '/people');
  await page.locator('#ord', { hasText: 'Whom to see first' }).waitFor();
  const names = await page.locator('.person a').allTextContents();
  await open(page, program, '/people?order=name');
  await page.locator('#ord', { hasText: 'By name' }).waitFor();
  const byName = await page.locator('.person a').allTextContents();
  assert.ok(names.length === byName.length && names.join() !== byName.join());
});

test('everybody can be taken along, and comes back as the same people', async () => {
  const before = people().map((one) => one.name).sort();
  for (const format of ['vcard', 'csv']) {
    const file = `${program.data}/people.${format === 'csv' ? 'csv' : 'vcf'}`;
    program.command(['export', '--account', catherine.handle, '--format', format, '--out', file]);
    program.command(['account', 'add', `empty_${format}`, '--email', `${format}@mail.example.com`, '--now', sampleNow], 'seven quiet lanterns');
    program.command(['import', '--account', `empty_${format}`, file, '--now', sampleNow]);
    const back = program.command(['people', '--account', `empty_${format}`, '--json', '--now', sampleNow]).trim().split('\n').map((line) => JSON.parse(line).name).sort();
    assert.deepEqual(back, before, format);
  }
});

test('a whole import is taken out again: what only it said goes, the rest stays', async () => {
  const { page } = cate;
  const known = (network) => people().filter((one) => one.identities.some((identity) => identity.network === network));
  const before = people();
  assert.ok(known('linkedin').length > 50);
  await open(page, program, '/import');
  const archive = page.locator('.arch > li', { hasText: 'Complete_LinkedIn' });
  await archive.getByRole('button', { name: 'Take it out again' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('What other archives say too stays').waitFor();
  assert.deepEqual(await findings(page), []);
  await dialog.getByRole('button', { name: 'Take it out' }).click();
  await archive.waitFor({ state: 'detached', timeout: 60_000 });
  assert.equal(known('linkedin').length, 0);
  const left = new Set(people().map((one) => one.name));
  const both = before.filter((one) => new Set(one.identities.map((identity) => identity.network)).size > 1 && one.identities.some((identity) => identity.network === 'linkedin'));
  assert.ok(both.length > 10 && both.filter((one) => left.has(one.name)).length > both.length / 2, 'who is in other archives too stays');
  assert.ok(known('facebook').length > 10);
});

test('on a phone, in the dark, nothing scrolls sideways and nobody is kept out', async () => {
  const { page, context, complaints } = await person(browser, { viewport: phone, colorScheme: 'dark', storageState: await cate.context.storageState() });
  const wrong = [];
  const met = people('--stage', 'met')[0];
  for (const path of ['/people?view=map', '/people?view=circles', '/people?seen=year', `/people/${met.id}`]) {
    await open(page, program, path);
    wrong.push(...(await findings(page)));
    if ((await sideways(page)) > 0) wrong.push(`${path} scrolls sideways`);
  }
  await context.close();
  assert.deepEqual(wrong, []);
  mustBeQuiet(complaints);
});
