// knowledge.mjs — who may know what. Everything that a story's people could learn has a label; each person has a list of the labels they
// may know by now, which grows as the story goes on. Whatever a browser was answered or has shown is held against it: what is not
// allowed is forbidden, nobody has to think of it.
import assert from 'node:assert/strict';

/** In the page: tells all of its text whenever it has changed, what only a screen reader says included; not what somebody types. */
function tellText() {
  let waiting = false;
  const attributes = ['aria-label', 'aria-description', 'title', 'alt', 'placeholder'];
  const tell = () => {
    waiting = false;
    if (!document.body) return;
    const said = [...document.querySelectorAll(attributes.map((name) => `[${name}]`).join())].flatMap((node) => attributes.map((name) => node.getAttribute(name) ?? ''));
    globalThis.tellKnowledge([document.title, document.body.textContent, ...said].join('\n'));
  };
  const later = () => {
    if (!waiting) setTimeout(tell, 50);
    waiting = true;
  };
  new MutationObserver(later).observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
  later();
}

const escaped = (term) => term.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
/** As a word or a number of its own: “Ann” is not in “Hannah”, 12 not in 123. */
const finder = (term) => new RegExp(`(?<![\\p{L}\\p{N}])${escaped(term)}(?![\\p{L}\\p{N}])`, 'iu');

export class Knowledge {
  #terms = new Map(); // label → what it is told by
  #people = new Map(); // name → { allowed, texts }

  /** Something there is to know. */
  there(label, ...terms) {
    const known = this.#terms.get(label) ?? [];
    this.#terms.set(label, [...known, ...terms.map((term) => [term, finder(term)])]);
    return label;
  }
  /** Something that was not there before, such as a record’s number, with those who may know it from the start. */
  made(label, terms, ...names) {
    this.there(label, ...terms);
    for (const name of names) this.#people.get(name).allowed.add(label);
  }

  /** Keeps what this browser is answered and shows from now on. Before its first page. */
  async watch(name, { context }, pattern = /\/(api\/visavis|i)\//) {
    const person = { allowed: new Set(), texts: [] };
    this.#people.set(name, person);
    context.on('response', (response) => {
      if (pattern.test(response.url())) person.texts.push(response.text().then((text) => [new URL(response.url()).pathname, text], () => ['', '']));
    });
    await context.exposeBinding('tellKnowledge', ({ page: from }, text) => person.texts.push([`the page ${new URL(from.url()).pathname}`, text]));
    await context.addInitScript(tellText);
  }

  /** From now on; what came before is held against what was allowed until now. */
  async may(name, ...labels) {
    await this.check();
    for (const label of labels) {
      assert.ok(this.#terms.has(label), `nothing is called “${label}”`);
      this.#people.get(name).allowed.add(label);
    }
  }

  /** For a test of this test. */
  hear(name, where, text) {
    this.#people.get(name).texts.push([where, text]);
  }

  /** Nobody has learnt what they may not know. How many texts were looked at. */
  async check() {
    let looked = 0;
    const leaks = new Set();
    for (const [name, { allowed, texts }] of this.#people)
      for (const [where, text] of await Promise.all(texts.splice(0))) {
        looked += 1;
        for (const [label, terms] of this.#terms)
          if (!allowed.has(label)) for (const [term, found] of terms) if (found.test(text)) leaks.add(`${name} has read “${term}” (${label}) in ${where}: ${around(text, found)}`);
      }
    assert.deepEqual([...leaks], []);
    return looked;
  }
}

function around(text, found) {
  const at = text.search(found);
  return text.slice(Math.max(0, at - 60), at + 60).replaceAll(/\s+/g, ' ');
}
