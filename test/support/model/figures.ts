/** What a customer owes in one currency, in minor units; what is past due stands in its age. */
export interface Figures {
  open: number;
  notDue: number;
  late1to30: number;
  late31to60: number;
  late61to90: number;
  lateOver90: number;
  credits: number;
}

export type Age = Exclude<keyof Figures, 'open' | 'credits'>;
export type AgeRules = (due: string | null, today: string) => Age;

export function noFigures(): Figures {
  return { open: 0, notDue: 0, late1to30: 0, late31to60: 0, late61to90: 0, lateOver90: 0, credits: 0 };
}

/** R1: due today is not past due, and what has no due day never is. Days in the company's zone. */
export const ordinaryAges: AgeRules = (due, today) => {
  const late = due === null ? 0 : Temporal.PlainDate.from(due).until(today, { largestUnit: 'day' }).days;
  if (late < 1) return 'notDue';
  if (late < 31) return 'late1to30';
  if (late < 61) return 'late31to60';
  return late < 91 ? 'late61to90' : 'lateOver90';
};

/** Differences between two lots of figures, in words; an absent one is the same as nothing owed. */
export function differences(
  what: string,
  expected: ReadonlyMap<string, Figures>,
  found: ReadonlyMap<string, Figures>,
  labelOf: (customerId: string) => string,
): string[] {
  const wrong: string[] = [];
  for (const key of new Set([...expected.keys(), ...found.keys()])) {
    const [one, other] = [expected.get(key) ?? noFigures(), found.get(key) ?? noFigures()];
    const [customer = '', currency = ''] = key.split(' ');
    for (const name of Object.keys(one) as (keyof Figures)[]) {
      if (one[name] === other[name]) continue;
      wrong.push(
        `${labelOf(customer)} ${currency}: ${name} is ${other[name]} ${what}, should be ${one[name]}`,
      );
    }
  }
  return wrong;
}
