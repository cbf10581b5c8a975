// today.ts — words of the first page.
import type { Words } from '../plural';

const small = 'no one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty'.split(' ');
const publicPlace: Record<string, string> = { lunch: 'a restaurant', dinner: 'a restaurant', walk: 'a park', conference: 'the entrance' };
const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

export const today = (w: Words) => {
  const spell = (n: number) => small[n] ?? w.number(n);
  return {
    title: 'Today',
    met: (n: number) => w.plural(n, { one: 'person met face to face this year', other: 'people met face to face this year' }),
    /** "Your goal is 60. Fourteen to go in six weeks; eight meetings are planned." */
    goal: (goal: number, met: number, weeks: number, planned: number) => {
      const left = goal - met;
      const plans = planned === 0 ? 'nothing is planned yet' : w.plural(planned, { one: 'one meeting is planned', other: `${spell(planned)} meetings are planned` });
      if (left <= 0) return `Your goal of ${w.number(goal)} is reached; ${plans}.`;
      const time = weeks <= 1 ? 'in the year’s last days' : `in ${spell(weeks)} weeks`;
      return `Your goal is ${w.number(goal)}. ${capital(spell(left))} to go ${time}; ${plans}.`;
    },
    noGoal: (planned: number) =>
      planned === 0 ? 'Nothing is planned yet.' : capital(w.plural(planned, { one: 'one meeting is planned.', other: `${spell(planned)} meetings are planned.` })),
    setGoal: 'Say how many you want to meet',
    strip: {
      name: (done: number, until: string, planned: number, most: number) =>
        `The year in 52 weeks: ${w.plural(done, { one: 'one encounter', other: '# encounters' })} until ${until}` +
        (planned > 0 ? `, and ${spell(planned)} more planned` : '') +
        (most > 1 ? `. The busiest week had ${spell(most)}.` : '.'),
      today: 'today',
      planned: 'Planned',
      month: 'Month',
      encounters: 'Encounters',
      people: 'Different people',
    },
    next: 'Next',
    all: 'All meetings',
    inCalendar: 'In your calendar.',
    nothingNext: 'No meeting is planned.',
    nothingNextDo: 'Propose one of those below, or find somebody in',
    read: 'Read before you go',
    change: 'Move or cancel',
    brief: {
      role: (title: string | null, organisation: string | null, relation: string) =>
        title && organisation ? `${title} at ${organisation}, ${relation}.` : title || organisation ? `${title || organisation}, ${relation}.` : capital(`${relation}.`),
      lastMet: (when: string, place: string | null) => `You last met on ${when}${place ? `, at ${place}` : ''}.`,
      never: 'You have not met face to face yet.',
      wrote: (n: number, month: string) => `${w.plural(n, { one: 'One message', other: '# messages' })} between you since ${month}.`,
      step: (text: string) => `Next step: ${text}`,
      note: (text: string) => `Your note: ${text}`,
    },
    answer: 'Waiting for your answer',
    confirm: 'Did you meet?',
    asks: (name: string) => `${name} asks`,
    wait: 'Look at it',
    vote: 'Say which times suit',
    yesMet: 'Yes, we met',
    notMet: 'No',
    whom: 'Whom will you see?',
    nobody: 'Nobody to suggest just now.',
    shelf: { all: 'The best', first: 'Never met', dormant: 'Long not seen', strong: 'In touch' },
    shelfEmpty: 'Nobody here just now.',
    never: 'Never suggest',
    neverDone: 'Not suggested any more.',
    nobodyDo: 'Bring the people you already know',
    propose: {
      coffee: 'Propose coffee',
      lunch: 'Propose lunch',
      dinner: 'Propose dinner',
      walk: 'Propose a walk',
      conference: 'Propose to meet there',
      gathering: 'Propose to meet',
      visit: 'Propose a visit',
    },
    /** A public place that the other may choose, for a suggestion that names none. */
    somewhere: (kind: string, city: string | null) => `${publicPlace[kind] ?? 'a café'}${city ? ` in ${city}` : ''}, you choose`,
    suggestedAt: (kind: string, when: string, place: string | null) => `${kind}, ${when}${place ? `, ${place}` : ''}`,
    later: 'Not now',
    reword: 'Change it first',
    proposed: (name: string) => `Proposed. ${name} is asked, and you hear of the answer here.`,
    proposedLink: (name: string) => `Ready. No address of ${name} is known here, so send this link yourself:`,
    see: 'See the meeting',
    laterDone: 'Not for now.',
    quoted: (text: string) => `“${text}”`,
    promise: 'What you see in italics is what they will get. Nothing else is sent.',
    review: (n: number) => w.plural(n, { one: 'One pair may be the same person', other: `${capital(spell(n))} pairs may be the same person` }),
    reviewWhy: 'Each takes a few seconds, and can be undone. Until then they count as two people.',
    stepsTitle: 'In your own time',
    steps: {
      people: 'Name a city and three people',
      imported: 'Bring the people you already know',
      importedMore: ', from LinkedIn, your calendar or your phone',
      goal: 'Say how many people you want to meet',
      goalMore: ' this year',
      shake: 'Shake hands',
      shakeMore: ' with the next person you see',
      done: 'Done: ',
      note: 'Each step can be skipped, and waits for you here.',
      hide: 'Hide these',
    },
  };
};
