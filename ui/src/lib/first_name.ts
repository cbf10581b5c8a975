// first_name.ts — what somebody is called in a sentence; the server's letters begin the same way (core/names.h).

/** Words that stand before a name and alone name nobody. */
const notAlone = new Set('aunt auntie brother cousin dr father fr grandma grandpa lady lord madame mr mrs ms prof professor sir sister uncle'.split(' '));

/** "Nancy" of "Nancy Featherstone", but all of "Cousin Jon" and "Dr. Osei". */
export function firstName(name: string): string {
  const whole = name.trim();
  const first = whole.split(/\s+/)[0] ?? whole;
  return notAlone.has(first.toLowerCase().replace(/\.$/, '')) ? whole : first;
}
