// post.mjs — a real mail server for a test: what is sent lies in a Maildir, read with other people's parsers.
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './program.mjs';

const require = createRequire(new URL('../../../ui/package.json', import.meta.url));
const { default: PostalMime } = await import(require.resolve('postal-mime'));
export const { default: ICAL } = await import(require.resolve('ical.js'));

function answers(port) {
  return new Promise((resolve) => {
    const probe = connect(port, '127.0.0.1', () => {
      probe.destroy();
      resolve(true);
    });
    probe.once('error', () => resolve(false));
  });
}

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Debian's aiosmtpd on a free loopback port. `env` makes the program send through it. */
export async function startPost() {
  const folder = mkdtempSync(join(tmpdir(), 'visavis-post-'));
  const port = await freePort();
  const maildir = join(folder, 'mail');
  const server = spawn('/usr/bin/aiosmtpd', ['-n', '-l', `127.0.0.1:${port}`, '-c', 'aiosmtpd.handlers.Mailbox', maildir], { stdio: 'inherit' });
  for (let tries = 0; !(await answers(port)); tries += 1) {
    if (tries > 200 || server.exitCode !== null) throw new Error('the mail server does not start');
    await pause(50);
  }
  const read = () => Promise.all(readdirSync(join(maildir, 'new')).map((name) => PostalMime.parse(readFileSync(join(maildir, 'new', name)), { forceRfc822Attachments: true })));
  return {
    env: { VISAVIS_MAIL_URL: `smtp://127.0.0.1:${port}`, VISAVIS_MAIL_FROM: 'visavis@visavis.test', VISAVIS_MAIL_TLS: 'never' },
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
    stop() {
      server.kill();
      rmSync(folder, { recursive: true, force: true });
    },
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
