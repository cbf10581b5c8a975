import { describe, expect, it } from 'vitest';
import { fakeApi, refuse } from '$lib/api/fake';
import type { PushDevice } from '$lib/api/types';
import type { PushBrowser } from './browser';
import { PushDesk } from './push.svelte';

const keys = { endpoint: 'https://push.example/1', p256dh: 'BP4z', auth: 'BTBZ' };
const device: PushDevice = { id: '5', name: 'Firefox on Linux', endpoint: keys.endpoint, shows: 'kind', reminders: true, notices: true, created_at: '2026-11-20T18:00:00Z', told_at: null };

function browser(change: Partial<PushBrowser> = {}): PushBrowser & { ended: number; key: string } {
  const made: PushBrowser & { ended: number; key: string } = {
    able: true,
    denied: false,
    ended: 0,
    key: '',
    endpoint: async () => keys.endpoint,
    subscribe: async (key: string) => ((made.key = key), keys),
    unsubscribe: async () => void (made.ended += 1),
    ...change,
  };
  return made;
}
const table = (devices: PushDevice[]) => ({
  'GET /push/key': { key: 'BServer' },
  'GET /push/devices': () => ({ items: devices, next: null }),
  'POST /push/devices': () => (devices.push(device), Response.json(device, { status: 201 })),
  'PUT /push/devices/5': device,
  'DELETE /push/devices/5': () => void devices.pop(),
  'POST /push/devices/5/try': undefined,
});

describe('being told by web push', () => {
  it('begins with the least that a lock screen may show', async () => {
    const { api, asked } = fakeApi(table([]));
    const here = browser();
    const desk = new PushDesk(api, here);
    await desk.load();
    expect(desk.here).toBeNull();
    await desk.turnOn('Firefox on Linux');
    expect(here.key).toBe('BServer');
    expect(asked.find((each) => each.method === 'POST')?.body).toEqual({ name: 'Firefox on Linux', ...keys, shows: 'kind', reminders: true, notices: true });
    expect(desk.here?.id).toBe('5');
  });
  it('asks nothing of the server when the browser says no', async () => {
    const { api, asked } = fakeApi(table([]));
    const desk = new PushDesk(api, browser({ subscribe: async () => null }));
    await desk.load();
    await desk.turnOn('x');
    expect(desk.refused).toBe(true);
    expect(asked.some((each) => each.method === 'POST')).toBe(false);
  });
  it('changes one choice and keeps the others', async () => {
    const { api, asked } = fakeApi(table([device]));
    const desk = new PushDesk(api, browser());
    await desk.load();
    await desk.set(device, { shows: 'words' });
    expect(asked.find((each) => each.method === 'PUT')?.body).toEqual({ shows: 'words', reminders: true, notices: true });
  });
  it('ends here and in the browser, but elsewhere only there', async () => {
    const { api } = fakeApi(table([device]));
    const here = browser();
    const desk = new PushDesk(api, here);
    await desk.load();
    await desk.remove(device);
    expect([here.ended, desk.devices]).toEqual([1, []]);
    const other = browser({ endpoint: async () => 'https://push.example/another' });
    const far = new PushDesk(fakeApi(table([device])).api, other);
    await far.load();
    await far.remove(device);
    expect(other.ended).toBe(0);
  });
  it('says what went wrong', async () => {
    const { api } = fakeApi({ ...table([device]), 'POST /push/devices/5/try': refuse(404, 'push.unknown', 'Gone.') });
    const desk = new PushDesk(api, browser());
    await desk.load();
    await desk.try(device);
    expect([desk.isTried(device), desk.sending.problem?.code]).toEqual([false, 'push.unknown']);
  });
});
