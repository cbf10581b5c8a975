// offline.ts — the page's side of the service worker: what was last seen stays readable without a network.

/** The cache sw.ts keeps answers in; nothing of it outlives a sign-out. */
export const seenCache = 'visavis-seen';

/** `go` shows the room that a notification leads to. */
export function startOffline(go: (path: string) => void): void {
  if (!('serviceWorker' in navigator) || !import.meta.env.PROD) return;
  navigator.serviceWorker.addEventListener('message', (event) => {
    const told = event.data as { go?: unknown } | null;
    if (typeof told?.go === 'string') go(told.go);
  });
  void navigator.serviceWorker.register('/sw.js');
}

/** Forgets every answer that was kept: another account may sign in next. */
export async function forgetSeen(): Promise<void> {
  navigator.serviceWorker?.controller?.postMessage('forget');
  if ('caches' in globalThis) await caches.delete(seenCache);
}
