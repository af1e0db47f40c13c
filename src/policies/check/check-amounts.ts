import { parseCurrency } from '../../domain/currency.ts';
import type { Amounts } from '../policy.ts';
import type { Findings } from './findings.ts';

/** Enough for any debt; sums of it stay exact. */
const MOST_AMOUNT_MINOR = 1_000_000_000_000;
/** Over this a minimum is no oversight of cents any more (TOL-01). */
export const MOST_MINIMUM_MINOR = 1_000_000;

const MOST_CURRENCIES = 200;

/** Amounts by currency: each an ISO 4217 currency with whole minor units from 0. */
export function checkAmounts(found: Findings, amounts: Amounts, most = MOST_AMOUNT_MINOR): void {
  const entries = Object.entries(amounts);
  found.atMost('currencies', entries, MOST_CURRENCIES);
  for (const [code, minor] of entries) {
    const at = found.at(code);
    if (parseCurrency(code) === null)
      at.refuse(`${code.slice(0, 20)} is not a currency.`, 'Use ISO 4217 codes such as USD.');
    if (!Number.isSafeInteger(minor) || minor < 0 || minor > most)
      at.refuse(
        `The amount in ${code.slice(0, 20)} is below zero, not whole or too large.`,
        `Give it in the smallest unit, from 0 to ${most.toLocaleString('en')}.`,
      );
  }
}
