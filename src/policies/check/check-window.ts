import type { SendWindow } from '../../domain/calendar.ts';
import type { Findings } from './findings.ts';

/** The hours in which a business may be written to anywhere (email-and-law 3.7, row 4). */
const lawful = { from: 8 * 60, to: 18 * 60 };
/** A shorter window than this could pass between two runs of a busy machine. */
const LEAST_MINUTES = 30;

/** SEQ-12, SEQ-13: wall-clock times of one day, the start included, the end not. */
export function checkWindow(found: Findings, window: SendWindow): void {
  const [from, to] = [minutesOf(window.from), minutesOf(window.to)];
  for (const [part, minutes] of [
    ['from', from],
    ['to', to],
  ] as const)
    if (minutes === null)
      found.at(part).refuse('That is no time of day.', 'Write it as HH:MM, from 00:00 to 23:59.');
  if (from === null || to === null) return;
  if (to <= from) {
    found
      .at('to')
      .refuse(
        `The window ends at ${window.to}, before it starts at ${window.from}.`,
        'Let it end later on the same day.',
      );
    return;
  }
  const usable = Math.min(to, lawful.to) - Math.max(from, lawful.from);
  if (usable < LEAST_MINUTES)
    found
      .at('from')
      .refuse(
        `Between ${window.from} and ${window.to} there is not half an hour in which a customer may be written to.`,
        'Keep at least half an hour between 08:00 and 18:00.',
      );
  else if (from < lawful.from || to > lawful.to)
    found
      .at(from < lawful.from ? 'from' : 'to')
      .warn('Before 08:00 and after 18:00 nothing is sent to a business.', 'Stay within these hours.');
}

/** SEQ-12: ISO weekdays, at least one that can be a business day. */
export function checkSendDays(found: Findings, days: readonly number[]): void {
  if (days.some((day) => !Number.isSafeInteger(day) || day < 1 || day > 7)) {
    found.refuse('There is a day that no week has.', 'Use 1 for Monday to 7 for Sunday.');
    return;
  }
  if (new Set(days).size < days.length) found.refuse('A day is named twice.', 'Name each day once.');
  if (!days.some((day) => day <= 5))
    found.refuse(
      days.length === 0
        ? 'There is no day on which anything may be sent.'
        : 'Saturdays and Sundays are business days in few countries: nearly nobody could be sent anything.',
      'Choose at least one day from Monday to Friday; to send nothing, choose no sequence.',
    );
  else if (days.some((day) => day > 5))
    found.warn(
      'Saturdays and Sundays are business days in few countries; elsewhere nothing is sent on them.',
      'Choose among Monday to Friday, unless your customers are there.',
    );
}

function minutesOf(time: string): number | null {
  const [, hours, minutes] = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(time) ?? [];
  return hours === undefined ? null : Number(hours) * 60 + Number(minutes);
}
