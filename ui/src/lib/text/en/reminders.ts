// reminders.ts — words of reminders, of how often one wants to be in touch, and of how the year looks.
import type { Words } from '../plural';

export const reminders = (w: Words) => {
  const days = (n: number) =>
    n === 7 ? 'a week' : n === 30 ? 'a month' : n === 61 ? 'two months' : n === 91 ? 'three months' : n === 182 ? 'half a year' : n === 365 ? 'a year' : n % 7 === 0 ? w.plural(n / 7, { one: 'a week', other: '# weeks' }) : w.plural(n, { one: 'a day', other: '# days' });
  return {
    title: 'Worth a thought',
    open: { prepare: 'Read before you go', confirm: 'Say so', follow_up: 'See what you noted', birthday: 'See who it is', cold: 'See who it is', pace: 'See the goal', trip: 'See who it is' },
    done: 'Done',
    later: 'Not now',
    rest: { tomorrow: 'Again tomorrow', week: 'Again in a week' },
    mute: {
      prepare: 'No more reminders before meetings',
      confirm: 'No more questions after meetings',
      follow_up: 'No more next steps',
      birthday: 'No more birthdays',
      cold: 'No more of people gone quiet',
      pace: 'No more of the goal',
      trip: 'No more of trips',
    },
    fate: { done: 'Done.', tomorrow: 'It comes back tomorrow.', week: 'It comes back in a week.', muted: 'No more of these.' },
    settings: 'Change that',
    text: 'A nudge now and then, each with its reason, and each only once. Nothing happens when you leave one alone.',
    aWeek: 'Reminders a week, at most',
    aWeekHint: '0 for none. The best come first; a third is kept for what cannot wait.',
    kinds: 'About',
    kind: { prepare: 'A meeting that is near', confirm: 'A meeting that is past', follow_up: 'A next step', birthday: 'A birthday', cold: 'Somebody gone quiet', pace: 'The year’s goal', trip: 'A trip that meets yours' },
    kindHint: {
      prepare: 'Who it is, what you traded last, what was promised.',
      confirm: 'Did you meet? Asked once, a day later.',
      follow_up: 'You noted one, and nothing is known since.',
      birthday: 'In the week before.',
      cold: 'Silent for three times as long as usual, or for as long as you say on their page.',
      trip: 'Somebody who shares a trip with you comes to where you live, or to where you will be.',
      pace: 'When an even pace would be two people or more ahead of you; once a month at most.',
    },
    mail: 'By mail',
    digest: 'One mail a week with what is open',
    day: 'On',
    pause: 'Rest from all of them until',
    pauseHint: 'On that day they come again. Empty: no rest.',
    save: 'Save',
    cadence: {
      label: 'Keep in touch about every',
      none: 'nothing in particular',
      days,
      usual: (n: number) => `So far it has been about every ${n < 14 ? w.plural(n, { one: 'day', other: '# days' }) : n < 60 ? w.plural(Math.round(n / 7), { one: 'week', other: '# weeks' }) : w.plural(Math.round(n / 30.44), { one: 'month', other: '# months' })}.`,
      unknown: 'What is usual between you is not known yet.',
    },
    goal: {
      paused: (goal: number) => `Your goal of ${w.number(goal)} is paused. Nothing is expected meanwhile.`,
      pause: 'Pause it',
      resume: 'Go on with it',
      pauseHint: 'The time of a pause is taken out of the year: you are not behind when you come back.',
      expected: (n: number) => `An even pace would be about ${w.number(Math.round(n))} by now.`,
      planned: (n: number) => w.plural(n, { one: 'What is agreed will bring one more person.', other: 'What is agreed will bring # more people.' }),
      atThisPace: (n: number) => `If the year goes on like this, it comes to about ${w.number(n)}.`,
      parts: 'Of these',
      partsHint: 'If you like: how many of them are to be friends, customers and so on. Empty: no matter.',
      part: (met: number) => `${w.number(met)} so far`,
      /** "Friends: 4 of 12" */
      stands: (relation: string, met: number, goal: number) => `${relation}: ${w.number(met)} of ${w.number(goal)}`,
    },
  };
};
