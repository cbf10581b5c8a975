// birthday.ts — when somebody's next birthday is; 29 February is kept on 1 March in other years.

export interface Birthday {
  year: number | null;
  month: number;
  day: number;
}

/** Days until it, 0 today, and the age that is reached then, when the year is known. `today` is [year, month from 0, day]. */
export function nextBirthday(birthday: Birthday, today: [number, number, number]): { days: number; turns: number | null } {
  const now = Date.UTC(...today);
  const inYear = (year: number) => Date.UTC(year, birthday.month - 1, birthday.day);
  const year = inYear(today[0]) >= now ? today[0] : today[0] + 1;
  return { days: Math.round((inYear(year) - now) / 86_400_000), turns: birthday.year ? year - birthday.year : null };
}
