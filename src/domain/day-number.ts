/**
 * Days of the calendar as numbers, counted from 0000-03-01: a year that begins in March has its leap day at its end.
 * Reckoned here, as every open invoice asks several times whenever positions are computed; a test holds it against Temporal.
 */

const DAYS_IN_400_YEARS = 146_097;

/** The number of a day `YYYY-MM-DD`; a day of more digits, and what is none, is left to Temporal (RangeError). */
export function dayNumber(of: string): number {
  const month = digits(of, 5, 7);
  const year = digits(of, 0, 4) - (month <= 2 ? 1 : 0);
  const inYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + digits(of, 8, 10) - 1;
  const number = year * 365 + Math.floor(year / 4) - Math.floor(year / 100) + Math.floor(year / 400) + inYear;
  if (of.length === 10 && !Number.isNaN(number)) return number;
  return Temporal.PlainDate.from('0000-03-01').until(of, { largestUnit: 'days' }).days;
}

/** The number that these places of a text write; NaN when one of them is no digit. */
function digits(text: string, from: number, to: number): number {
  let number = 0;
  for (let place = from; place < to; place += 1) {
    const digit = text.charCodeAt(place) - 48;
    if (!(digit >= 0 && digit <= 9)) return Number.NaN;
    number = number * 10 + digit;
  }
  return number;
}

/** The day of a number: `YYYY-MM-DD` in the years 1 to 9999, beyond them as Temporal writes it. */
export function dayOfNumber(number: number): string {
  if (!(number >= FIRST && number <= LAST))
    return Temporal.PlainDate.from('0000-03-01').add({ days: number }).toString();
  const era = Math.floor(number / DAYS_IN_400_YEARS);
  const inEra = number - era * DAYS_IN_400_YEARS;
  const yearOfEra = Math.floor(
    (inEra - Math.floor(inEra / 1_460) + Math.floor(inEra / 36_524) - Math.floor(inEra / 146_096)) / 365,
  );
  const inYear = inEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthFromMarch = Math.floor((5 * inYear + 2) / 153);
  const date = inYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1;
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
  const year = era * 400 + yearOfEra + (month <= 2 ? 1 : 0);
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(date)}`;
}

/** ISO weekday of a day's number: 1 Monday … 7 Sunday; day 0 was a Wednesday. */
export function weekdayOfNumber(number: number): number {
  return ((((number + 2) % 7) + 7) % 7) + 1;
}

function two(part: number): string {
  return part < 10 ? `0${part}` : String(part);
}

const FIRST = dayNumber('0001-01-01');
const LAST = dayNumber('9999-12-31');
