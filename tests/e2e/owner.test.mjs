// owner.test.mjs — an archive that doesn't say whose it is: asked in one card, answered, taken back, answered otherwise.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { desk, findings, launch, mustBeQuiet, person, phone, sideways } from './lib/browser.mjs';
import { startProgram } from './lib/program.mjs';
import { catherine, dropFiles, open, setUp } from './lib/steps.mjs';

const member = (key, name, more = {}) => ({ contributorName: key, fullName: name, email: `${key}@mail.example.com`, level: 'member', state: 'active', createdDate: '2009-05-04T14:11:35.000Z', ...more });
// Neither has Catherine's name nor her address; Bob made the network.
const members = [
  member('bob', 'Bob Ray', { level: 'owner' }),
  member('cee', 'Cee Hollings', { comments: [{ id: '1', contributorName: 'bob', createdDate: '2009-06-01T10:00:00.000Z', description: 'hello' }] }),
];

let program, browser, cate, folder, file;
before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'visavis-owner-'));
  file = join(folder, 'ning-members.json');
  writeFileSync(file, `(${JSON.stringify(members)})`);
  program = await startProgram();
  browser = await launch();
  cate = await person(browser, { viewport: desk });
  await setUp(cate.page, program, catherine);
});
after(async () => {
  mustBeQuiet(cate.complaints);
  await browser?.close();
  await program?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const people = () => program.command(['people', '--account', catherine.handle, '--json']).trim().split('\n').filter(Boolean).map((line) => JSON.parse(line).name).sort();

test('the page asks which of them is her, with what speaks for it', async () => {
  const { page } = cate;
  await open(page, program, '/import');
  await dropFiles(page, [file]);
  await page.getByText('One archive doesn’t say which person in it is you.').waitFor();
  const card = page.getByRole('form', { name: 'Is this you on Ning?' });
  await card.getByText('Made the network').waitFor();
  await card.getByText('Until you say, it is read as Bob Ray’s.').waitFor();
  assert.ok(await card.getByRole('button', { name: 'That’s it' }).isDisabled(), 'nothing is chosen for her');
  assert.deepEqual(await findings(page), []);
  assert.deepEqual(people(), ['Cee Hollings']);
});

test('her answer is what the archive is read again by', async () => {
  const { page } = cate;
  await page.getByLabel('No, somebody else').check();
  await page.getByRole('button', { name: 'That’s it' }).click();
  await page.getByText('On Ning you said you are not Bob Ray.').waitFor({ timeout: 60_000 });
  assert.deepEqual(people(), ['Bob Ray', 'Cee Hollings']);
});

test('and is taken back', async () => {
  const { page } = cate;
  await page.getByRole('button', { name: 'Take it back' }).click();
  await page.getByRole('form', { name: 'Is this you on Ning?' }).waitFor({ timeout: 60_000 });
  assert.deepEqual(people(), ['Cee Hollings']);
  await page.getByLabel('Bob Ray').check();
  await page.getByRole('button', { name: 'That’s it' }).click();
  await page.getByText('On Ning you are Bob Ray.').waitFor({ timeout: 60_000 });
});

test('the command line asks and answers the same', async () => {
  const said = program.command(['import', 'list', '--account', catherine.handle, '--json']).trim().split('\n').map((line) => JSON.parse(line));
  const taken = program.command(['import', 'owner', '--account', catherine.handle, said[0].id, '--take-back']);
  assert.match(taken, /who are you .*ning-members\.json.* ning/);
  assert.match(taken, /KEY bob .*Bob Ray: made the network; read as you/);
});

test('on a phone, in the dark, the card is whole', async () => {
  const { page, context, complaints } = await person(browser, { viewport: phone, colorScheme: 'dark', storageState: await cate.context.storageState() });
  await open(page, program, '/import');
  await page.getByRole('form', { name: 'Is this you on Ning?' }).waitFor();
  assert.deepEqual(await findings(page), []);
  assert.equal(await sideways(page), 0);
  await context.close();
  mustBeQuiet(complaints);
});
