import { msBare, msInstant, utcStringBare } from './dates.ts';
import type { Wire } from './envelope.ts';

/** Longest text of a history note. */
export const DETAILS_LIMIT = 2500;

/** One entry of History & notes. `at` is an ISO instant. */
export interface HistoryEntry {
  changes: string;
  text: string;
  at: string;
  /** The person who wrote it; absent: an app, or Xero itself. */
  author?: string;
}

/** As GET returns it. For every app the user is "System Generated", never the person behind it. */
export function historyRecord(entry: HistoryEntry): Wire {
  return {
    Changes: entry.changes,
    DateUTCString: utcStringBare(entry.at),
    DateUTC: msInstant(entry.at),
    User: entry.author ?? 'System Generated',
    Details: entry.text,
  };
}

/** As PUT returns it: no Changes, no User, no id. */
export function createdRecord(entry: HistoryEntry): Wire {
  return {
    DateUTCString: utcStringBare(entry.at),
    DateUTC: msBare(entry.at),
    Details: entry.text,
    ValidationErrors: [],
  };
}

/** What the ledger's own event calls itself. */
export function changesOf(kind: 'app' | 'system', text: string): string {
  if (kind === 'app') return 'Note';
  if (/void/i.test(text)) return 'Voided';
  if (/delet|remov/i.test(text)) return 'Deleted';
  if (/credit|alloc/i.test(text)) return 'Credit Applied';
  if (/paid|payment/i.test(text)) return 'Paid';
  if (/sent|e-?mail/i.test(text)) return 'Invoice sent';
  return /creat|approv/i.test(text) ? 'Approved' : 'Edited';
}
