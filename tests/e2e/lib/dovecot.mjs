// dovecot.mjs — Debian's Dovecot on a free loopback port, with one user: an IMAP server that we did not write, over a
// Maildir that a mail server delivers into. It runs with no more rights than the test has.
import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { freePort } from './program.mjs';

export const there = existsSync('/usr/sbin/dovecot') && existsSync('/usr/lib/dovecot/imap');
const user = 'visavis';
const password = 'tea & biscuits';
const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

function greets(port) {
  return new Promise((resolve) => {
    const probe = connect(port, '127.0.0.1');
    probe.once('data', (text) => (probe.destroy(), resolve(String(text).startsWith('* OK'))));
    probe.once('error', () => resolve(false));
  });
}

/** Settings that need no root: every service runs as whoever started it. As root Dovecot wants somebody else: nobody. */
function settings(folder, port) {
  const isRoot = process.getuid() === 0;
  const runner = isRoot ? 'nobody' : userInfo().username;
  return `
protocols = imap
listen = 127.0.0.1
base_dir = ${folder}/run
state_dir = ${folder}/state
log_path = ${folder}/log
ssl = no
disable_plaintext_auth = no
default_internal_user = ${runner}
${isRoot ? 'default_internal_group = nogroup' : ''}
default_login_user = ${runner}
first_valid_uid = 0
first_valid_gid = 0
mail_location = maildir:${folder}/mail
service anvil {
  chroot =
}
service stats {
  chroot =
}
service auth {
  user = ${runner}
}
service auth-worker {
  user = ${runner}
}
service imap-login {
  chroot =
  inet_listener imap {
    port = ${port}
  }
  inet_listener imaps {
    port = 0
  }
}
service imap {
  user = ${runner}
  ${isRoot ? 'group = nogroup' : ''}
}
passdb {
  driver = passwd-file
  args = ${folder}/users
}
userdb {
  driver = static
  args = uid=${isRoot ? 'nobody' : process.getuid()} gid=${isRoot ? 'nogroup' : process.getgid()} home=${folder}
}
`;
}

/** `maildir`: what lies there is served. `env` makes the program read it. */
export async function startDovecot() {
  const folder = mkdtempSync(join(tmpdir(), 'visavis-dovecot-'));
  const port = await freePort();
  for (const part of ['', 'run', 'state', 'mail', 'mail/new', 'mail/cur', 'mail/tmp']) {
    mkdirSync(join(folder, part), { recursive: true });
    chmodSync(join(folder, part), 0o777);
  }
  writeFileSync(join(folder, 'users'), `${user}:{PLAIN}${password}::::::\n`);
  writeFileSync(join(folder, 'dovecot.conf'), settings(folder, port));
  const server = spawn('/usr/sbin/dovecot', ['-F', '-c', join(folder, 'dovecot.conf')], { stdio: ['ignore', 'ignore', 'pipe'] });
  const errors = [];
  server.stderr.on('data', (text) => errors.push(String(text)));
  for (let tries = 0; !(await greets(port)); tries += 1) {
    if (tries > 200 || server.exitCode !== null) throw new Error(`Dovecot does not start: ${errors.join('')}`);
    await pause(50);
  }
  let delivered = 0;
  return {
    env: { VISAVIS_MAILBOX_URL: `imap://127.0.0.1:${port}`, VISAVIS_MAILBOX_USER: user, VISAVIS_MAILBOX_PASSWORD: password, VISAVIS_MAILBOX_TLS: 'never', VISAVIS_MAILBOX_EVERY_SECONDS: '1' },
    maildir: join(folder, 'mail'),
    /** Puts a mail there as a mail server would. */
    deliver(text) {
      delivered += 1;
      const path = join(folder, 'mail', 'new', `${Date.now()}.${process.pid}_${delivered}.test`);
      writeFileSync(path, text.replaceAll(/\r?\n/g, '\r\n'));
      chmodSync(path, 0o666);
    },
    stop() {
      server.kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
