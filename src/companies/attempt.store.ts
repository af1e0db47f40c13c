import type { Selectable } from 'kysely';
import type { Duly } from '../platform/context.ts';
import { randomText, sha256 } from '../platform/crypto.ts';
import { inSystem, type Tx } from '../platform/db.ts';
import type { SignInAttempt } from '../platform/db-types.ts';

const TEN_MINUTES_MS = 600_000;

export type AttemptRow = Selectable<SignInAttempt>;

export interface NewAttempt {
  readonly provider: string;
  readonly purpose: 'connect' | 'sign_in';
  /** The value of the cookie of the browser that clicked. */
  readonly browser: string;
  readonly personId: string | null;
  readonly accountId: string | null;
  /** Reconnecting these books and no others. */
  readonly companyId: string | null;
  /** Put in front of the state, so that the way back can be told (it is part of what is hashed). */
  readonly prefix: string;
}

export interface StartedAttempt {
  readonly state: string;
  readonly nonce: string;
  /** S256 of the verifier, which stays here, sealed. */
  readonly codeChallenge: string;
}

/** Writes one row per click: single use, ten minutes, bound to the browser. */
export async function startAttempt(duly: Duly, input: NewAttempt): Promise<StartedAttempt> {
  const now = duly.clock.now();
  const state = input.prefix + randomText();
  const nonce = randomText(16);
  const verifier = randomText(48);
  await inSystem(duly.db, (tx) =>
    tx
      .insertInto('sign_in_attempt')
      .values({
        state_hash: sha256(state),
        provider: input.provider,
        purpose: input.purpose,
        browser_hash: sha256(input.browser),
        person_id: input.personId,
        account_id: input.accountId,
        company_id: input.companyId,
        nonce,
        code_verifier_enc: duly.crypto.seal(verifier),
        created_at: now,
        expires_at: new Date(now.getTime() + TEN_MINUTES_MS),
      })
      .execute(),
  );
  return { state, nonce, codeChallenge: sha256(verifier).toString('base64url') };
}

/**
 * Uses an attempt up. Null when there is none for this state, provider and browser, or it is used or over:
 * the same answer for all of them, so that nothing is told to a stranger.
 */
export async function useAttempt(
  tx: Tx,
  input: { provider: string; state: string; browser: string; now: Date },
): Promise<AttemptRow | null> {
  const row = await tx
    .updateTable('sign_in_attempt')
    .set({ used_at: input.now })
    .where('state_hash', '=', sha256(input.state))
    .where('provider', '=', input.provider)
    .where('browser_hash', '=', sha256(input.browser))
    .where('used_at', 'is', null)
    .where('expires_at', '>', input.now)
    .returningAll()
    .executeTakeFirst();
  return row ?? null;
}

/** An attempt that `useAttempt` would use up, left as it is. */
export async function peekAttempt(
  tx: Tx,
  input: { provider: string; state: string; browser: string; now: Date },
): Promise<AttemptRow | null> {
  const row = await tx
    .selectFrom('sign_in_attempt')
    .selectAll()
    .where('state_hash', '=', sha256(input.state))
    .where('provider', '=', input.provider)
    .where('browser_hash', '=', sha256(input.browser))
    .where('used_at', 'is', null)
    .where('expires_at', '>', input.now)
    .executeTakeFirst();
  return row ?? null;
}

/** Keeps what an authorisation gave, sealed, until its person has chosen; returns the value that names it. */
export async function keepChoice(
  duly: Duly,
  attempt: AttemptRow,
  browser: string,
  choice: unknown,
): Promise<string> {
  const value = randomText();
  const now = duly.clock.now();
  await inSystem(duly.db, (tx) =>
    tx
      .insertInto('sign_in_attempt')
      .values({
        state_hash: sha256(value),
        provider: attempt.provider,
        purpose: 'connect',
        browser_hash: sha256(browser),
        person_id: attempt.person_id,
        account_id: attempt.account_id,
        company_id: attempt.company_id,
        nonce: '',
        code_verifier_enc: duly.crypto.seal(''),
        choice_enc: duly.crypto.seal(JSON.stringify(choice)),
        created_at: now,
        expires_at: new Date(now.getTime() + TEN_MINUTES_MS),
      })
      .execute(),
  );
  return value;
}
