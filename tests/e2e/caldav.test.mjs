// caldav.test.mjs — the owner's meetings in a CalDAV program that we did not write: Debian's python3-caldav. And the other
// way round: what a calendar on a real CalDAV server and a pace leave of the weeks.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { after, before, test } from 'node:test';
import { send } from './lib/api.mjs';
import { desk, launch, mustBeQuiet, person } from './lib/browser.mjs';
import { startProgram } from './lib/program.mjs';
import { password, startRadicale, there, user } from './lib/radicale.mjs';
import { catherine, open, setUp } from './lib/steps.mjs';

const hasClient = spawnSync('/usr/bin/python3', ['-c', 'import caldav']).status === 0;
let program, radicale, browser, cate;
before(async () => {
  if (there) radicale = await startRadicale();
  program = await startProgram({ env: { VISAVIS_OUTBOUND_ALLOW_PRIVATE: 'true' } });
  browser = await launch();
  cate = await person(browser, { viewport: desk });
  await setUp(cate.page, program, catherine);
  const { id } = await send(cate.page, 'POST', '/people', { name: 'Wei Zhou' });
  for (const day of ['24', '26']) await lunchOn(cate.page, id, day);
});
after(async () => {
  mustBeQuiet(cate.complaints);
  await browser?.close();
  await program?.stop();
  radicale?.stop();
});

const ask = `
import caldav, datetime, json, sys
client = caldav.DAVClient(url=sys.argv[1])
calendars = client.principal().calendars()
mine = calendars[0]
day = lambda n: datetime.datetime(2026, 11, n, tzinfo=datetime.timezone.utc)
names = lambda events: sorted(str(event.vobject_instance.vevent.summary.value) for event in events)
try:
    mine.save_event("BEGIN:VCALENDAR\\r\\nVERSION:2.0\\r\\nPRODID:x\\r\\nBEGIN:VEVENT\\r\\nUID:n\\r\\nDTSTAMP:20261120T000000Z\\r\\nDTSTART:20261124T000000Z\\r\\nSUMMARY:New\\r\\nEND:VEVENT\\r\\nEND:VCALENDAR\\r\\n")
    wrote = True
except Exception:
    wrote = False
print(json.dumps({"calendars": len(calendars), "all": names(mine.events()), "one": names(mine.date_search(start=day(24), end=day(25), expand=False)),
                  "start": mine.events()[0].vobject_instance.vevent.dtstart.value.astimezone(datetime.timezone.utc).isoformat(), "wrote": wrote}))
`;

async function lunchOn(page, person, day) {
  const made = await send(page, 'POST', '/meetings', { person, kind: 'lunch', zone: 'America/Toronto', slots: [{ start: `2026-11-${day}T17:00:00Z`, end: `2026-11-${day}T18:00:00Z` }], places: [{ name: 'Silver Lantern' }] });
  const guest = await fetch(made.invitation_link, { method: 'POST', redirect: 'manual', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: 's1=yes&place=1&reply=accept' });
  assert.equal(guest.status, 303);
}

test('another program finds the calendar from its address, reads it, and can’t write', { skip: !hasClient && 'python3-caldav is not installed' }, async () => {
  const { page } = cate;
  await open(page, program, '/settings/calendar');
  await page.getByRole('button', { name: /Make a private address.*calendar/ }).first().click();
  const url = await page.getByRole('textbox', { name: 'The same for CalDAV' }).inputValue();
  const seen = JSON.parse(execFileSync('/usr/bin/python3', ['-c', ask, url], { encoding: 'utf8' }));
  assert.deepEqual(seen, { calendars: 1, all: ['Lunch with Wei Zhou', 'Lunch with Wei Zhou'], one: ['Lunch with Wei Zhou'], start: '2026-11-24T17:00:00+00:00', wrote: false });
});

const busy = (uid, start, end) => ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Example//EN', 'BEGIN:VEVENT', `UID:${uid}`, 'DTSTAMP:20261119T080000Z', `DTSTART:${start}`, `DTEND:${end}`, 'SUMMARY:Away', 'END:VEVENT', 'END:VCALENDAR', ''].join('\r\n');
const freeDays = async (page) => {
  const { slots } = await send(page, 'GET', '/free-time?from=2026-11-23&to=2026-12-06&limit=50&minutes=60');
  return [...new Set(slots.map((slot) => new Date(slot.start).toLocaleDateString('sv', { timeZone: 'America/Toronto' })))].sort();
};

test('a calendar is connected on the page, the pace is set, and the free time is what both leave', { skip: !there && 'Radicale is not installed', timeout: 120_000 }, async () => {
  const { page } = cate;
  assert.ok((await freeDays(page)).includes('2026-11-25'));
  const url = await radicale.make('work', 'calendar');
  await radicale.put('work/1.ics', busy('1', '20261125T050000Z', '20261126T050000Z')); // the whole of the 25th in Toronto
  await open(page, program, '/settings/sources');
  await page.getByLabel('Address').fill(url);
  await page.getByText('It asks for a name and a password').click();
  await page.getByLabel('Name', { exact: true }).fill(user);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Keep it current' }).click();
  for (let tries = 0; (await freeDays(page)).includes('2026-11-25'); tries += 1) {
    assert.ok(tries < 100, 'the calendar was not read in time');
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  // Two meetings stand in the first week: with two a week it is full, and the second week is not.
  await open(page, program, '/settings/habits');
  await page.getByLabel('Meetings a week, at most').fill('2');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByText('Saved.').waitFor();
  const left = await freeDays(page);
  assert.ok(left.length > 0 && left.every((day) => day >= '2026-11-30'), left.join(' '));
  await open(page, program, '/meetings/new');
  const good = page.getByRole('group', { name: /Good times for you/ });
  await good.waitFor();
  assert.doesNotMatch(await good.textContent(), /2[3-9] November/);
});
