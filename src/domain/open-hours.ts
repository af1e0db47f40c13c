import type { SendWindow } from './calendar.ts';
import { type Day, instantAt } from './day.ts';

/** Instants from which and until which something is open; the end is outside. */
export interface OpenSpan {
  readonly from: Date;
  readonly to: Date;
}

/**
 * When all of several windows are open on a day in all of several zones (IANA names): the latest start and the earliest
 * end. Null: never on that day. Wall-clock times that daylight saving skips move forward, as Temporal has it. Throws
 * RangeError without a window or a zone.
 */
export function openOn(on: Day, windows: readonly SendWindow[], zones: readonly string[]): OpenSpan | null {
  const spans = windows.flatMap(({ from, to }) =>
    zones.map((zone) => ({ from: instantAt(on, from, zone), to: instantAt(on, to, zone) })),
  );
  const [first, ...rest] = spans;
  if (first === undefined) throw new RangeError('hours need a window and a zone');
  const both = rest.reduce(
    (all, span) => ({
      from: span.from > all.from ? span.from : all.from,
      to: span.to < all.to ? span.to : all.to,
    }),
    first,
  );
  return both.from < both.to ? both : null;
}
