// upload.ts — sends a file's bytes and says how far they are; fetch can't tell that, so XMLHttpRequest does it.
import { basePath } from './client';
import { Problem, problemOf } from './problem';
import type { Import } from './types';

export type Upload = (file: File, progress: (sent: number) => void, signal: AbortSignal) => Promise<Import>;

/** `progress` gets a share in [0, 1]. Faults: Problem, also when it was stopped through `signal`. */
export const upload: Upload = (file, progress, signal) =>
  new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', `${basePath}/imports?name=${encodeURIComponent(file.name)}`);
    request.responseType = 'json';
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.upload.addEventListener('progress', (event) => {
      if (event.lengthComputable) progress(event.loaded / Math.max(1, event.total));
    });
    request.addEventListener('load', () => {
      if (request.status >= 200 && request.status < 300) resolve(request.response as Import);
      else {
        const wait = request.getResponseHeader('retry-after');
        const headers = wait ? { 'retry-after': wait } : undefined;
        reject(problemOf(new Response(null, { status: Math.max(200, request.status), headers }), request.response));
      }
    });
    request.addEventListener('error', () => reject(new Problem(0, 'offline', '')));
    request.addEventListener('abort', () => reject(new Problem(0, 'import.stopped', '')));
    signal.addEventListener('abort', () => request.abort());
    request.send(file);
  });
