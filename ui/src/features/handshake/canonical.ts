// canonical.ts — what a device signs, byte for byte as docs/handshake.md has it.

export interface Offer {
  /** "handle@host" */
  from: string;
  /** Ed25519, base64url without padding; so are nonce and signature. */
  key: string;
  nonce: string;
  issued: Date;
}

export function base64url(bytes: ArrayBuffer | Uint8Array): string {
  const view = bytes instanceof Uint8Array ? bytes : new Uint8Array(bytes);
  return btoa(String.fromCharCode(...view))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}

/** "2026-11-20T18:28:30Z" */
export function seconds(at: Date): string {
  return `${at.toISOString().slice(0, 19)}Z`;
}

export function offerText(offer: Offer): string {
  return `visavis-handshake-offer-v1\nfrom: ${offer.from}\nkey: ${offer.key}\nnonce: ${offer.nonce}\nissued: ${seconds(offer.issued)}\n`;
}

export function offerCode(offer: Offer, signature: string): string {
  return ['1', offer.from, offer.key, offer.nonce, String(Math.floor(offer.issued.getTime() / 1000)), signature].join('~');
}

/** Stands for an offer that its server knows: short, so that a camera reads it at once. */
export function knownOfferCode(nonce: string): string {
  return `2~${nonce}`;
}

/** The link that the QR code holds: what stands behind the # reaches no server by itself. */
export function offerLink(origin: string, code: string): string {
  return `${origin}/h#${code}`;
}

/** The code in a link that was scanned or opened, or null. */
export function codeIn(text: string): string | null {
  const code = text.slice(text.indexOf('#') + 1);
  const isCode = /^2~[\w-]{22}$/.test(code) || /^1~[^~\s]+~[\w-]{43}~[\w-]{22}~\d{1,12}~[\w-]{86}$/.test(code);
  return isCode ? code : null;
}
