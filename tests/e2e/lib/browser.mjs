// browser.mjs — Debian's Chromium through playwright-core, both found from here; a page that complains fails its test.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(new URL('../../../ui/package.json', import.meta.url));
export const { chromium } = require('playwright-core');
const axePath = require.resolve('axe-core/axe.min.js');
export const { encode } = require('uqr');

const chromiumPath = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser'].find((path) => path && existsSync(path));
const quiet = ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-quic'];

export const phone = { width: 390, height: 844 };
export const desk = { width: 1280, height: 800 };

export function launch(args = []) {
  return chromium.launch({ executablePath: chromiumPath, args: [...quiet, ...args] });
}

/** A person with a browser of their own: no cookie, key or cache is shared with another. */
export async function person(browser, options = {}) {
  const context = await browser.newContext({ viewport: phone, locale: 'en-GB', timezoneId: 'America/Toronto', ignoreHTTPSErrors: true, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  const complaints = [];
  page.on('pageerror', (error) => complaints.push(`${error}`));
  page.on('console', (message) => {
    // A refused answer (401, 404, …) is told by the browser as an error too; tests look at what the page makes of it.
    if (message.type() === 'error' && !/status of 4\d\d|ERR_INTERNET_DISCONNECTED|net::ERR_/.test(message.text())) complaints.push(message.text());
  });
  return { context, page, complaints };
}

export function mustBeQuiet(complaints) {
  assert.deepEqual(complaints, [], 'the page complains in the console');
}

/** axe-core's findings that keep somebody out: serious and critical. */
export async function findings(page) {
  await page.emulateMedia({ reducedMotion: 'reduce' }); // a button on its way from light to dark has neither's contrast
  // evaluate() is not bound by the page's content security policy, a script element would be.
  const { readFile } = await import('node:fs/promises');
  await page.evaluate(await readFile(axePath, 'utf8'));
  return page.evaluate(async () => {
    const { violations } = await globalThis.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] });
    return violations
      .filter((violation) => ['serious', 'critical'].includes(violation.impact))
      .map((violation) => `${violation.id}: ${violation.nodes.map((node) => node.target.join(' ')).join(', ')}`);
  });
}

/** How far the page can be scrolled sideways: never. */
export function sideways(page) {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

/** Waits until a room has been drawn and nothing is under way. */
export async function settled(page) {
  await page.locator('#main').first().waitFor();
  // A room that asks again and again (handshake) may never fall silent on a slow machine.
  await page.waitForLoadState('networkidle', { timeout: 3_000 }).catch(() => {});
  await page.locator('.waiting').waitFor({ state: 'detached' });
}
