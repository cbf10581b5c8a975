// looks.mjs — how a page looks: pictures of it, and that it keeps nobody out and cuts nothing off.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { desk, findings, phone, sideways } from './browser.mjs';

/** A picture of the whole page, when VISAVIS_SHOTS names a folder. */
export async function shot(page, name) {
  const folder = process.env.VISAVIS_SHOTS;
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
}

/** In light and dark, on a desk and a phone: nobody is kept out, and nothing is cut off. */
export async function mustBeFit(page, name) {
  for (const [width, viewport] of [['desk', desk], ['phone', phone]])
    for (const colorScheme of ['light', 'dark']) {
      await page.setViewportSize(viewport);
      await page.emulateMedia({ colorScheme });
      assert.deepEqual(await findings(page), [], `${name} on a ${width}, ${colorScheme}`);
      assert.equal(await sideways(page), 0, `${name} on a ${width}`);
      await shot(page, `${name}-${width}-${colorScheme}`);
    }
  await page.setViewportSize(desk);
  await page.emulateMedia({ colorScheme: 'light' });
}
