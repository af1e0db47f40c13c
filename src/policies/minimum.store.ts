import { parseCurrency } from '../domain/currency.ts';
import type { Tx } from '../platform/db.ts';
import { UserError } from '../platform/errors.ts';
import { MOST_MINIMUM_MINOR } from './check/check-amounts.ts';
import { getDocument, saveDocument } from './document.store.ts';
import type { PolicyDocument } from './document.ts';
import type { Amounts } from './policy.ts';

/**
 * TOL-01: sets what a customer may owe in each currency without being reminded, in minor units, for all currencies at
 * once: one that is missing, or 0, has no minimum. A new version of the policy, with its author; the next plan follows it.
 * Throws UserError `bad_input` for an unknown currency or an amount below 0 or above 1,000,000 minor units, `conflict`
 * when somebody else changed the policy at the same time.
 */
export async function setMinimumBalance(
  tx: Tx,
  companyId: string,
  minimums: Amounts,
  by: string,
  now: Date,
): Promise<PolicyDocument> {
  const { version, ...before } = await getDocument(tx, companyId);
  const wanted = Object.entries(minimums)
    .map(([currency, minor]) => [currency, judged(currency, minor)] as const)
    .filter(([, minor]) => minor > 0)
    .sort(([one], [other]) => (one < other ? -1 : 1));
  const settings = { ...before.settings, minimumBalance: Object.fromEntries(wanted) };
  const change = { expectedVersion: version, document: { ...before, settings } };
  return await saveDocument(tx, companyId, change, by, now);
}

function judged(currency: string, minor: number): number {
  if (parseCurrency(currency) === null)
    throw new UserError('bad_input', `${currency} is not a currency.`, 'Send ISO 4217 codes such as USD.');
  if (!Number.isSafeInteger(minor) || minor < 0 || minor > MOST_MINIMUM_MINOR)
    throw new UserError(
      'bad_input',
      `The minimum in ${currency} is below zero or too large.`,
      `Give an amount from 0 to ${MOST_MINIMUM_MINOR.toLocaleString('en')} of the smallest unit.`,
    );
  return minor;
}
