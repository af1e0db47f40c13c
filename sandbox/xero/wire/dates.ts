/**
 * Xero's spellings of time. A business day is midnight UTC of the organisation's local day; an instant is UTC.
 */

/** `2018-10-20` → `/Date(1539993600000+0000)/`. */
export function msDay(day: string): string {
  return `/Date(${Date.parse(`${day}T00:00:00Z`)}+0000)/`;
}

/** `2018-10-20` → `2018-10-20T00:00:00`, without a zone. */
export function dayString(day: string): string {
  return `${day}T00:00:00`;
}

/** An ISO instant → `/Date(ms+0000)/`. */
export function msInstant(instant: string): string {
  return `/Date(${Date.parse(instant)}+0000)/`;
}

/** An ISO instant → `/Date(ms)/`: the envelope and a new history record leave the offset out. */
export function msBare(instant: string): string {
  return `/Date(${Date.parse(instant)})/`;
}

/** An ISO instant → `2018-11-02T16:36:32Z`. */
export function utcString(instant: string): string {
  return `${new Date(instant).toISOString().slice(0, 19)}Z`;
}

/** An ISO instant → `2018-11-08T15:01:21`: history leaves the Z out. */
export function utcStringBare(instant: string): string {
  return new Date(instant).toISOString().slice(0, 19);
}

/** An ISO instant → `2019-12-07T18:46:19.5165400`: connections have seven digits and no zone. */
export function sevenDigits(instant: string): string {
  return `${new Date(instant).toISOString().slice(0, 23)}0000`;
}

/** An ISO instant → `2024-06-21T01:15:39.902`: webhook events have three digits and no zone. */
export function eventDate(instant: string): string {
  return new Date(instant).toISOString().slice(0, 23);
}
