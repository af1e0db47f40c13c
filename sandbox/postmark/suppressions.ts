import type { DocStore } from '../store.ts';

export type SuppressionReason = 'HardBounce' | 'SpamComplaint' | 'ManualSuppression';

/** An address that gets nothing more on a stream. */
export interface Suppression {
  stream: string;
  email: string;
  reason: SuppressionReason;
  origin: 'Recipient' | 'Customer' | 'Admin';
  at: string;
}

const KIND = 'postmark-suppression';

/** Suppression lists, one per stream; durable. */
export class Suppressions {
  constructor(private readonly store: DocStore) {}

  of(stream: string): Suppression[] {
    return [...this.store.all<Suppression>(KIND).values()].filter((each) => each.stream === stream);
  }

  get(stream: string, email: string): Suppression | undefined {
    return this.store.all<Suppression>(KIND).get(key(stream, email));
  }

  /** Adds the address, unless it is there for a weightier reason. */
  add(row: Suppression): void {
    if (this.get(row.stream, row.email)?.reason === 'SpamComplaint') return;
    this.store.put(KIND, key(row.stream, row.email), row);
  }

  /** False for a complaint: those can never be taken back. */
  remove(stream: string, email: string): boolean {
    if (this.get(stream, email)?.reason === 'SpamComplaint') return false;
    this.store.remove(KIND, key(stream, email));
    return true;
  }
}

function key(stream: string, email: string): string {
  return `${stream}:${email.toLowerCase()}`;
}
