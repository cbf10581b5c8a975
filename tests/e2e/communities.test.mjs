// communities.test.mjs — a club of three: one organises and invites, one asks the club, one knows somebody; who asks learns of nothing
// but of the introduction that was said yes to. Then a member is put out, and the club is closed.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { desk, findings, launch, mustBeQuiet, person, phone, settled, sideways } from './lib/browser.mjs';
import { startProgram } from './lib/program.mjs';
import { addAccount, alexander, arjun, catherine, open, setUp, signIn } from './lib/steps.mjs';

const dora = { name: 'Dora Lindqvist', handle: 'dora', email: 'dora.lindqvist@mail.example.com', password: 'a boat and a blue window' };
const cook = 'Edgar Rasmussen';
const club = 'Harbour readers';

let program, browser, clubPath, askPath;
const all = {};
const main = (who) => all[who.handle].page.locator('#main');
const call = (who, method, path, body) =>
  all[who.handle].page.evaluate(
    async ([method, path, body]) => {
      const answer = await fetch(`/api/visavis/v1${path}`, { method, ...(body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }) });
      return answer.status === 204 ? null : answer.json();
    },
    [method, path, body],
  );

async function shots(page, name) {
  const folder = process.env.VISAVIS_SHOTS;
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  for (const [viewport, colorScheme] of [[phone, 'light'], [phone, 'dark'], [desk, 'light'], [desk, 'dark']]) {
    await page.setViewportSize(viewport);
    await page.emulateMedia({ colorScheme });
    await page.screenshot({ path: join(folder, `${name}-${viewport === phone ? 'phone' : 'desk'}-${colorScheme}.png`), fullPage: true });
  }
  await page.setViewportSize(phone);
  await page.emulateMedia({ colorScheme: 'light' });
}

async function sound(page, name) {
  assert.equal(await sideways(page), 0);
  assert.deepEqual(await findings(page), []);
  await shots(page, name);
}

before(async () => {
  program = await startProgram();
  browser = await launch();
  all.catherine = await person(browser, { viewport: phone });
  await setUp(all.catherine.page, program, catherine);
  for (const who of [arjun, alexander, dora]) {
    addAccount(program, who);
    all[who.handle] = await person(browser, { viewport: phone });
    await signIn(all[who.handle].page, program, who);
  }
  const { id } = await call(dora, 'POST', '/people', { name: cook, email: 'edgar@mail.example.com' });
  await call(dora, 'PATCH', `/people/${id}`, { title: 'Cook' });
});
after(async () => {
  for (const one of Object.values(all)) mustBeQuiet(one.complaints);
  await browser?.close();
  await program?.stop();
});

test('one makes a community and invites', async () => {
  const { page } = all.catherine;
  await open(page, program, '/asks');
  await page.getByRole('link', { name: 'Your communities' }).click();
  await page.getByRole('heading', { level: 1, name: 'Communities' }).waitFor();
  await page.getByLabel('Its name').fill('see https://evil.example');
  await page.getByRole('button', { name: 'Make it' }).click();
  await page.getByText('without a web address').waitFor();
  await sound(page, 'new');
  await page.getByLabel('Its name').fill(club);
  await page.getByRole('button', { name: 'Make it' }).click();
  await page.getByRole('heading', { level: 1, name: club }).waitFor();
  clubPath = new URL(page.url()).pathname;
  for (const { handle, name } of [arjun, alexander, dora]) {
    await page.getByLabel('Whom').fill(`@${handle}`);
    await page.getByRole('button', { name: 'Invite' }).click();
    await main(catherine).getByRole('listitem').filter({ hasText: name }).filter({ hasText: 'invited' }).waitFor();
  }
  await sound(page, 'organiser');
});

test('they join, or not', async () => {
  for (const who of [arjun, alexander, dora]) {
    const { page } = all[who.handle];
    await open(page, program, '/asks');
    await page.getByRole('link', { name: 'You are invited to a community' }).click();
    await page.getByRole('heading', { name: club }).waitFor();
    if (who === arjun) await sound(page, 'invited');
    await page.getByRole('button', { name: who === alexander ? `Not for me: ${club}` : `Join ${club}` }).click();
    await main(who).getByRole('heading', { name: 'You are invited' }).waitFor({ state: 'detached' });
  }
  await open(all.catherine.page, program, clubPath);
  await main(catherine).getByRole('heading', { name: '3 members' }).waitFor();
  await main(catherine).getByRole('listitem').filter({ hasText: alexander.name }).filter({ hasText: 'invited' }).waitFor();
  await open(all.dora.page, program, clubPath);
  await main(dora).getByRole('listitem').filter({ hasText: arjun.name }).waitFor();
  assert.equal(await main(dora).getByText(alexander.name).count(), 0, 'who is invited is not told to members');
  await sound(all.dora.page, 'member');
  await open(all.alexander.page, program, clubPath);
  assert.equal(await main(alexander).getByText(club).count(), 0);
});

test('one asks the community, and whoever knows somebody sees it for themselves', async () => {
  const { page } = all.arjun;
  await open(page, program, '/asks');
  await page.getByLabel('Whom do you need').fill('a cook for a wedding');
  await page.getByRole('button', { name: 'See who fits' }).click();
  await page.waitForURL(/\/asks\/\d+$/);
  await settled(page);
  askPath = new URL(page.url()).pathname;
  await page.getByRole('button', { name: 'Ask a community' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('2 other members').waitFor();
  await sound(page, 'choose');
  await dialog.getByRole('button', { name: 'Ask them' }).click();
  await main(arjun).getByRole('listitem').filter({ hasText: club }).waitFor();
  await sound(page, 'asked');
  const seen = JSON.stringify(await call(arjun, 'GET', askPath));
  for (const secret of [cook, dora.name, catherine.name]) assert.ok(!seen.includes(secret), `the asker has read “${secret}”`);
  const reader = all.dora.page;
  await open(reader, program, '/asks');
  await reader.getByRole('link', { name: 'See who fits' }).click();
  await reader.getByText(`through ${club}`).waitFor();
  await reader.getByRole('heading', { name: /^You know/ }).waitFor();
  await sound(reader, 'received');
  await open(all.catherine.page, program, '/asks');
  await main(catherine).getByRole('heading', { name: `${arjun.name} asks` }).waitFor();
  await main(catherine).getByRole('button', { name: 'Not this one' }).click();
  await main(catherine).getByRole('heading', { name: `${arjun.name} asks` }).waitFor({ state: 'detached' });
  assert.equal(JSON.stringify(await call(arjun, 'GET', askPath)), seen, 'a no leaves no trace');
});

test('a member is put out with what they asked, and in the end it is closed', async () => {
  const { page } = all.catherine;
  await open(page, program, clubPath);
  await page.getByRole('button', { name: `Remove ${arjun.name}` }).click();
  await main(catherine).getByRole('heading', { name: '2 members' }).waitFor();
  await open(all.dora.page, program, '/asks');
  assert.equal(await main(dora).getByText('asks').filter({ hasText: arjun.name }).count(), 0);
  assert.deepEqual((await call(dora, 'GET', '/asks/received')).items, []);
  await page.getByRole('button', { name: 'Close it for everybody' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('can’t be undone').waitFor();
  await sound(page, 'close');
  await dialog.getByRole('button', { name: 'Close it for everybody' }).click();
  await page.waitForURL(/\/communities$/);
  await settled(page);
  assert.equal(await main(catherine).getByText(club).count(), 0);
});
