/** An instant as `MetaData` prints it: the zone's own time with its offset of that day, seconds only. */
export function stamp(instant: string | Date, timeZone: string): string {
  return zoned(instant, timeZone).toString({ smallestUnit: 'second', timeZoneName: 'never' });
}

/**
 * An instant as the envelope's `time` prints it: with milliseconds, in the time of Intuit's own machines.
 * So nobody can read the company's zone from it.
 */
export function envelopeTime(now: Date): string {
  return zoned(now, 'America/Los_Angeles').toString({ smallestUnit: 'millisecond', timeZoneName: 'never' });
}

function zoned(instant: string | Date, timeZone: string): Temporal.ZonedDateTime {
  const iso = typeof instant === 'string' ? instant : instant.toISOString();
  return Temporal.Instant.from(iso).toZonedDateTimeISO(timeZone);
}
