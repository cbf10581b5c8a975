// push.test.mjs — from Settings to a notification: a push service of the test's own takes what the real server
// seals, another implementation opens it, and Chromium's service worker shows it.
import assert from 'node:assert/strict';
import { createDecipheriv, createECDH, createPublicKey, hkdfSync, randomBytes, verify } from 'node:crypto';
import { createServer } from 'node:http';
import { after, before, test } from 'node:test';
import { send } from './lib/api.mjs';
import { desk, findings, launch, mustBeQuiet, person, phone, sideways } from './lib/browser.mjs';
import { startProgram } from './lib/program.mjs';
import { addAccount, alexander, catherine, open, setUp, signIn } from './lib/steps.mjs';

const friday = '2026-11-20T17:30:00Z';
let program, browser, alex, cate, service, meeting;

/** A push service: it keeps what it is sent, and answers as it is told. */
async function startService() {
  const got = [];
  const made = { got, status: 201 };
  const server = createServer((request, response) => {
    const parts = [];
    request.on('data', (part) => parts.push(part));
    request.on('end', () => {
      got.push({ path: request.url, headers: request.headers, body: Buffer.concat(parts) });
      response.writeHead(made.status).end();
    });
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${server.address().port}`;
  const next = async (count) => {
    for (let i = 0; i < 300 && got.length < count; ++i) await new Promise((resolve) => setTimeout(resolve, 50));
    assert.ok(got.length >= count, `message ${count} came`);
    return got[count - 1];
  };
  return Object.assign(made, { url, next, stop: () => server.close() });
}

/** A browser's keys, and RFC 8291 read from its text with Node's cryptography. */
function makeKeys() {
  const ecdh = createECDH('prime256v1');
  const key = ecdh.generateKeys();
  const auth = randomBytes(16);
  const opened = (body) => {
    const salt = body.subarray(0, 16);
    const size = body.readUInt32BE(16);
    const sender = body.subarray(21, 21 + body[20]);
    const sealed = body.subarray(21 + body[20]);
    assert.ok(sealed.length <= size, 'one record');
    const info = Buffer.concat([Buffer.from('WebPush: info\0'), key, sender]);
    const secret = Buffer.from(hkdfSync('sha256', ecdh.computeSecret(sender), auth, info, 32));
    const part = (what, length) => Buffer.from(hkdfSync('sha256', secret, salt, `Content-Encoding: ${what}\0`, length));
    const cipher = createDecipheriv('aes-128-gcm', part('aes128gcm', 16), part('nonce', 12));
    cipher.setAuthTag(sealed.subarray(-16));
    const text = Buffer.concat([cipher.update(sealed.subarray(0, -16)), cipher.final()]).toString();
    const end = text.replace(/\0+$/, '');
    assert.equal(end.at(-1), '\x02', 'the last record');
    return end.slice(0, -1);
  };
  return { p256dh: key.toString('base64url'), auth: auth.toString('base64url'), opened };
}

/** Whether the header was signed by the key that it names, for this service. */
function checkProof(header, url, serverKey) {
  const [, token, key] = /^vapid t=([\w.-]+), k=([\w-]+)$/.exec(header);
  assert.equal(key, serverKey);
  const [head, claims, signature] = token.split('.');
  const point = Buffer.from(key, 'base64url');
  const jwk = { kty: 'EC', crv: 'P-256', x: point.subarray(1, 33).toString('base64url'), y: point.subarray(33).toString('base64url') };
  const publicKey = createPublicKey({ key: jwk, format: 'jwk' });
  assert.ok(verify('sha256', Buffer.from(`${head}.${claims}`), { key: publicKey, dsaEncoding: 'ieee-p1363' }, Buffer.from(signature, 'base64url')));
  const said = JSON.parse(Buffer.from(claims, 'base64url'));
  assert.equal(said.aud, url);
  assert.ok(said.exp > Date.parse(friday) / 1000 && said.exp <= Date.parse(friday) / 1000 + 86400 + 600);
}

// Chromium's own push service is out of reach here: the page finds a subscription whose service is the test's.
const keys = makeKeys();
const subscribeThere = (page) =>
  page.addInitScript(
    ({ endpoint, keys }) => {
      const made = { endpoint, toJSON: () => ({ endpoint, keys }), unsubscribe: async () => (localStorage.removeItem('test.push'), true) };
      PushManager.prototype.getSubscription = async () => (localStorage.getItem('test.push') ? made : null);
      PushManager.prototype.subscribe = async ({ userVisibleOnly, applicationServerKey }) => {
        if (!userVisibleOnly) throw new Error('silent pushes are not allowed');
        localStorage.setItem('test.push', applicationServerKey);
        return made;
      };
    },
    { endpoint: `${service.url}/for/alex`, keys: { p256dh: keys.p256dh, auth: keys.auth } },
  );

before(async () => {
  service = await startService();
  program = await startProgram({ now: friday, env: { VISAVIS_OUTBOUND_ALLOW_PRIVATE: 'true' } });
  browser = await launch();
  cate = await person(browser);
  await setUp(cate.page, program, catherine);
  addAccount(program, alexander);
  alex = await person(browser, { viewport: phone });
  await alex.context.grantPermissions(['notifications'], { origin: program.url });
  await subscribeThere(alex.page);
  await signIn(alex.page, program, alexander);
});
after(async () => {
  mustBeQuiet([...alex.complaints, ...cate.complaints]);
  await browser?.close();
  await program?.stop();
  service?.stop();
});

const part = (page) => page.getByRole('region', { name: 'On your devices' });

/** Hands it to the page's service worker as Chromium's push service would, and reads what is shown. */
async function deliver(page, text) {
  const session = await page.context().newCDPSession(page);
  const registered = new Promise((resolve) =>
    session.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => registrations.length > 0 && resolve(registrations[0].registrationId)),
  );
  await session.send('ServiceWorker.enable');
  await session.send('ServiceWorker.deliverPushMessage', { origin: program.url, registrationId: await registered, data: text });
  return page.evaluate(async (tag) => {
    const registration = await navigator.serviceWorker.ready;
    for (let i = 0; i < 400; ++i) {
      const shown = await registration.getNotifications({ tag });
      if (shown.length > 0) return shown.map(({ title, body, tag, data }) => ({ title, body, tag, data }));
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    return [];
  }, JSON.parse(text).tag);
}

test('a device is told from Settings on, and what it is told names nobody', async () => {
  const { page } = alex;
  await open(page, program, '/settings/reminders');
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
  await part(page).getByRole('button', { name: 'Tell me on this device' }).click();
  await part(page).getByText('(this one)').waitFor();
  await part(page).getByRole('button', { name: /Send one to try/ }).click();
  await part(page).getByText('Sent. It should be there in a moment.').waitFor();
  const message = await service.next(1);
  assert.equal(message.path, '/for/alex');
  assert.equal(message.headers['content-encoding'], 'aes128gcm');
  assert.ok(message.body.length <= 4096);
  const { key } = await send(page, 'GET', '/push/key');
  assert.equal(await page.evaluate(() => localStorage.getItem('test.push')), key);
  checkProof(message.headers.authorization, service.url, key);
  const text = keys.opened(message.body);
  assert.deepEqual(JSON.parse(text), { title: 'Visavis', body: 'It works: this is how you will be told.', path: '/settings/reminders', tag: 'try', lang: 'en' });
  const [shown] = await deliver(page, text);
  assert.deepEqual(shown, { title: 'Visavis', body: 'It works: this is how you will be told.', tag: 'try', data: { path: '/settings/reminders' } });
});

test('an invitation is told at once, in as many words as may be shown, and a tap leads to it', async () => {
  const { page } = alex;
  await part(page).getByLabel('Show names and reasons').check();
  await page.waitForFunction(async () => (await (await fetch('/api/visavis/v1/push/devices')).json()).items[0].shows === 'words');
  const slots = [{ start: '2026-12-03T23:00:00Z', end: '2026-12-04T01:00:00Z' }];
  meeting = await send(cate.page, 'POST', '/meetings', { account: 'alexander', kind: 'dinner', slots, places: [{ name: 'Silver Lantern' }], zone: 'America/Toronto', purpose: 'To begin where we stopped', message: '' });
  const text = keys.opened((await service.next(2)).body);
  const told = JSON.parse(text);
  assert.match(told.body, /Catherine/);
  assert.equal(told.path, `/meetings/${meeting.id}`);
  const [shown] = await deliver(page, text);
  assert.deepEqual([shown.title, shown.body], ['Visavis', told.body]);
  const worker = alex.context.serviceWorkers().find((each) => each.url().endsWith('/sw.js'));
  await worker.evaluate(async (tag) => {
    const [notification] = await self.registration.getNotifications({ tag });
    self.dispatchEvent(new NotificationEvent('notificationclick', { notification }));
  }, told.tag);
  await page.waitForURL(`**/meetings/${meeting.id}`);
});

test('it is fit for a telephone and a desk, by day and by night', async () => {
  const { page } = alex;
  await open(page, program, '/settings/reminders');
  await part(page).getByText('(this one)').waitFor();
  for (const [width, viewport] of [['phone', phone], ['desk', desk]])
    for (const colorScheme of ['light', 'dark']) {
      await page.setViewportSize(viewport);
      await page.emulateMedia({ colorScheme });
      assert.deepEqual(await findings(page), [], `on a ${width}, ${colorScheme}`);
      assert.equal(await sideways(page), 0, `on a ${width}`);
      const folder = process.env.VISAVIS_SHOTS;
      if (folder) await page.screenshot({ path: `${folder}/push-${width}-${colorScheme}.png`, fullPage: true });
    }
});

test('a browser that its service no longer knows is told nothing more', async () => {
  const { page } = alex;
  service.status = 410;
  await send(cate.page, 'POST', `/meetings/${meeting.id}/cancel`, { message: '' });
  await service.next(3);
  await page.waitForFunction(async () => (await (await fetch('/api/visavis/v1/push/devices')).json()).items.length === 0);
  await open(page, program, '/settings/reminders');
  await part(page).getByRole('button', { name: 'Tell me on this device' }).waitFor();
});
