import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Duly } from '../platform/context.ts';
import { inSystem } from '../platform/db.ts';
import { LedgerError } from '../platform/errors.ts';
import type { CallGate, CallNews, CallPurpose } from '../ports/call-gate.ts';
import type { LedgerProvider } from '../ports/ledger.ts';
import {
  type CallCaps,
  type CallVerdict,
  capsFor,
  isDeferred,
  refusalWords,
  waitInPlace,
} from './call-caps.ts';
import { countCall } from './call-count.ts';

type GateDuly = Pick<Duly, 'db' | 'clock' | 'log'>;

/** A call that a limit refused is made so often altogether; then it is left to the job's next run (RATE-02). */
const ATTEMPTS = 3;
/** Longer than any call may take; a process that dies in it gives its place back after this, by the database's clock. */
const LEASE = '75 seconds';

interface Target {
  readonly duly: GateDuly;
  readonly provider: Pick<LedgerProvider, 'key' | 'label'>;
  readonly books: Buffer;
  readonly caps: CallCaps;
}

/**
 * The gate to one set of books, for calls of one purpose. Every call takes a place in the database before it leaves
 * and gives it back after it, so that the limits hold over all processes; when the database does not answer, nothing
 * leaves (RATE-10). `ledgerRefHash` is the keyed hash of the vendor's id of the books.
 */
export function callGate(
  duly: GateDuly,
  provider: Pick<LedgerProvider, 'key' | 'label' | 'limits'>,
  ledgerRefHash: Buffer,
  purpose: CallPurpose,
): CallGate {
  const caps = capsFor(provider.limits, purpose);
  const target: Target = { duly, provider, books: ledgerRefHash, caps };
  return {
    async pass(kind, call) {
      for (let attempt = 1; ; attempt += 1) {
        const place = await takePlace(target, kind);
        let news: CallNews | null = null;
        try {
          const called = await call();
          news = called.news;
          // what was refused for a limit was not carried out: the same call again is the same question
          if (news === null || news.refused === null || attempt >= ATTEMPTS) return called.value;
        } finally {
          await givePlace(target, place, news);
          countCall(provider.key, kind, news);
        }
      }
    },
  };
}

/** Waits for a place while the wait is short. Throws LedgerError `rate_limited`, or `unavailable` without a database. */
async function takePlace(target: Target, kind: 'read' | 'write'): Promise<number> {
  const began = performance.now();
  for (;;) {
    const { callId, verdict, seconds } = await ask(target, kind);
    if (verdict === 'go' && callId !== null) return callId;
    const wait = waitInPlace(verdict, seconds, (performance.now() - began) / 1000);
    if (wait === null) throw refusal(target, verdict, seconds);
    await pause(wait * 1000);
  }
}

interface Asked {
  readonly callId: number | null;
  readonly verdict: CallVerdict;
  readonly seconds: number | null;
}

async function ask(target: Target, kind: 'read' | 'write'): Promise<Asked> {
  const { duly, provider, books, caps } = target;
  const perMinute = kind === 'write' ? caps.writesPerMinute : caps.perMinute;
  try {
    const { rows } = await inSystem(duly.db, (tx) =>
      sql<Asked>`
        select call_id as "callId", verdict, seconds from duly.take_call(${provider.key}, ${books}, ${kind === 'read'},
          ${duly.clock.now()}, ${LEASE}::interval, ${JSON.stringify({ ...caps, perMinute })}::jsonb)`.execute(
        tx,
      ),
    );
    const [row] = rows;
    if (row === undefined) throw new Error('the limits gave no answer');
    // the database compares with what it was given: only here it is known that the vendor would take more
    const share = row.verdict === 'minute' && perMinute < caps.perMinuteInAll;
    return share ? { ...row, verdict: 'minute_share' } : row;
  } catch (error) {
    duly.log.warn({ err: error, provider: provider.key }, 'the limits of a ledger could not be checked');
    throw new LedgerError('unavailable', 'Duly could not check its limits, so it asked nothing.', {
      retryAfterSeconds: 60,
    });
  }
}

/** A place that could not be given back frees itself; the call is not undone by it. */
async function givePlace(target: Target, callId: number, news: CallNews | null): Promise<void> {
  const { duly, provider, books, caps } = target;
  const whole = JSON.stringify({ ...caps, perMinute: caps.perMinuteInAll });
  try {
    const { rows } = await inSystem(duly.db, (tx) =>
      sql<{ seconds: number | null }>`
        select duly.give_call(${callId}, ${provider.key}, ${books}, ${duly.clock.now()},
          ${whole}::jsonb, ${news === null ? null : JSON.stringify(news)}::jsonb) as seconds`.execute(tx),
    );
    const seconds = rows[0]?.seconds ?? null;
    if (seconds !== null)
      duly.log.info({ provider: provider.key, seconds, limit: news?.refused?.limit }, 'asked to wait');
  } catch (error) {
    duly.log.warn({ err: error, provider: provider.key }, 'a place at a ledger was not given back');
  }
}

function refusal({ provider }: Target, verdict: CallVerdict, seconds: number | null): LedgerError {
  return new LedgerError('rate_limited', refusalWords(verdict, provider.label), {
    retryAfterSeconds: seconds === null ? null : Math.max(1, Math.ceil(seconds)),
    deferred: isDeferred(verdict),
  });
}
