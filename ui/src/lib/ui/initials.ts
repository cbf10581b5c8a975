// initials.ts — what stands for a person without a picture.

/** A bare telephone number in a name's place. */
export function isNumber(name: string): boolean {
  return /^[+\d][\d\s()./-]*$/.test(name.trim());
}

/** The first letters of the first and the last word; of an address its first sign; nothing of a number. */
export function initialsOf(name: string): string {
  if (isNumber(name)) return '';
  const words = name.replace(/\(.*?\)/g, ' ').split(/[\s.,]+/u).filter((word) => /^\p{L}/u.test(word));
  const [first, last] = [words[0], words.length > 1 ? words[words.length - 1] : undefined];
  const letter = (word: string | undefined) => (word ? (Array.from(word)[0] ?? '') : '');
  return (letter(first) + letter(last)).toLocaleUpperCase() || (Array.from(name.trim())[0] ?? '');
}
