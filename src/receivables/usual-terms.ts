import { addDays, type Day } from '../domain/day.ts';

/**
 * The due date that payment terms in words give an invoice of that day; null: these words say no day. Days are those of
 * the company's zone.
 */
export function dueByTerms(terms: string, issuedOn: Day): Day | null {
  const words = terms.trim().toLowerCase();
  if (/^(?:due on receipt|due upon receipt)$/.test(words)) return issuedOn;
  const net = countIn(/^net[ -]?(\d{1,3})(?: days)?$/, words);
  if (net !== null) return addDays(issuedOn, net);
  const issued = Temporal.PlainDate.from(issuedOn);
  const afterMonth = countIn(/^(\d{1,3}) days after the end of the invoice month$/, words);
  if (afterMonth !== null) return asDay(issued.with({ day: issued.daysInMonth }).add({ days: afterMonth }));
  const ofMonth = countIn(/^day (\d{1,2}) of the invoice month$/, words);
  if (ofMonth !== null && ofMonth > 0) return asDay(issued.with({ day: ofMonth }));
  const ofNext = countIn(/^day (\d{1,2}) of the month after the invoice$/, words);
  if (ofNext !== null && ofNext > 0)
    return asDay(issued.with({ day: 1 }).add({ months: 1 }).with({ day: ofNext }));
  return null;
}

function countIn(form: RegExp, words: string): number | null {
  const found = form.exec(words);
  return found?.[1] === undefined ? null : Number(found[1]);
}

function asDay(of: Temporal.PlainDate): Day {
  return of.toString() as Day;
}

/** At least so many other invoices must agree before one that differs stands out. */
export const LEAST_OTHERS = 3;

/** Whether what `alike` of `others` other invoices have is their custom: at least 3 others, and two thirds of them. */
export function isCustom(alike: number, others: number): boolean {
  return others >= LEAST_OTHERS && alike * 3 >= others * 2;
}

export function sameTerms(one: string, other: string): boolean {
  return foldTerms(one) === foldTerms(other);
}

/** The terms as they are compared: differences of case, spaces and hyphens are none. */
export function foldTerms(terms: string): string {
  return terms.toLowerCase().replace(/[\s.-]+/g, '');
}
