// drafts.ts — what was typed and not yet sent, kept on this device until it is sent or its account signs out.

const prefix = 'visavis.draft.';

export function readDraft<T>(key: string): T | null {
  try {
    const kept = localStorage.getItem(prefix + key);
    return kept ? (JSON.parse(kept) as T) : null;
  } catch {
    return null; // storage is forbidden, or another version wrote it
  }
}

export function keepDraft(key: string, value: unknown): void {
  try {
    localStorage.setItem(prefix + key, JSON.stringify(value));
  } catch {
    // storage is forbidden or full: the page still holds what was typed
  }
}

export function dropDraft(key: string): void {
  try {
    localStorage.removeItem(prefix + key);
  } catch {
    // nothing was kept
  }
}

export function forgetDrafts(): void {
  try {
    for (const key of Object.keys(localStorage)) if (key.startsWith(prefix)) localStorage.removeItem(key);
  } catch {
    // nothing was kept
  }
}
