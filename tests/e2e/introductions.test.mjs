// introductions.test.mjs — the story: a writer asks a consultant for four chief executives. She sees who fits, introduces four; three say
// yes, one not now; lunches are agreed, hands shaken, the ask shows three met. Everything that a browser was ever answered or has shown is
// held against the list of what its owner may know by then (lib/knowledge.mjs).
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { desk, findings, launch, mustBeQuiet, person, phone, settled, sideways } from './lib/browser.mjs';
import { Knowledge } from './lib/knowledge.mjs';
import { startProgram } from './lib/program.mjs';
import { addAccount, alexander, arjun, catherine, open, setUp, signIn } from './lib/steps.mjs';

const dora = { name: 'Dora Lindqvist', handle: 'dora', email: 'dora.lindqvist@mail.example.com', password: 'a boat and a blue window' };
const edgar = { name: 'Edgar Rasmussen', handle: 'edgar', email: 'edgar.rasmussen@mail.example.com', password: 'bread before the first bell' };
const meiling = { name: 'Meiling Ouyang', email: 'meiling.ouyang@letters.example.com' };
const executives = [alexander, dora, edgar];
const words = 'four chief executives who use social media, to interview for an article';

const everybody = [catherine, arjun, ...executives, meiling];
const nameOf = (who) => who.handle ?? 'guest';

let program, browser;
const all = {}; // handle → page, context, complaints

/** What there is to know in this story: each name, address and record, and what was written. Ids are added as they are made. */
const known = new Knowledge();
for (const who of everybody) {
  known.there(nameOf(who), who.name, ...who.name.split(' '));
  known.there(`${nameOf(who)}’s address`, who.email);
}
known.there('what is asked', 'executives who use social media');
known.there('titles', 'Chief Executive Officer', 'CEO');
known.there('notes', 'likes to be flattered');
known.there('why they should meet', 'He listens well');
known.there('where they meet', 'Silver Lantern');
known.there('what the writer says of lunch', 'Shall we?');
known.there('thanks', 'Three lunches, thanks to you');
known.there('the article', 'news.example/trust');
const introduction = (who) => `the introduction of ${nameOf(who)}`;
const lunchWith = (who) => `the lunch with ${nameOf(who)}`;

/** A browser whose every answer and page is kept. */
async function someone(who, options = {}) {
  const one = await person(browser, { viewport: phone, ...options });
  await known.watch(nameOf(who), one);
  await known.may(nameOf(who), nameOf(who), `${nameOf(who)}’s address`);
  all[nameOf(who)] = one;
  return one;
}
const call = (who, method, path, body) =>
  all[who.handle].page.evaluate(
    async ([method, path, body]) => {
      const answer = await fetch(`/api/visavis/v1${path}`, { method, ...(body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }) });
      return answer.status === 204 ? null : answer.json();
    },
    [method, path, body],
  );
const main = (who) => all[who.handle].page.locator('#main');

/** Face to face: one shows the code, the other reads it. */
async function shake(one, other) {
  const [a, b] = [all[one.handle].page, all[other.handle].page];
  const answer = a.waitForResponse((response) => response.url().endsWith('/handshakes/offers') && response.request().method() === 'POST');
  await open(a, program, '/handshake');
  const { url } = await (await answer).json();
  await b.goto('about:blank');
  await b.goto(url);
  await b.getByRole('button', { name: 'Shake hands' }).click();
  await a.getByRole('button', { name: 'Yes, shake hands' }).click();
  await a.getByRole('heading', { name: /You have met/ }).waitFor();
  await b.getByRole('heading', { name: /You have met/ }).waitFor();
}

before(async () => {
  program = await startProgram();
  browser = await launch();
  await someone(catherine);
  await setUp(all.catherine.page, program, catherine);
  for (const who of [arjun, ...executives]) {
    addAccount(program, who);
    await someone(who);
    await signIn(all[who.handle].page, program, who);
    await known.may(who.handle, 'catherine');
    await known.may('catherine', who.handle);
    await shake(catherine, who);
  }
  await known.may('catherine', 'titles', 'notes', 'guest', 'guest’s address');
  const { items } = await call(catherine, 'GET', '/people');
  for (const who of executives) await call(catherine, 'PATCH', `/people/${items.find(({ account }) => account === who.handle).id}`, { title: 'Chief Executive Officer', note: `${who.name} likes to be flattered` });
  const { id } = await call(catherine, 'POST', '/people', meiling);
  await call(catherine, 'PATCH', `/people/${id}`, { title: 'CEO' });
});
after(async () => {
  await known.check();
  for (const one of Object.values(all)) mustBeQuiet(one.complaints);
  await browser?.close();
  await program?.stop();
});

let askPath;
const introduced = {}; // name → path of the introduction, or link

test('the writer’s ask goes to the consultant', async () => {
  const { page } = all.arjun;
  await known.may('arjun', 'what is asked');
  await open(page, program, '/asks');
  await page.getByLabel('Whom do you need').fill(words);
  await page.getByRole('button', { name: 'See who fits' }).click();
  await page.waitForURL(/\/asks\/\d+$/);
  await settled(page);
  askPath = new URL(page.url()).pathname;
  known.made('the ask', [askPath.split('/').at(-1)], 'arjun');
  await page.getByRole('button', { name: 'Choose whom to ask' }).click();
  await page.getByRole('checkbox', { name: catherine.name }).check();
  assert.deepEqual(await findings(page), []);
  await known.may('catherine', 'what is asked');
  await page.getByRole('button', { name: 'Send it to one' }).click();
  await main(arjun).getByRole('listitem').filter({ hasText: catherine.name }).filter({ hasText: 'asked' }).waitFor();
  assert.equal(await sideways(page), 0);
  assert.deepEqual(await findings(page), []);
});

test('a way to a member leads over who agreed to it, and tells nothing more', async () => {
  const { page } = all.catherine;
  await open(page, program, '/asks');
  await page.getByText('How often you may be asked').click();
  await page.getByRole('checkbox', { name: 'I may stand on ways' }).check();
  assert.deepEqual(await findings(page), []);
  await page.getByRole('button', { name: 'Keep it' }).click();
  await page.getByText('Kept.').waitFor();
  await call(dora, 'PUT', '/asks/brokering', { agrees: true, a_day: 3 });
  const ask = all.arjun.page;
  await open(ask, program, askPath);
  await ask.getByText('Is there a member you would like to reach?').click();
  await ask.getByLabel('Their handle').fill(dora.handle);
  const way = main(arjun).getByRole('button', { name: 'Ask Catherine' });
  for (let tries = 0; (await way.count()) === 0; tries += 1) {
    assert.ok(tries < 10, 'no way is found');
    await ask.getByRole('button', { name: 'Look for a way' }).click();
    await ask.waitForTimeout(700); // the network takes a second to learn of a consent
  }
  assert.deepEqual(await findings(ask), []);
  await ask.getByLabel('Their handle').fill(edgar.handle);
  await ask.getByRole('button', { name: 'Look for a way' }).click();
  await ask.getByText('There is no way').waitFor();
});

test('the consultant sees who fits and whom she has met, and introduces four', async () => {
  const { page } = all.catherine;
  await known.may('catherine', 'why they should meet');
  await open(page, program, '/asks');
  await page.getByRole('heading', { name: `${arjun.name} asks` }).waitFor();
  assert.deepEqual(await findings(page), []);
  await page.getByRole('link', { name: 'See who fits' }).click();
  await page.getByRole('heading', { name: 'You know 4 who fit' }).waitFor();
  assert.equal(await page.getByText('You met in November').count(), 3);
  assert.equal(await page.getByText('You have never met').count(), 1);
  assert.equal(await sideways(page), 0);
  assert.deepEqual(await findings(page), []);
  for (const who of [...executives, meiling]) {
    const first = who.name.split(' ')[0];
    await page.getByRole('button', { name: `Introduce ${first}` }).click();
    const dialog = page.getByRole('dialog');
    const words = dialog.getByLabel(`To ${first}: why meet Arjun`);
    assert.match(await words.inputValue(), new RegExp(`^Hello ${first}, Arjun Chauhan is looking for somebody`));
    await words.fill(`${await words.inputValue()}\nHe listens well.`);
    await dialog.getByText(`What ${first} will read`).click();
    await dialog.locator('.letter', { hasText: 'He listens well.' }).waitFor();
    if (who === meiling) assert.equal(await dialog.getByLabel('Where to write').inputValue(), meiling.email);
    assert.deepEqual(await findings(page), []);
    const made = page.waitForResponse((response) => response.url().endsWith('/introductions') && response.request().method() === 'POST');
    if (who !== meiling) await known.may(who.handle, 'arjun', 'what is asked', 'why they should meet');
    await dialog.getByRole('button', { name: `Ask ${first}` }).click();
    const { id, link } = await (await made).json();
    known.made(introduction(who), [id, ...(link ? [link.split('/').at(-1)] : [])], 'catherine', ...(who === meiling ? [] : [who.handle]));
    introduced[who.name] = link ?? `/introductions/${id}`;
    if (link) await dialog.getByRole('button', { name: 'Close', exact: true }).last().click();
    await dialog.waitFor({ state: 'detached' });
  }
  await page.getByRole('heading', { name: 'Nobody of your people fits' }).waitFor();
  assert.equal(await page.getByRole('region', { name: 'Done so far' }).getByRole('listitem').count(), 4);
});

test('until somebody says yes the writer knows nothing, whatever is opened', async () => {
  const { page } = all.arjun;
  for (const path of ['/', '/asks', askPath, '/people', '/meetings', ...Object.values(introduced).filter((path) => path.startsWith('/'))]) await open(page, program, path);
  await call(arjun, 'GET', '/introductions');
  const ask = await call(arjun, 'GET', askPath);
  assert.deepEqual(ask.sent.map(({ state }) => state), ['asked']);
  assert.ok((await known.check()) > 10, 'nothing was looked at');
});

test('three say yes', async () => {
  for (const who of executives) {
    const { page } = all[who.handle];
    await open(page, program, '/asks');
    await page.getByRole('region', { name: 'For you to answer' }).getByRole('link', { name: arjun.name }).click();
    await page.getByRole('heading', { name: `Would you like to meet ${arjun.name}?` }).waitFor();
    await page.getByText('He listens well.').waitFor();
    assert.deepEqual(await findings(page), []);
    // Only now each is told whom, and how to reach them.
    await known.may(who.handle, 'arjun’s address');
    await known.may('arjun', who.handle, `${who.handle}’s address`, introduction(who), 'why they should meet', 'titles'); // as she writes to him
    await page.getByRole('button', { name: 'Yes, I would' }).click();
    await page.getByRole('heading', { name: arjun.name, exact: true }).waitFor();
    await page.getByRole('link', { name: arjun.email }).waitFor();
    assert.deepEqual(await findings(page), []);
  }
});

test('the fourth says not now, on a page without script', async () => {
  const { page } = await someone(meiling, { javaScriptEnabled: false, viewport: desk });
  await known.may('guest', 'catherine', 'arjun', 'what is asked', 'why they should meet', introduction(meiling));
  await page.goto(introduced[meiling.name]);
  await page.getByRole('heading', { name: `Would you like to meet ${arjun.name}?` }).waitFor();
  await page.getByText('He listens well.').waitFor();
  for (const viewport of [{ width: 320, height: 640 }, desk]) {
    await page.setViewportSize(viewport);
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), 0);
  }
  const scripted = await person(browser);
  await scripted.page.goto(introduced[meiling.name]);
  assert.deepEqual(await findings(scripted.page), []);
  await scripted.context.close();
  await page.getByRole('button', { name: 'Not now' }).click();
  await page.getByRole('heading', { name: 'Noted' }).waitFor();
  assert.equal(await page.getByRole('button').count(), 0, 'a link that was used asks nothing more');
  await open(all.catherine.page, program, '/asks');
  await main(catherine).getByRole('region', { name: 'Introductions that have ended' }).getByText('not now').waitFor();
});

test('lunches are agreed, and hands are shaken', async () => {
  const { page } = all.arjun;
  await open(page, program, askPath);
  assert.equal(await main(arjun).getByRole('region', { name: 'Introduced to you' }).getByRole('listitem').count(), 3);
  await page.getByText('3 asked, 3 said yes, 0 met').waitFor();
  await call(alexander, 'PUT', `/free-time/shares/${arjun.handle}`); // when he is free, and nothing else
  await main(arjun).getByRole('region', { name: 'Introduced to you' }).getByRole('link', { name: alexander.name }).click();
  await page.getByRole('link', { name: 'Propose a meeting' }).click();
  await page.waitForURL(/\/meetings\/new\?/);
  await page.getByRole('heading', { level: 1 }).filter({ hasText: alexander.name }).waitFor();
  const times = page.getByRole('group', { name: `Good times for you and ${alexander.name}` });
  await times.waitFor();
  assert.ok((await times.getByRole('checkbox').count()) > 0, 'times that suit both are there to be taken');
  const { now } = await call(arjun, 'GET', '/server');
  const start = new Date(Date.parse(now) + 3_600_000);
  const { introductions } = await call(arjun, 'GET', askPath);
  for (const [at, who] of executives.entries()) {
    const hour = (hours) => new Date(start.getTime() + hours * 60_000).toISOString().replace(/\.\d+/, '');
    const { person } = introductions.find(({ target }) => target.name === who.name);
    const slots = [{ start: hour(at * 10), end: hour(at * 10 + 10) }];
    await known.may('arjun', 'where they meet', 'what the writer says of lunch');
    await known.may(who.handle, 'where they meet', 'what the writer says of lunch');
    const lunch = await call(arjun, 'POST', '/meetings', { person, kind: 'lunch', slots, places: [{ name: 'Silver Lantern', public: true }], zone: 'America/Toronto', message: 'Shall we?' });
    assert.equal(lunch.state, 'proposed', JSON.stringify(lunch));
    known.made(lunchWith(who), [lunch.id], 'arjun', who.handle);
    const mine = await call(who, 'GET', `/meetings/${lunch.id}`);
    assert.equal((await call(who, 'POST', `/meetings/${lunch.id}/answer`, { answer: 'accept', slot: mine.slots[0].id, place: mine.places[0].id })).state, 'scheduled');
    await shake(arjun, who);
  }
});

test('the ask shows three met, and the consultant is told and thanked', async () => {
  const { page } = all.arjun;
  await open(page, program, askPath);
  await main(arjun).getByRole('img', { name: '3 of 4 met' }).waitFor();
  await page.getByText('3 asked, 3 said yes, 3 met').waitFor();
  for (const who of [arjun, catherine, ...executives]) await known.may(who.handle, 'the article');
  await known.may('arjun', 'thanks');
  await known.may('catherine', 'thanks');
  await page.getByLabel('Its address').fill('https://news.example/trust');
  await page.getByRole('button', { name: 'Tell all who helped' }).click();
  await page.getByRole('link', { name: 'https://news.example/trust' }).waitFor();
  await main(arjun).getByRole('region', { name: 'Introduced to you' }).getByRole('link', { name: dora.name }).click();
  await page.getByLabel(`A few words to ${catherine.name}`).fill('Three lunches, thanks to you.');
  await page.getByRole('button', { name: 'Say thank you' }).click();
  await page.getByText('You said: “Three lunches, thanks to you.”').waitFor();
  assert.deepEqual(await findings(page), []);
  const told = all.catherine.page;
  for (let tries = 0; (await call(catherine, 'GET', '/introductions')).items.filter(({ met_at: met }) => met).length < 3; tries += 1) {
    assert.ok(tries < 60, 'the consultant is not told that they met');
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  await open(told, program, introduced[dora.name]);
  await told.getByText('They have met face to face, because you introduced them.').waitFor();
  await told.getByText('Three lunches, thanks to you.').waitFor();
  assert.deepEqual(await findings(told), []);
});

test('in the end nobody has read what they should not know', async () => {
  for (const who of [arjun, catherine, ...executives]) {
    for (const path of ['/', '/people', '/meetings', '/asks']) await open(all[who.handle].page, program, path);
    for (const path of ['/introductions', '/asks/received', '/encounters', '/people', '/meetings', '/reminders']) await call(who, 'GET', path);
  }
  const looked = await known.check();
  assert.ok(looked > 50, `only ${looked} texts were looked at`);
});

test('whoever learns more than their list allows is caught', async () => {
  const leaks = [
    ['arjun', '{"name":"Meiling Ouyang"}'], // who said not now
    ['arjun', 'Dora likes to be flattered'],
    ['catherine', 'Lunch at the Silver Lantern'],
    ['alexander', '<li>dora lindqvist</li>'],
    ['dora', edgar.email],
    ['edgar', 'Three lunches, thanks to you.'],
    ['guest', catherine.email],
  ];
  for (const [name, text] of leaks) {
    known.hear(name, 'a leak', text);
    await assert.rejects(known.check(), /has read/, `${name}: ${text}`);
  }
  for (const who of [...executives, meiling]) {
    known.hear(executives.find((each) => each !== who).handle, 'a leak', `{"id":"${introduced[who.name].split('/').at(-1)}"}`);
    await assert.rejects(known.check(), /has read/);
  }
  await known.check();
});
