// places.ts — the five places of the page.

export type Place = 'today' | 'people' | 'handshake' | 'meetings' | 'settings';
