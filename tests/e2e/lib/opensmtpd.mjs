// opensmtpd.mjs — Debian's OpenSMTPD on a free loopback port: what the program sends goes out through it, and what people
// answer comes back through it into the mailbox. It has to be started as root, and keeps its spool in a mount of its own. Not in
// tools/packages.txt, as it would take the place of a machine's own mail server.
import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { answers, postman } from './post.mjs';
import { freePort } from './program.mjs';

export const there = existsSync('/usr/sbin/smtpd') && process.getuid() === 0 && spawnSync('unshare', ['--mount', 'true']).status === 0;
const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Mail to the program's domain, with whatever tag, is delivered into `mailbox`; mail to everybody else lies in a Maildir of its own, which mail() reads. */
const settings = (port, mailbox, world) => `
listen on 127.0.0.1 port ${port} hostname mail.visavis.test
table ours { "@visavis.test" = "nobody" }
table others { "@" = "nobody" }
action "mailbox" maildir "${mailbox}" virtual <ours>
action "world" maildir "${world}" virtual <others>
match from any for domain "visavis.test" action "mailbox"
match from any for any action "world"
`;

export async function startSmtpd(mailbox) {
  const folder = mkdtempSync(join(tmpdir(), 'visavis-smtpd-'));
  chmodSync(folder, 0o755);
  const world = join(folder, 'world');
  for (const path of [world, ...['new', 'cur', 'tmp'].map((part) => join(world, part))]) {
    mkdirSync(path);
    chmodSync(path, 0o777);
  }
  const port = await freePort();
  const file = join(folder, 'smtpd.conf');
  writeFileSync(file, settings(port, mailbox, world), { mode: 0o600 });
  const script = 'mount -t tmpfs tmpfs /var/spool && mkdir -m 711 /var/spool/smtpd && mount -t tmpfs tmpfs /run && exec /usr/sbin/smtpd -d -f "$0"';
  const server = spawn('unshare', ['--mount', 'sh', '-c', script, file], { stdio: ['ignore', 'ignore', 'pipe'] });
  const log = [];
  server.stderr.on('data', (text) => log.push(String(text)));
  for (let tries = 0; !(await answers(port)); tries += 1) {
    if (tries > 200 || server.exitCode !== null) throw new Error(`OpenSMTPD does not start: ${log.join('')}`);
    await pause(50);
  }
  return postman(port, world, () => {
    server.kill();
    rmSync(folder, { recursive: true, force: true });
  });
}
