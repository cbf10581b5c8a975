// program.mjs — the real program, started on a free loopback port with a data directory of its own.
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** The sample world's last moment: what it holds looks the same in any year. */
export const sampleNow = '2026-11-20T18:28:30Z';
const visavis = process.env.VISAVIS;

export function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

/** A certificate for `name` that nobody has signed. */
function selfSigned(folder, name) {
  const [cert, key] = [join(folder, 'cert.pem'), join(folder, 'key.pem')];
  const subject = ['-subj', `/CN=${name}`, '-addext', `subjectAltName=DNS:${name}`];
  execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2', '-keyout', key, '-out', cert, ...subject], { stdio: 'pipe' });
  return ['--tls-cert', cert, '--tls-key', key];
}

/** Starts the program; `host` other than 127.0.0.1 means HTTPS under that name. Ready when it says so. `data`: what an earlier one left. */
export async function startProgram({ host = '127.0.0.1', env = {}, now = sampleNow, data = mkdtempSync(join(tmpdir(), 'visavis-e2e-')) } = {}) {
  const port = await freePort();
  const secure = host !== '127.0.0.1';
  const url = `${secure ? 'https' : 'http'}://${host}:${port}`;
  const tls = secure ? selfSigned(data, host) : [];
  const args = ['--data', data, 'serve', '--listen', `127.0.0.1:${port}`, '--clock', now, ...tls];
  const child = spawn(visavis, args, { env: { ...process.env, VISAVIS_SERVER_BASE_URL: url, VISAVIS_LOG_LEVEL: 'warning', ...env } });
  const errors = [];
  createInterface(child.stderr).on('line', (line) => errors.push(line));
  const said = [];
  await new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the program ended with ${code}: ${errors.join('\n')}`)));
    createInterface(child.stdout).on('line', (line) => {
      said.push(line);
      if (line.includes('is ready')) resolve();
    });
  });
  const setUp = () => said.map((line) => /\S+\/setup\?token=\S+/.exec(line)?.[0]).find(Boolean);
  return {
    url,
    data,
    /** What it has logged so far. */
    log: () => errors.join('\n'),
    errors,
    /** The one-time link of the first account; printed right after the program is ready. */
    async setUpLink() {
      for (let tries = 0; tries < 100 && !setUp(); tries += 1) await new Promise((resolve) => setTimeout(resolve, 20));
      return setUp();
    },
    /** Runs a command of the program on the same data. */
    command: (args, input = '') => execFileSync(visavis, ['--data', data, ...args], { input, encoding: 'utf8', stdio: ['pipe', 'pipe', 'pipe'] }),
    async stop({ keep = false } = {}) {
      child.removeAllListeners('exit');
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await ended;
      if (!keep) rmSync(data, { recursive: true, force: true });
    },
  };
}
