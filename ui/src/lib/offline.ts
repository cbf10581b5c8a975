// offline.ts — the page's side of the service worker: what was last seen stays readable without a network.

/** The cache sw.ts keeps answers in; nothing of it outlives a sign-out. */
export const seenCache = 'visavis-seen';

export function startOffline(): void {
  if ('serviceWorker' in navigator && import.meta.env.PROD) void navigator.serviceWorker.register('/sw.js');
}

/** Forgets every answer that was kept: another account may sign in next. */
export async function forgetSeen(): Promise<void> {
  navigator.serviceWorker?.controller?.postMessage('forget');
  if ('caches' in globalThis) await caches.delete(seenCache);
}
