import { createHash } from 'node:crypto';
import type { SandboxClock } from '../../clock.ts';
import type { DocStore } from '../../store.ts';
import { XeroRefusal } from '../wire/problem.ts';

const KIND = 'xero-repeat';
const KEPT = 6 * 60_000;

interface Remembered {
  request: string;
  status: number;
  body: string;
  at: number;
}

/** The answers to writes with an Idempotency-Key, kept for six minutes; errors are kept as well. Durable. */
export class IdempotencyMemory {
  constructor(
    private readonly store: DocStore,
    private readonly clock: SandboxClock,
  ) {}

  /**
   * Runs `write` once per key, or gives back its first answer. The scope is the app, not the organisation.
   * Throws 400 when the key is too long or came with another request before.
   */
  once(
    key: string | undefined,
    request: string,
    write: () => { status: number; body: string },
  ): { status: number; body: string } {
    if (key === undefined || key === '') return write();
    if (key.length > 128) throw refusal('The Idempotency-Key header is longer than 128 characters.');
    const print = createHash('sha256').update(request).digest('hex');
    const now = this.clock.now().getTime();
    const known = this.store.all<Remembered>(KIND).get(key);
    if (known && now - known.at < KEPT) {
      if (known.request !== print) throw refusal('The idempotency key was used with a different request.');
      return known;
    }
    // one transaction: a kill between the note and its memory would make a second note of the retry
    return this.store.transaction(() => {
      const answer = write();
      this.store.put(KIND, key, { request: print, status: answer.status, body: answer.body, at: now });
      return answer;
    });
  }
}

function refusal(message: string): XeroRefusal {
  return new XeroRefusal(400, {
    ErrorNumber: 10,
    Type: 'ValidationException',
    Message: message,
    Elements: [],
  });
}
