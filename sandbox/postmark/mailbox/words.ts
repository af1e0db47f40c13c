/** An instant for a person: `20 Nov 2026, 09:00 UTC`. */
export function whenWords(instant: string): string {
  const words = new Intl.DateTimeFormat('en-GB', {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone: 'UTC',
  });
  return `${words.format(new Date(instant))} UTC`;
}

/** Bytes for a person. */
export function sizeWords(bytes: number): string {
  return bytes < 1024 ? `${bytes} B` : `${Math.round(bytes / 1024)} kB`;
}
