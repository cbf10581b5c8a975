// radicale.mjs — Debian's Radicale on a free loopback port, with one user: a CalDAV and CardDAV server that we did not write.
import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './program.mjs';

export const there = existsSync('/usr/bin/radicale');
export const user = 'ann';
export const password = 'tea & biscuits';

const about = {
  calendar: ['C:calendar', 'urn:ietf:params:xml:ns:caldav'],
  addressbook: ['C:addressbook', 'urn:ietf:params:xml:ns:carddav'],
};

export async function startRadicale() {
  const folder = mkdtempSync(join(tmpdir(), 'visavis-radicale-'));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  writeFileSync(join(folder, 'users'), `${user}:${password}\n`);
  writeFileSync(join(folder, 'config'), [
    `[server]\nhosts = 127.0.0.1:${port}`,
    `[auth]\ntype = htpasswd\nhtpasswd_filename = ${join(folder, 'users')}\nhtpasswd_encryption = plain\ndelay = 0`,
    `[storage]\nfilesystem_folder = ${join(folder, 'collections')}`,
    '[rights]\ntype = owner_only',
  ].join('\n') + '\n');
  chmodSync(folder, 0o777);
  const args = ['--config', join(folder, 'config')];
  // As root it would run as root: it gets nobody's rights instead.
  const asNobody = ['--reuid=nobody', '--regid=nogroup', '--clear-groups', '/usr/bin/radicale'];
  const server = process.getuid() === 0 ? spawn('setpriv', [...asNobody, ...args]) : spawn('/usr/bin/radicale', args);
  const errors = [];
  server.stderr.on('data', (text) => errors.push(String(text)));
  const authorization = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
  async function send(method, path, body, type) {
    const answer = await fetch(url + path, { method, body, headers: { authorization, ...(type && { 'content-type': type }) } });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return answer;
  }
  for (let tries = 0; ; tries += 1) {
    if (await fetch(url).catch(() => null)) break;
    if (tries > 200 || server.exitCode !== null) throw new Error(`Radicale does not start: ${errors.join('')}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return {
    url,
    /** A new collection; returns its address. */
    async make(name, kind) {
      const [tag, space] = about[kind];
      const body = `<?xml version="1.0"?><mkcol xmlns="DAV:" xmlns:C="${space}"><set><prop><resourcetype><collection/><${tag}/></resourcetype></prop></set></mkcol>`;
      await send('MKCOL', `/${user}/${name}/`, body, 'application/xml');
      return `${url}/${user}/${name}/`;
    },
    put: (path, text) => send('PUT', `/${user}/${path}`, text, path.endsWith('.vcf') ? 'text/vcard' : 'text/calendar'),
    remove: (path) => send('DELETE', `/${user}/${path}`),
    stop() {
      server.kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
