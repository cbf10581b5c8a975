import { describe, expect, it } from 'vitest';
import { Problem } from '$lib/api/problem';
import { t } from './index';
import { wordsOf } from './plural';
import { explain } from './problems';

describe('words', () => {
  it('follow the language’s plural rules', () => {
    const polish = wordsOf('pl');
    const forms = { one: '# osoba', few: '# osoby', many: '# osób', other: '# osoby' };
    expect([1, 3, 5, 22].map((n) => polish.plural(n, forms))).toEqual(['1 osoba', '3 osoby', '5 osób', '22 osoby']);
  });
  it('write large numbers as the language does', () => expect(wordsOf('en').plural(30000, { one: '# person', other: '# people' })).toBe('30,000 people'));
  it('say how the year stands', () => {
    expect(t.today.goal(60, 46, 6, 8)).toBe('Your goal is 60. Fourteen to go in six weeks; eight meetings are planned.');
    expect(t.today.goal(40, 46, 6, 0)).toBe('Your goal of 40 is reached; nothing is planned yet.');
    expect(t.today.noGoal(1)).toBe('One meeting is planned.');
  });
  it('say a time zone by its city', () => expect(t.meetings.zoneNote('America/Argentina/Buenos_Aires')).toBe('Times are for Buenos Aires.'));
  it('count handshakes with the right ending', () => {
    expect(t.handshake.done.count(47, true)).toContain('47th person');
    expect(t.handshake.done.count(22, true)).toContain('22nd person');
    expect(t.handshake.done.count(11, true)).toContain('11th person');
  });
  it('tell how sure a guess is', () => {
    expect(t.people.review.verdict(false, 1)).toBe('Probably two people, we think, nine times in ten.');
    expect(t.people.review.verdict(true, 8)).toBe('Probably one person, we think, eight times in ten.');
    expect(t.people.review.verdict(false, 5)).toBe('We can’t tell.');
  });
});

describe('errors', () => {
  it('use the server’s sentence where it has one', () => expect(explain(new Problem(409, 'meeting.closed', 'this meeting is over'))).toBe('This meeting is over.'));
  it('never show the inside of a broken server', () => expect(explain(new Problem(500, 'http.500', 'SOCI: disk I/O error'))).toBe(t.problem.unknown));
  it('say how long to wait', () => expect(explain(new Problem(429, 'throttled', '', null, 30))).toContain('30 seconds'));
  it('blame the page for its own faults', () => expect(explain(new Problem(0, 'page.fault', 'x is undefined'))).toBe(t.problem.byCode['page.fault']));

  it('say what to do without a network', () => expect(explain(new Problem(0, 'offline', 'Failed to fetch'))).toBe(t.problem.offline));
});
