/** An ISO 4217 alphabetic code, upper case, known to the runtime. */
export type Currency = string & { readonly __currency: unique symbol };

const known = new Set(Intl.supportedValuesOf('currency'));
const decimals = new Map<string, number>();

/** The currency, or `null` when the text is not an ISO 4217 code in use (rule R8: never guessed). */
export function parseCurrency(text: unknown): Currency | null {
  return typeof text === 'string' && known.has(text) ? (text as Currency) : null;
}

/**
 * How many decimals the currency has: 0 (JPY), 2 (USD) or 3 (KWD).
 * ECMA-402 takes the figure from ISO 4217 itself, so no table of ours can go stale.
 */
export function decimalsOf(currency: Currency): number {
  let found = decimals.get(currency);
  if (found === undefined) {
    found =
      new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ??
      2;
    decimals.set(currency, found);
  }
  return found;
}
