/** ISO 4217's minor units where they are not 2. Not the runtime's: its locale data count forints and rupiahs whole. */
const EXCEPT = new Map(
  Object.entries({
    0: 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF',
    3: 'BHD IQD JOD KWD LYD OMR TND',
  }).flatMap(([digits, codes]) => codes.split(' ').map((code): [string, number] => [code, Number(digits)])),
);

/** Digits after the point of a currency's amounts: 2 for USD, 0 for JPY, 3 for KWD. */
export function decimalsOf(currency: string): number {
  return EXCEPT.get(currency) ?? 2;
}
