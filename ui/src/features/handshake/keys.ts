// keys.ts — this device's key: made in the browser, kept in IndexedDB, never readable; the server knows its public half.
import { get, set } from 'idb-keyval';
import { ask, type Api } from '$lib/api/client';
import { base64url } from './canonical';

export interface DeviceKey {
  /** The server's id of this device. */
  device: string;
  publicKey: string;
  sign(text: string): Promise<string>;
}

interface Kept {
  device: string;
  publicKey: string;
  privateKey: CryptoKey;
}

export class Unsupported extends Error {}

/** The key of this device for this account; made and registered when there is none, or when it was revoked. */
export async function deviceKey(api: Api, account: string): Promise<DeviceKey> {
  if (!globalThis.crypto?.subtle) throw new Unsupported('insecure');
  const slot = `visavis.device.${account}`;
  let kept = await get<Kept>(slot);
  if (kept && !(await isRegistered(api, kept.device))) kept = undefined;
  if (!kept) {
    kept = await makeKey(api);
    await set(slot, kept);
  }
  const { device, publicKey, privateKey } = kept;
  return {
    device,
    publicKey,
    sign: async (text) => base64url(await crypto.subtle.sign('Ed25519', privateKey, new TextEncoder().encode(text))),
  };
}

async function isRegistered(api: Api, device: string): Promise<boolean> {
  // Offline the key is trusted: the code holds all that is needed, and the server checks it when it is read.
  const devices = await ask(api.GET('/devices')).catch(() => null);
  return devices === null || devices.items.some((each) => each.id === device);
}

async function makeKey(api: Api): Promise<Kept> {
  const pair = await crypto.subtle.generateKey('Ed25519', false, ['sign', 'verify']).catch(() => {
    throw new Unsupported('unsupported');
  });
  if (!('privateKey' in pair)) throw new Unsupported('unsupported');
  const publicKey = base64url(await crypto.subtle.exportKey('raw', pair.publicKey));
  const device = await ask(api.POST('/devices', { body: { name: browserName(navigator.userAgent), public_key: publicKey } }));
  return { device: device.id, publicKey, privateKey: pair.privateKey };
}

/** "Chrome on Android": enough to know one's devices apart in Settings. */
export function browserName(agent: string): string {
  const browser = /Edg/.test(agent) ? 'Edge' : /Firefox/.test(agent) ? 'Firefox' : /Chrome|CriOS/.test(agent) ? 'Chrome' : /Safari/.test(agent) ? 'Safari' : 'Browser';
  const system = /Android/.test(agent) ? 'Android' : /iPhone|iPad/.test(agent) ? 'iPhone' : /Mac OS/.test(agent) ? 'Mac' : /Windows/.test(agent) ? 'Windows' : 'Linux';
  return `${browser} on ${system}`;
}
