import { record } from '../activity/activity.store.ts';
import { parseCurrency } from '../domain/currency.ts';
import { formatMoney } from '../domain/money.ts';
import type { Tx } from '../platform/db.ts';
import { UserError } from '../platform/errors.ts';
import { addJob } from '../platform/jobs.ts';
import { emailPolicy, type Policy } from './policy.ts';

/** The policy in force: the highest version. Throws when the company has none (it gets one when it connects). */
export async function getPolicy(tx: Tx, companyId: string): Promise<Policy> {
  const row = await tx
    .selectFrom('policy')
    .select(['version', 'body'])
    .where('company_id', '=', companyId)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow();
  // a policy of before there were sequences says fewer things: the usual ones stand in
  const body = row.body as unknown as Partial<Policy>;
  return { ...emailPolicy, ...body, steps: emailPolicy.steps, version: row.version };
}

/** Gives a company that has no policy yet the standard one, as version 1. */
export async function ensurePolicy(tx: Tx, companyId: string, by: string, now: Date): Promise<void> {
  await addVersion(tx, companyId, emailPolicy, by, now);
}

/** More than this is no oversight of cents any more; about ten thousand of a currency with two decimals. */
const MOST_MINOR = 1_000_000;

export type Minimums = Policy['minimumBalance'];

/**
 * TOL-01: sets what a customer may owe in each currency without being reminded, in minor units, for all currencies at
 * once: one that is missing, or 0, has no minimum. A new version of the policy, with its author; the next plan follows it.
 * Throws UserError `bad_input` for an unknown currency or an amount below 0 or above 1,000,000 minor units, `conflict`
 * when somebody else changed the policy at the same time.
 */
export async function setMinimumBalance(
  tx: Tx,
  companyId: string,
  minimums: Minimums,
  by: string,
  now: Date,
): Promise<Policy> {
  const before = await getPolicy(tx, companyId);
  const wanted = Object.entries(minimums)
    .map(([currency, minor]) => [currency, judged(currency, minor)] as const)
    .filter(([, minor]) => minor > 0)
    .sort(([one], [other]) => (one < other ? -1 : 1));
  const minimumBalance = Object.fromEntries(wanted);
  if (same(before.minimumBalance, minimumBalance)) return before;
  const policy = { ...before, minimumBalance, version: before.version + 1 };
  if (!(await addVersion(tx, companyId, policy, by, now)))
    throw new UserError(
      'conflict',
      'Somebody else changed the policy just now.',
      'Look at it and try again.',
    );
  await record(tx, companyId, now, [
    {
      kind: 'policy_changed',
      actor: by,
      summary: summaryOf(minimumBalance),
      data: { version: policy.version, minimumBalance },
    },
  ]);
  await addJob(tx, 'plan', { companyId });
  return policy;
}

async function addVersion(
  tx: Tx,
  companyId: string,
  policy: Policy,
  by: string,
  now: Date,
): Promise<boolean> {
  const { version, ...body } = policy;
  const added = await tx
    .insertInto('policy')
    .values({ company_id: companyId, version, body: JSON.stringify(body), created_by: by, created_at: now })
    .onConflict((oc) => oc.doNothing())
    .executeTakeFirst();
  return (added.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

function judged(currency: string, minor: number): number {
  if (parseCurrency(currency) === null)
    throw new UserError('bad_input', `${currency} is not a currency.`, 'Send ISO 4217 codes such as USD.');
  if (!Number.isSafeInteger(minor) || minor < 0 || minor > MOST_MINOR)
    throw new UserError(
      'bad_input',
      `The minimum in ${currency} is below zero or too large.`,
      `Give an amount from 0 to ${MOST_MINOR.toLocaleString('en')} of the smallest unit.`,
    );
  return minor;
}

function same(one: Minimums, other: Minimums): boolean {
  const keys = Object.keys(one);
  return keys.length === Object.keys(other).length && keys.every((key) => one[key] === other[key]);
}

function summaryOf(minimums: Minimums): string {
  const words = Object.entries(minimums).flatMap(([code, minor]) => {
    const currency = parseCurrency(code);
    return currency === null ? [] : [formatMoney(minor, currency)];
  });
  return words.length === 0
    ? 'Policy: every amount is reminded of.'
    : `Policy: no reminder for ${words.join(', ')} or less.`;
}
