// sw.ts — the service worker: the page itself works offline, and the rooms show what was last seen.
/// <reference lib="webworker" />
import { cleanupOutdatedCaches, createHandlerBoundToURL, precacheAndRoute } from 'workbox-precaching';
import { NavigationRoute, registerRoute } from 'workbox-routing';

declare const self: ServiceWorkerGlobalScope;

const seenCache = 'visavis-seen';
const base = '/api/visavis/v1';
/** What is worth reading in a tunnel: today, people, meetings, and who one is. Never anything that is searched or secret. */
const kept = new RegExp(`^${base}/(server|account|today|tally|people|people/[0-9]+|meetings|meetings/[0-9]+|encounters)$`);
const patience = 8000; // milliseconds until what was last seen is shown instead

precacheAndRoute(self.__WB_MANIFEST);
cleanupOutdatedCaches();
registerRoute(
  new NavigationRoute(createHandlerBoundToURL('/index.html'), {
    // what the server draws itself: guests' pages, files, calendars
    denylist: [/^\/api\//, /^\/m\//, /^\/p\//, /^\/stop\//, /^\/calendar\//, /^\/(metrics|healthz|readyz)$/],
  }),
);

/** Grows when an account signs in or out: an answer that was asked for before is not kept. */
let epoch = 0;

async function networkFirst(request: Request): Promise<Response> {
  const asked = epoch;
  try {
    const response = await fetch(request, { signal: AbortSignal.timeout(patience) });
    if (response.status === 401) await forget();
    else if (response.ok && asked === epoch) await keep(request, response.clone());
    return response;
  } catch (cause) {
    const last = await (await caches.open(seenCache)).match(request);
    if (last) return last;
    throw cause;
  }
}

async function keep(request: Request, response: Response): Promise<void> {
  const headers = new Headers(response.headers);
  headers.set('x-visavis-seen', new Date().toISOString());
  const cache = await caches.open(seenCache);
  await cache.put(request, new Response(await response.blob(), { status: 200, headers }));
}

async function forget(): Promise<void> {
  epoch += 1;
  await caches.delete(seenCache);
}

registerRoute(
  ({ url, request }) => url.origin === self.location.origin && request.method === 'GET' && kept.test(url.pathname) && !url.searchParams.has('query'),
  ({ request }) => networkFirst(request),
);

interface Told {
  title: string;
  body: string;
  path: string;
  tag: string;
  lang: string;
}

/** What the server sealed for this browser; a message that can't be read is still shown, as browsers demand. */
function told(data: PushMessageData | null): Told {
  const plain = { title: 'Visavis', body: '', path: '/', tag: 'visavis', lang: 'en' };
  try {
    return { ...plain, ...(data?.json() as Partial<Told>) };
  } catch {
    return plain;
  }
}

/** Shows the room where one is already, else opens the page there. Never another site, whatever the message says. */
async function openRoom(path: string): Promise<void> {
  const room = new URL(path, self.location.origin);
  if (room.origin !== self.location.origin) return;
  const [page] = await self.clients.matchAll({ type: 'window' });
  if (!page) return void (await self.clients.openWindow(room.href));
  await page.focus().catch(() => page); // some browsers let nobody come forward by itself
  page.postMessage({ go: room.pathname });
}

/** The push service gave this browser another address: the server learns it, and what was chosen stays. */
async function renew({ oldSubscription, newSubscription }: PushSubscriptionChangeEvent): Promise<void> {
  if (!oldSubscription) return;
  const next = newSubscription ?? (await self.registration.pushManager.subscribe(oldSubscription.options));
  const { p256dh, auth } = next.toJSON().keys ?? {};
  const body = { name: 'Browser', endpoint: next.endpoint, p256dh, auth, replaces: oldSubscription.endpoint, shows: 'kind', reminders: true, notices: true };
  await fetch(`${base}/push/devices`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
}

self.addEventListener('pushsubscriptionchange', (event) => event.waitUntil(renew(event as PushSubscriptionChangeEvent)));
self.addEventListener('push', (event) => {
  const { title, body, path, tag, lang } = told(event.data);
  event.waitUntil(self.registration.showNotification(title, { body, tag, lang, icon: '/icon-192.png', data: { path } }));
});
self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(openRoom((event.notification.data as { path: string }).path));
});

self.addEventListener('message', (event) => {
  if (event.data === 'forget') event.waitUntil(forget());
});
self.addEventListener('install', () => void self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));
