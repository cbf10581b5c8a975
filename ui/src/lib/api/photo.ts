// photo.ts — sends a picture's bytes as they are: the server makes them small.
import { ask, basePath } from './client';
import type { PersonDetail } from './types';

export type SendPhoto = (person: string, file: Blob) => Promise<PersonDetail>;

/** Faults: Problem; "picture.…" says what is wrong with the picture. */
export const sendPhoto: SendPhoto = (person, file) =>
  ask(
    fetch(`${basePath}/people/${person}/photo`, { method: 'PUT', body: file, headers: { 'content-type': 'application/octet-stream' }, credentials: 'same-origin' }).then(async (response) => {
      const body: unknown = await response.json().catch(() => undefined);
      return response.ok ? { data: body as PersonDetail, response } : { error: body, response };
    }),
  );
