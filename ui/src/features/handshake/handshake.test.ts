import { beforeEach, describe, expect, it } from 'vitest';
import { fakeApi, noNetwork, refuse } from '$lib/api/fake';
import { clock } from '$lib/time/clock.svelte';
import { base64url, codeIn, offerCode, offerLink, offerText } from './canonical';
import { browserName } from './keys';
import { cellOf } from './place';
import { Reading } from './reading.svelte';
import { Showing } from './showing.svelte';

const key = { device: '3', publicKey: 'K'.repeat(43), sign: async (text: string) => `signed(${text})` };
const offer = { from: 'catherine@example.org', key: 'K'.repeat(43), nonce: 'N'.repeat(22), issued: new Date('2026-11-20T18:28:30.900Z') };

beforeEach(() => clock.set('2026-11-20T18:28:30Z'));

describe('what is signed', () => {
  it('is the offer’s canonical text, byte for byte', () => {
    expect(offerText(offer)).toBe(
      `visavis-handshake-offer-v1\nfrom: catherine@example.org\nkey: ${'K'.repeat(43)}\nnonce: ${'N'.repeat(22)}\nissued: 2026-11-20T18:28:30Z\n`,
    );
  });
  it('travels as one word behind the # of a link', () => {
    const link = offerLink('https://example.org', offerCode(offer, 'S'.repeat(86)));
    expect(link).toBe(`https://example.org/h#1~catherine@example.org~${'K'.repeat(43)}~${'N'.repeat(22)}~1795199310~${'S'.repeat(86)}`);
    expect(codeIn(link)).toBe(link.split('#')[1]);
  });
  it('is not seen in any other picture', () => expect([codeIn('https://example.org/'), codeIn('WIFI:S:cafe;;'), codeIn('')]).toEqual([null, null, null]));
  it('is base64url without padding', () => expect(base64url(new Uint8Array([251, 255, 254]))).toBe('-__-'));
});

describe('the phone that shows', () => {
  const known = { nonce: 'x', code: 'c', url: 'u', words: ['kettle', 'harbour', 'nine'], expires_at: '' };
  it('signs a new code with the server’s time', async () => {
    const { api, asked } = fakeApi({ 'POST /handshakes/offers': known });
    const showing = new Showing('catherine@example.org', key, 'https://example.org', api);
    await showing.renew();
    const body = asked[0]?.body as { nonce: string; issued_at: string; signature: string };
    expect(body.nonce).toHaveLength(22);
    expect(body.issued_at).toMatch(/^2026-11-20T18:28:3\dZ$/);
    expect(body.signature).toContain(`nonce: ${body.nonce}\n`);
    expect(showing.shown?.words).toEqual(known.words);
    expect(showing.shown?.link).toBe(`https://example.org/h#2~${body.nonce}`);
    expect(codeIn(showing.shown!.link)).toBe(`2~${body.nonce}`);
  });
  it('shows the code without a network too, only without words', async () => {
    const { api } = fakeApi({ 'POST /handshakes/offers': noNetwork });
    const showing = new Showing('catherine@example.org', key, 'https://example.org', api);
    await showing.renew();
    expect([showing.shown?.words, showing.problem, showing.shown?.link.startsWith('https://example.org/h#1~')]).toEqual([null, null, true]);
  });
  it('signs only after the tap, and the text the reader signed', async () => {
    let nonce = '';
    const { api, asked } = fakeApi({
      'POST /handshakes/offers': ({ body }: { body: unknown }) => ((nonce = (body as { nonce: string }).nonce), known),
    });
    const showing = new Showing('catherine@example.org', key, 'https://example.org', api);
    await showing.renew();
    const state = { state: 'signed', other: { name: 'Rajesh Patel', handle: 'rajesh' }, receipt_text: 'receipt\n', handshake: null };
    const later = fakeApi({ [`GET /handshakes/offers/${nonce}`]: state, [`POST /handshakes/offers/${nonce}/confirm`]: { id: '8', account: { name: 'Rajesh Patel' } } });
    Object.assign(api, later.api);
    await showing.look();
    expect([showing.reader?.name, later.asked.length]).toEqual(['Rajesh Patel', 1]);
    await showing.confirm();
    expect(later.asked.at(-1)?.body).toEqual({ device: '3', signature: 'signed(receipt\n)' });
    expect([showing.handshake?.id, asked.length]).toEqual(['8', 1]);
  });
  it('shows a new code after a no, and never asks about that one again', async () => {
    const nonces: string[] = [];
    const state = { state: 'signed', other: { name: 'Somebody Else', handle: 'else' }, receipt_text: 'r\n', handshake: null };
    const answers: Record<string, unknown> = {
      'POST /handshakes/offers': ({ body }: { body: unknown }) => (nonces.push((body as { nonce: string }).nonce), known),
    };
    const { api } = fakeApi(answers);
    const showing = new Showing('catherine@example.org', key, 'https://example.org', api);
    await showing.renew();
    answers[`GET /handshakes/offers/${nonces[0]}`] = state;
    await showing.look();
    await showing.refuse();
    await showing.look();
    expect([showing.reader, nonces.length]).toEqual([null, 2]);
  });
});

describe('the phone that reads', () => {
  const code = offerCode(offer, 'S'.repeat(86));
  const answer = { nonce: 'n1', person: { name: 'Catherine Hollingsworth', handle: 'catherine' }, receipt_text: 'receipt\n' };
  it('asks once for a code that the camera sees again and again', async () => {
    const { api, asked } = fakeApi({ 'POST /handshakes/read': answer });
    const reading = new Reading(key, api);
    await Promise.all([reading.scanned(`https://example.org/h#${code}`), reading.scanned(code), reading.scanned('something else')]);
    expect([asked.length, reading.state, reading.other?.name]).toEqual([1, 'read', 'Catherine Hollingsworth']);
  });
  it('signs what it was shown', async () => {
    const { api, asked } = fakeApi({ 'POST /handshakes/read': answer, 'POST /handshakes': { state: 'signed' } });
    const reading = new Reading(key, api);
    reading.words = ' kettle harbour nine ';
    await reading.typed();
    await reading.sign();
    expect(asked[0]?.body).toEqual({ words: 'kettle harbour nine', device: '3' });
    expect([asked[1]?.body, reading.state]).toEqual([{ nonce: 'n1', device: '3', signature: 'signed(receipt\n)' }, 'waiting']);
    reading.reset();
  });
  it('says why a code was refused, and looks on', async () => {
    const { api } = fakeApi({ 'POST /handshakes/read': refuse(409, 'handshake.used', 'This code was used already.') });
    const reading = new Reading(key, api);
    await reading.scanned(code);
    expect([reading.state, reading.problem?.code]).toEqual(['looking', 'handshake.used']);
  });
});

describe('around it', () => {
  it('keeps a place only as the centre of a tenth of a degree', () => expect([cellOf(43.6532, -79.3832), cellOf(-0.01, 0.01)]).toEqual([[43.65, -79.35], [-0.05, 0.05]]));
  it('names a device so that one knows it again', () => {
    expect(browserName('Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/130.0 Mobile Safari/537.36')).toBe('Chrome on Android');
    expect(browserName('Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605 Version/17.5 Safari/604')).toBe('Safari on iPhone');
  });
});
