// subscriptions.test.mjs — a calendar and an address book on a real CalDAV and CardDAV server, kept current by command and on the page.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { findings, launch, person as visitor, sideways } from './lib/browser.mjs';
import { startProgram } from './lib/program.mjs';
import { password, startRadicale, there, user } from './lib/radicale.mjs';
import { catherine, keepCurrent, open, setUp } from './lib/steps.mjs';

const options = { skip: !there && 'Radicale is not installed' };
const env = { ...process.env, VISAVIS_OUTBOUND_ALLOW_PRIVATE: 'true', VISAVIS_LOG_LEVEL: 'warning' };
const noon = Date.parse('2026-11-20T12:00:00Z');
let radicale, data;
/** Runs a command at so many hours after noon; its answer's lines. */
function run(hours, args, input = '') {
  const now = new Date(noon + hours * 3_600_000).toISOString();
  const out = execFileSync(process.env.VISAVIS, ['--data', data, '--json', '--now', now, ...args], { env, input, encoding: 'utf8', stdio: ['pipe', 'pipe', 'pipe'] });
  return out.split('\n').filter(Boolean).map((line) => JSON.parse(line));
}
function fails(args, input = '') {
  const { status, stderr, stdout } = spawnSync(process.env.VISAVIS, ['--data', data, '--now', new Date(noon).toISOString(), ...args], { env, input, encoding: 'utf8' });
  assert.notEqual(status, 0);
  assert.ok(!(stderr + stdout).includes('biscuits'), 'no password in what is said');
  return stderr;
}
const account = ['--account', 'cate'];
const subscribe = (url, ...more) => run(0, ['subscribe', ...account, url, '--user', user, ...more], `${password}\n`);
const people = (hours) => run(hours, ['people', ...account]);
const person = (hours, name) => people(hours).find((each) => each.name === name);

function event(uid, day, name, email, more = '') {
  return ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Example//EN', 'BEGIN:VEVENT', `UID:${uid}`, `DTSTAMP:${day}T080000Z`, `DTSTART:${day}T170000Z`, `DTEND:${day}T180000Z`,
    'SUMMARY:Lunch', 'LOCATION:Fish & Chips <3\\, Toronto', `ATTENDEE;PARTSTAT=ACCEPTED;CN=${name}:mailto:${email}`, ...(more ? [more] : []), 'END:VEVENT', 'END:VCALENDAR', ''].join('\r\n');
}
const card = (uid, name, email) => ['BEGIN:VCARD', 'VERSION:3.0', `UID:${uid}`, `FN:${name}`, `N:${name.split(' ').reverse().join(';')};;;`, `EMAIL:${email}`, 'END:VCARD', ''].join('\r\n');

before(async () => {
  if (!there) return;
  radicale = await startRadicale();
  data = mkdtempSync(join(tmpdir(), 'visavis-e2e-'));
  run(0, ['account', 'add', 'cate', '--email', 'cate@example.org', '--name', 'Cate Example'], 'correct horse battery\n');
});
after(() => {
  radicale?.stop();
  if (data) rmSync(data, { recursive: true, force: true });
});

test('a calendar is read, and then only what changed', options, async () => {
  const url = await radicale.make('work', 'calendar');
  await radicale.put('work/1.ics', event('1', '20260305', 'Ann Lee', 'ann.lee@example.com'));
  await radicale.put('work/2.ics', event('2', '20260306', 'Ben Okafor', 'ben@example.com'));
  const [made] = subscribe(url, '--name', 'Work', '--every', '1');
  assert.equal(made.kind, 'caldav');
  assert.equal(made.error, null);
  assert.deepEqual(people(0).map((each) => each.name).sort(), ['Ann Lee', 'Ben Okafor']);

  assert.equal(run(0.5, ['subscriptions', 'check', ...account]).length, 0, 'not before its time');
  const [same] = run(1.5, ['subscriptions', 'check', ...account]);
  assert.equal(same.changed_at, made.changed_at);

  await radicale.put('work/2.ics', event('2', '20260306', 'Ben Okafor', 'ben@example.com', 'STATUS:CANCELLED'));
  await radicale.put('work/3.ics', event('3', '20260307', 'Chi Wen', 'chi@example.com'));
  const lines = run(3, ['subscriptions', 'check', ...account]);
  assert.notEqual(lines[0].changed_at, made.changed_at);
  const read = lines.find((line) => line.network === 'calendar');
  assert.equal(read.archive, 'Work.ics');
  assert.equal(person(3, 'Ann Lee').encounters, 1);
  assert.equal(person(3, 'Chi Wen').encounters, 1);
  assert.equal(person(3, 'Ben Okafor')?.encounters ?? 0, 0, 'the newest word counts');

  await radicale.remove('work/1.ics');
  const [after] = run(5, ['subscriptions', 'check', ...account]);
  assert.equal(after.error, null);
  assert.equal(person(5, 'Ann Lee').encounters, 1, 'what was there and is gone was');

  await radicale.put('work/4.ics', event('4', '20261201', 'Gia Holt', 'gia@example.com'));
  run(7, ['subscriptions', 'check', ...account]);
  assert.equal(person(7, 'Gia Holt').stage, 'planned');
  await radicale.remove('work/4.ics');
  run(9, ['subscriptions', 'check', ...account]);
  assert.notEqual(person(9, 'Gia Holt').stage, 'planned', 'what was to come and is gone does not take place');
});

test('an address book is read, and then only what changed', options, async () => {
  const url = await radicale.make('people', 'addressbook');
  await radicale.put('people/a.vcf', card('a', 'Dora Möller', 'dora@example.com'));
  const [made] = subscribe(url, '--name', 'Cards');
  assert.equal(made.kind, 'carddav');
  assert.ok(person(0, 'Dora Möller'));
  await radicale.put('people/a.vcf', card('a', 'Dora Möller-Sand', 'dora@example.com'));
  await radicale.put('people/b.vcf', card('b', 'Eli Roth', 'eli@example.com'));
  run(7, ['subscriptions', 'check', ...account]);
  assert.ok(person(7, 'Dora Möller-Sand'));
  assert.ok(person(7, 'Eli Roth'));
});

test('a wrong password and a wrong address are told, and nothing is kept of them', options, async () => {
  const url = await radicale.make('other', 'calendar');
  const before = run(8, ['subscriptions', 'list', ...account]).length;
  assert.match(fails(['subscribe', ...account, url, '--user', user], 'tea and biscuits\n'), /another name or password/);
  assert.match(fails(['subscribe', ...account, `${radicale.url}/${user}/nothing/`, '--user', user], `${password}\n`), /nothing at this address/);
  const list = run(8, ['subscriptions', 'list', ...account]);
  assert.equal(list.length, before);
  assert.ok(!JSON.stringify(list).includes('biscuits'));
  run(8, ['subscriptions', 'remove', ...account, list[0].id]);
  assert.equal(run(8, ['subscriptions', 'list', ...account]).length, before - 1);
});

// A network of its own, in which this machine has a public address too.
const ownNetwork = (...words) => spawnSync('unshare', ['--net', 'sh', '-c', 'ip link set lo up && ip addr add "$0"/32 dev lo && exec "$@"', ...words], { env: { ...env, VISAVIS_OUTBOUND_ALLOW_PRIVATE: 'false' }, encoding: 'utf8' });
const publicAddress = '192.0.32.8';
const canHaveOne = process.getuid() === 0 && ownNetwork(publicAddress, 'true').status === 0;

test('a calendar that sends on to this machine is not followed there', { skip: !canHaveOne && 'no network of its own' }, () => {
  const alone = mkdtempSync(join(tmpdir(), 'visavis-e2e-'));
  const command = (...words) => [process.env.VISAVIS, '--data', alone, '--now', new Date(noon).toISOString(), ...words];
  const script = new URL('lib/two_addresses.mjs', import.meta.url).pathname;
  const subscribed = (path) => {
    const ran = ownNetwork(publicAddress, process.execPath, script, publicAddress, event('1', '20260305', 'Ann Lee', 'ann.lee@example.com'), ...command('subscribe', ...account, `http://${publicAddress}/${path}`));
    return JSON.parse(ran.stdout);
  };
  try {
    const [program, ...words] = command('account', 'add', 'cate', '--email', 'cate@example.org', '--name', 'Cate Example');
    execFileSync(program, words, { input: 'correct horse battery\n' });
    const sentOn = subscribed('team.ics');
    assert.notEqual(sentOn.code, 0);
    assert.match(sentOn.said, /not on the public internet/);
    assert.ok(sentOn.asked.there > 0);
    assert.equal(sentOn.asked.here, 0);
    assert.equal(subscribed('own.ics').code, 0, 'the address itself may be asked');
  } finally {
    rmSync(alone, { recursive: true, force: true });
  }
});

test('on the page, a running server reads it at once and says how it went', options, async () => {
  const url = await radicale.make('club', 'calendar');
  await radicale.put('club/1.ics', event('c1', '20260309', 'Flo Ames', 'flo@example.com'));
  const program = await startProgram({ env: { VISAVIS_OUTBOUND_ALLOW_PRIVATE: 'true' } });
  const browser = await launch();
  try {
    const { page } = await visitor(browser);
    await setUp(page, program, catherine);
    await open(page, program, '/settings/sources');
    await keepCurrent(page, { url, name: 'Club', user, password });
    const row = page.getByRole('listitem').filter({ has: page.getByText('Club', { exact: true }) });
    await row.getByText(/^Calendar, read .+, last news .+, next /).waitFor({ timeout: 60_000 });
    await page.reload();
    await keepCurrent(page, { url: `${url}?again`, name: 'Wrong', user, password: 'tea and biscuits' });
    await page.getByText('The other server wants another name or password.').waitFor({ timeout: 60_000 });
    assert.deepEqual(await findings(page), []);
    assert.equal(await sideways(page), 0);
    const people = await page.evaluate(async () => (await (await fetch('/api/visavis/v1/people')).json()).items.map((each) => each.name));
    assert.deepEqual(people, ['Flo Ames']);
    await row.getByRole('button', { name: 'Remove' }).click();
    await row.waitFor({ state: 'detached' });
    assert.ok(!program.errors.join('').includes('biscuits'), 'no password in the log');
  } finally {
    await browser.close();
    await program.stop();
  }
});
