// browser.ts — this browser's side of web push: what it can, and its one subscription.

export interface Keys {
  endpoint: string;
  p256dh: string;
  auth: string;
}

/** What the page needs of a browser; tests have one of their own. */
export interface PushBrowser {
  /** Web push needs a service worker; on an iPhone, the page on the home screen. */
  readonly able: boolean;
  readonly denied: boolean;
  /** The address of its subscription, when it has one. */
  endpoint(): Promise<string | null>;
  /** Asks whoever sits before it, so call it after a tap; null when they say no. */
  subscribe(serverKey: string): Promise<Keys | null>;
  unsubscribe(): Promise<void>;
}

const patience = 4000; // milliseconds until a page without a service worker is taken for one

async function registration(): Promise<ServiceWorkerRegistration | null> {
  const none = new Promise<null>((resolve) => setTimeout(() => resolve(null), patience));
  return Promise.race([navigator.serviceWorker.ready, none]);
}

export function keysOf(subscription: PushSubscription): Keys {
  const keys = subscription.toJSON().keys ?? {};
  return { endpoint: subscription.endpoint, p256dh: keys.p256dh ?? '', auth: keys.auth ?? '' };
}

export const thisBrowser: PushBrowser = {
  get able() {
    return 'serviceWorker' in navigator && 'PushManager' in globalThis && 'Notification' in globalThis;
  },
  get denied() {
    return 'Notification' in globalThis && Notification.permission === 'denied';
  },
  async endpoint() {
    return (await (await registration())?.pushManager.getSubscription())?.endpoint ?? null;
  },
  async subscribe(serverKey) {
    if ((await Notification.requestPermission()) !== 'granted') return null;
    const manager = (await registration())?.pushManager;
    if (!manager) return null;
    // One that was made for another server's key, or a session that is over, gives way.
    await (await manager.getSubscription())?.unsubscribe();
    return keysOf(await manager.subscribe({ userVisibleOnly: true, applicationServerKey: serverKey }));
  },
  async unsubscribe() {
    await (await (await registration())?.pushManager.getSubscription())?.unsubscribe();
  },
};
