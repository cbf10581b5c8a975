// handshake.ts — words of the handshake; read at arm's length, so they are few.
import type { Words } from '../plural';

const ordinal = new Intl.PluralRules('en', { type: 'ordinal' });
const nth = (n: number) => `${n}${{ one: 'st', two: 'nd', few: 'rd', other: 'th', zero: 'th', many: 'th' }[ordinal.select(n)]}`;

export const handshake = (w: Words) => ({
  title: 'Handshake',
  close: 'Close',
  show: {
    code: 'A code for the other phone',
    words: (words: string[]) => `Words: ${w.list(words)}`,
    how: 'Let the other phone scan this, or say the three words.',
    howOffline: 'Let the other phone scan this. The words need a connection.',
    life: (seconds: number) => w.plural(seconds, { one: 'A new code in # second', other: 'A new code in # seconds' }),
    left: (seconds: number) => w.plural(seconds, { one: '# second left for this code', other: '# seconds left for this code' }),
    scan: 'Scan theirs instead',
    place: 'Keep the place, to about ten kilometres, if both agree',
    noPlace: 'No exact place is ever kept.',
    waiting: 'Waiting for the other phone',
    preparing: 'Making a code',
    unsupported: 'This browser can’t make the keys a handshake needs. A newer one can: Chrome 137, Firefox 130 or Safari 17.',
    insecure: 'A handshake needs a secure connection (https). Ask whoever runs this server.',
    late: 'The code had run out. Here is a new one.',
  },
  confirm: {
    title: (name: string) => `${name} has read your code`,
    handle: (handle: string) => `@${handle}`,
    text: 'Is this who stands before you?',
    yes: 'Yes, shake hands',
    no: 'No',
    refused: 'Not confirmed. Nothing was kept.',
  },
  scan: {
    title: 'Scan their code',
    looking: 'Hold their code in front of the camera.',
    words: 'Or type the three words',
    wordsHint: 'As they stand under the code; the first four letters of each are enough.',
    submit: 'Read the words',
    back: 'Show mine instead',
    noCamera: 'The camera can’t be used here. Type the words, or open their code with your camera app.',
    camera: 'The camera’s picture',
    found: (name: string) => `This is ${name}’s code.`,
    sign: 'Shake hands',
    waiting: (name: string) => `Waiting for ${name} to confirm`,
  },
  done: {
    title: 'You have met',
    count: (n: number, first: boolean) => `${first ? `Your ${nth(n)} person this year, and the first time for both of you.` : `You have met ${w.plural(n, { one: '# person', other: '# people' })} this year.`}`,
    next: 'Note a next step',
    close: 'Close',
    receipt: 'Save the receipt',
  },
  again: 'Start again',
  over: 'The code had run out before both had signed. Start again.',
});
