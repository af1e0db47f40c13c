import { dayAt, formatDay, parseDay } from '../domain/day.ts';
import { instalmentStep } from '../dunning/instalment.ts';
import { emailSteps } from '../policies/policy.ts';

/** How long ago an instant was, in words: `just now`, `4 min ago`, `3 h ago`, `2 days ago`. */
export function ago(then: Date, now: Date): string {
  const minutes = Math.floor((now.getTime() - then.getTime()) / 60_000);
  if (minutes < 1) return 'just now';
  if (minutes < 60) return `${minutes} min ago`;
  if (minutes < 48 * 60) return `${Math.floor(minutes / 60)} h ago`;
  return `${Math.floor(minutes / (24 * 60))} days ago`;
}

/** An instant as a reader in `zone` (IANA name) sees it: `Thu, 3 Dec 2026, 09:00`. */
export function timeWords(instant: Date, zone: string, locale: string): string {
  return `${formatDay(dayAt(instant, zone), locale, true)}, ${clockTime(instant, zone)}`;
}

/** The wall-clock time `HH:MM` at an instant in a zone. */
export function clockTime(instant: Date, zone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(instant.getTime())
    .toZonedDateTimeISO(zone)
    .toPlainTime()
    .toString({ smallestUnit: 'minute' });
}

/** `1 reminder`, `14 reminders`, `2 companies`: a count with its noun. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
}

/** What a step is called on every page: `second reminder`, `final notice`. */
export function stepWords(stepKey: string): string {
  const known = [...emailSteps, instalmentStep].find((step) => step.key === stepKey);
  return known?.name ?? stepKey.replaceAll('_', ' ');
}

/** The first letter as a capital, the rest untouched. */
export function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Calendar days inside a sentence, written as the company writes them: `until 2026-12-03` → `until 3 Dec 2026`. */
export function daysInWords(sentence: string, locale: string): string {
  return sentence.replace(/\b\d{4}-\d{2}-\d{2}\b/g, (text) => {
    const found = parseDay(text);
    return found === null ? text : formatDay(found, locale);
  });
}

/** Splits `R8: the ledger sent …` into its rule and its sentence; the rule is empty when the words carry none. */
export function splitRule(words: string): { readonly rule: string; readonly words: string } {
  const match = /^([RSD]\d{1,2}): (.*)$/s.exec(words);
  return match === null ? { rule: '', words } : { rule: match[1] ?? '', words: capital(match[2] ?? '') };
}
