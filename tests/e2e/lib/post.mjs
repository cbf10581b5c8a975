// post.mjs — a real mail server for a test: what is sent lies in a Maildir, read with other people's parsers.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './program.mjs';

const require = createRequire(new URL('../../../ui/package.json', import.meta.url));
const { default: PostalMime } = await import(require.resolve('postal-mime'));
export const { default: ICAL } = await import(require.resolve('ical.js'));

export function answers(port) {
  return new Promise((resolve) => {
    const probe = connect(port, '127.0.0.1', () => {
      probe.destroy();
      resolve(true);
    });
    probe.once('error', () => resolve(false));
  });
}

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/**
 * Debian's aiosmtpd on a free loopback port. `env` makes the program send through it. With `into`, a Maildir of somebody
 * else's, what comes is delivered there, by nobody when the test runs as root.
 */
export async function startPost(into = null) {
  const folder = mkdtempSync(join(tmpdir(), 'visavis-post-'));
  const port = await freePort();
  const maildir = into ?? join(folder, 'mail');
  const args = ['-n', '-l', `127.0.0.1:${port}`, '-c', 'aiosmtpd.handlers.Mailbox', maildir];
  const asNobody = ['--reuid=nobody', '--regid=nogroup', '--clear-groups', '/usr/bin/aiosmtpd'];
  const server = into && process.getuid() === 0 ? spawn('setpriv', [...asNobody, ...args], { stdio: 'inherit' }) : spawn('/usr/bin/aiosmtpd', args, { stdio: 'inherit' });
  for (let tries = 0; !(await answers(port)); tries += 1) {
    if (tries > 200 || server.exitCode !== null) throw new Error('the mail server does not start');
    await pause(50);
  }
  return postman(port, maildir, () => {
    server.kill();
    rmSync(folder, { recursive: true, force: true });
  });
}

/** A mail server on that port, and what it has put into that Maildir. */
export function postman(port, maildir, stop) {
  const read = () => Promise.all(readdirSync(join(maildir, 'new')).map((name) => PostalMime.parse(readFileSync(join(maildir, 'new', name)), { forceRfc822Attachments: true })));
  return {
    env: { VISAVIS_MAIL_URL: `smtp://127.0.0.1:${port}`, VISAVIS_MAIL_FROM: 'visavis@visavis.test', VISAVIS_MAIL_TLS: 'never' },
    /** Sends a mail through it, as somebody's mail program does. */
    send(from, to, text) {
      const script = 'import smtplib, sys; server = smtplib.SMTP("127.0.0.1", int(sys.argv[1])); server.sendmail(sys.argv[2], [sys.argv[3]], sys.stdin.buffer.read()); server.quit()';
      const sent = spawnSync('python3', ['-c', script, String(port), from, to], { input: text.replaceAll(/\r?\n/g, '\r\n') });
      if (sent.status !== 0) throw new Error(`the mail was not taken: ${sent.stderr}`);
    },
    /** The one mail to `address` that `wanted` picks, as soon as it is there. */
    async mail(address, wanted = () => true) {
      for (let tries = 0; tries < 200; tries += 1) {
        const found = (await read()).filter((mail) => mail.to?.some((to) => to.address === address) && wanted(mail));
        if (found.length > 0) return found[0];
        await pause(100);
      }
      throw new Error(`no such mail to ${address}`);
    },
    /** How many mails `address` has got so far. */
    count: async (address) => (await read()).filter((mail) => mail.to?.some((to) => to.address === address)).length,
    stop,
  };
}

/** The calendar that a mail carries, as ical.js reads it: its method and its events. */
export function calendarIn(mail) {
  const part = mail.attachments.find((each) => each.mimeType === 'text/calendar');
  return readCalendar(typeof part.content === 'string' ? part.content : new TextDecoder().decode(part.content));
}

export function readCalendar(text) {
  const calendar = new ICAL.Component(ICAL.parse(text));
  const events = calendar.getAllSubcomponents('vevent').map((event) => new ICAL.Event(event));
  return { method: calendar.getFirstPropertyValue('method'), events };
}

/** What a calendar program sends back to a request by mail: `answer` is ACCEPTED, DECLINED or TENTATIVE; with `at`, [start, end] as in iCalendar, a COUNTER. */
export function replyTo(mail, answer, { from = mail.to[0].address, at = null, method = at ? 'COUNTER' : 'REPLY' } = {}) {
  const [event] = calendarIn(mail).events;
  const organiser = event.component.getFirstPropertyValue('organizer');
  const to = organiser.replace(/^mailto:/i, '');
  const times = at ? [`DTSTART:${at[0]}`, `DTEND:${at[1]}`] : [];
  const lines = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//A calendar//EN', `METHOD:${method}`, 'BEGIN:VEVENT', `UID:${event.uid}`, `SEQUENCE:${event.sequence}`, 'DTSTAMP:20261120T190000Z', `ORGANIZER:${organiser}`, `ATTENDEE;PARTSTAT=${answer}:mailto:${from}`, ...times, 'END:VEVENT', 'END:VCALENDAR', ''];
  const text = [`From: <${from}>`, `To: <${to}>`, `Subject: ${answer}`, 'MIME-Version: 1.0', `Content-Type: text/calendar; charset=utf-8; method=${method}`, '', ...lines].join('\n');
  return { from, to, text };
}
