import type { Currency } from '../domain/currency.ts';
import { parseMinor } from '../domain/money.ts';

/**
 * An amount as a person types it, in minor units: `1250`, `1,250.00`, `1 250.00`, `$1,250`. The decimal mark is the
 * point. Null: it cannot be read with certainty, or has more decimals than the currency.
 */
export function typedAmount(text: string, currency: Currency): number | null {
  const bare = text.trim().replace(/^[A-Z]{0,3}\p{Sc}?\s*/u, '');
  const grouped = /^\d{1,3}(?:[,\s]\d{3})+(?:\.\d+)?$/u.test(bare);
  return parseMinor(grouped ? bare.replace(/[,\s]/gu, '') : bare, currency);
}
