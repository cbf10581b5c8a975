// brief.ts — what is good to know before one meets somebody, in sentences.
import type { PersonDetail } from '$lib/api/types';
import { t } from '$lib/text';
import type { Dates } from '$lib/time/format';

export function brief(person: PersonDetail, dates: Dates): string[] {
  const say = t.today.brief;
  const lines = [say.role(person.title, person.organisation, t.aRelation[person.relation])];
  const last = person.encounters_list
    .filter((encounter) => encounter.start.slice(0, 19) <= (person.last_met ?? '').slice(0, 19))
    .toSorted((a, b) => b.start.localeCompare(a.start))[0];
  if (person.last_met) lines.push(say.lastMet(dates.date(person.last_met), last?.place.name ?? null));
  else lines.push(say.never);
  const messages = person.contacts.in + person.contacts.out;
  if (messages > 0 && person.first_contact) lines.push(say.wrote(messages, dates.month(person.first_contact)));
  if (person.next_step) lines.push(say.step(person.next_step));
  if (person.note) lines.push(say.note(person.note));
  return lines;
}
