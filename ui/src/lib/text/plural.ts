// plural.ts — the form of a noun that goes with a number, by the language's own rules.

export type Forms = Partial<Record<Intl.LDMLPluralRule, string>> & { other: string };

export interface Words {
  /** `forms` for `n`, with each "#" replaced by the number: people(1) → "1 person". */
  plural(n: number, forms: Forms): string;
  /** A number as the language writes it: 1,234. */
  number(n: number): string;
  list(items: string[]): string;
}

export function wordsOf(locale: string): Words {
  const rules = new Intl.PluralRules(locale);
  const numbers = new Intl.NumberFormat(locale);
  const lists = new Intl.ListFormat(locale, { type: 'conjunction' });
  return {
    plural: (n, forms) => (forms[rules.select(n)] ?? forms.other).replaceAll('#', numbers.format(n)),
    number: (n) => numbers.format(n),
    list: (items) => lists.format(items),
  };
}
