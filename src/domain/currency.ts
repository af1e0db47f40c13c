/** An ISO 4217 alphabetic code, upper case, known to the runtime. */
export type Currency = string & { readonly __currency: unique symbol };

const known = new Set(Intl.supportedValuesOf('currency'));

/**
 * ISO 4217, list one: the currencies whose minor unit is not the hundredth. ECMA-402 would take it from there, but what
 * the runtime has is the locale data's custom: forints, pesos and rupiahs without decimals, which ledgers do keep.
 */
const decimals: ReadonlyMap<string, number> = new Map([
  ...'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF'
    .split(' ')
    .map((code) => [code, 0] as const),
  ...'BHD IQD JOD KWD LYD OMR TND'.split(' ').map((code) => [code, 3] as const),
]);

/** The currency, or `null` when the text is not an ISO 4217 code in use (rule R8: never guessed). */
export function parseCurrency(text: unknown): Currency | null {
  return typeof text === 'string' && known.has(text) ? (text as Currency) : null;
}

/** How many decimals the currency has by ISO 4217: 0 (JPY), 2 (USD, HUF) or 3 (KWD). */
export function decimalsOf(currency: Currency): number {
  return decimals.get(currency) ?? 2;
}
