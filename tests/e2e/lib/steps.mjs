// steps.mjs — what people do on the page, said once.
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { settled } from './browser.mjs';
import { sampleNow } from './program.mjs';

export const catherine = { name: 'Catherine Hollingsworth', handle: 'catherine', email: 'catherine.hollingsworth@letters.example.com', password: 'a walk by the harbour at nine' };
/** A friend of hers in the sample world, last met a year ago. */
export const alexander = { name: 'Alexander Twelvetrees', handle: 'alexander', email: 'alexander_twelvetrees@mail.example.com', password: 'cameras by the water on sunday' };
export const arjun = { name: 'Arjun Chauhan', handle: 'arjun', email: 'arjun.chauhan@letters.example.com', password: 'two kettles and one teapot' };

async function fillAccount(page, who, button) {
  await page.getByLabel('Your name').fill(who.name);
  await page.getByLabel('Handle').fill(who.handle);
  await page.getByLabel('E-mail').fill(who.email);
  await page.getByLabel('Password').fill(who.password);
  await page.getByLabel('Time zone').selectOption('America/Toronto');
  await page.getByRole('button', { name: button }).click();
}

/** The first account, through the link the program printed. */
export async function setUp(page, program, who) {
  await page.goto(await program.setUpLink());
  await fillAccount(page, who, 'Make the account');
  await page.getByRole('navigation', { name: 'Places' }).waitFor();
}

/** Another account, on a server that is open to all. */
export async function join(page, program, who) {
  await page.goto(`${program.url}/sign-up`);
  await fillAccount(page, who, 'Join');
  await page.getByRole('navigation', { name: 'Places' }).waitFor();
}

export async function signIn(page, program, who) {
  await page.goto(`${program.url}/sign-in`);
  await page.getByLabel('Handle or e-mail').fill(who.handle);
  await page.getByLabel('Password').fill(who.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('navigation', { name: 'Places' }).waitFor();
}

/** An account that the operator makes: its address counts as proved. */
export function addAccount(program, who) {
  program.command(['account', 'add', who.handle, '--email', who.email, '--name', who.name, '--zone', 'America/Toronto', '--now', sampleNow], who.password);
}

/** A newcomer's first steps: a city and names, by hand. */
export async function nameThree(page, city, names) {
  await page.getByLabel('Where you are').fill(city);
  await page.getByRole('option', { name: city }).first().click();
  const fields = ['First person', 'Second person', 'Third person'];
  for (const [at, name] of names.entries()) await page.getByLabel(fields[at]).fill(name);
  await page.getByRole('button', { name: 'Show me three meetings' }).click();
  await page.getByRole('heading', { name: 'Three meetings to propose' }).waitFor();
}

export async function open(page, program, path) {
  await page.goto(program.url + path);
  await settled(page);
}

/** Drops files on the page's import, all at once, as a mouse does. */
export async function dropFiles(page, paths) {
  const files = paths.map((path) => ({ name: basename(path), bytes: readFileSync(path).toString('base64') }));
  const dropped = await page.evaluateHandle((each) => {
    const transfer = new DataTransfer();
    for (const { name, bytes } of each) transfer.items.add(new File([Uint8Array.from(atob(bytes), (c) => c.charCodeAt(0))], name));
    return transfer;
  }, files);
  await page.locator('.dropzone').dispatchEvent('drop', { dataTransfer: dropped });
}

/** The number on Today. */
export async function metThisYear(page, program) {
  await open(page, program, '/');
  return Number(await page.locator('.tally .n').textContent());
}

/** A source that asks for a name and a password, entered under Settings, Sources. */
export async function keepCurrent(page, { url, name, user, password }) {
  await page.getByLabel('Address').fill(url);
  await page.getByLabel('What to call it').fill(name);
  await page.getByText('It asks for a name and a password').click();
  await page.getByLabel('Name', { exact: true }).fill(user);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Keep it current' }).click();
}

/** The trips' room: the city and the two wall times, without sending them. */
export async function fillTrip(page, city, country, arrive, leave) {
  await page.getByRole('button', { name: 'Plan it' }).scrollIntoViewIfNeeded();
  await page.getByLabel('City').fill(city);
  await page.getByRole('option', { name: new RegExp(`${city}.*${country}`) }).first().click();
  await page.getByLabel('You arrive').fill(arrive);
  await page.getByLabel('You leave').fill(leave);
}

/** On a private page with one time: yes to it. */
export async function acceptAsGuest(page, link) {
  await page.goto(link);
  await page.getByLabel('Yes').check();
  await page.getByRole('button', { name: 'Send my answer' }).click();
  await page.getByRole('heading', { name: 'Agreed' }).waitFor();
}
