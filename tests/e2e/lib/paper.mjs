// paper.mjs — a PDF as other people's programs read it, poppler's.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join as path } from 'node:path';

/** Its text, its pages and their size, its fonts, and how much is on the first, rendered to a picture. `folder` takes it meanwhile. */
export function read(pdf, folder) {
  const file = path(folder, 'read.pdf');
  writeFileSync(file, pdf);
  const said = (name, ...args) => execFileSync(name, args, { encoding: 'utf8' });
  const info = said('pdfinfo', file);
  const picture = execFileSync('pdftoppm', ['-r', '36', '-gray', '-l', '1', file], { maxBuffer: 1 << 26 });
  return { text: said('pdftotext', '-layout', file, '-'), pages: Number(/Pages:\s+(\d+)/.exec(info)[1]), size: /Page size:\s+(.*)/.exec(info)[1], fonts: said('pdffonts', file), ink: picture.filter((dot) => dot < 128).length };
}

export const fetched = async (page, address) => Buffer.from(await page.evaluate(async (address) => Array.from(new Uint8Array(await (await fetch(address)).arrayBuffer())), address));
