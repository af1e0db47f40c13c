import { decimalsOf } from '../../books/decimals.ts';

/** ES2025 raw JSON: the only way to print `100.00` as a number. */
const rawJSON = (JSON as unknown as { rawJSON(text: string): unknown }).rawJSON;

/** Minor units → decimal text, exactly: 12345 NZD → `123.45`, -5 JPY → `-5`. */
export function decimalText(minor: number, currency: string): string {
  const places = decimalsOf(currency);
  const sign = minor < 0 ? '-' : '';
  const digits = String(Math.abs(minor)).padStart(places + 1, '0');
  if (places === 0) return sign + digits;
  return `${sign}${digits.slice(0, -places)}.${digits.slice(-places)}`;
}

/** Xero prints one and the same amount as `20`, `20.0`, `20.00` and `20.0000`, by place. */
export type Spelling = 'short' | 'one' | 'usual' | 'long';

/** Minor units as a JSON number, spelled as this place of the wire spells it. */
export function amount(minor: number, currency: string, spelling: Spelling = 'usual'): unknown {
  return rawJSON(spelled(decimalText(minor, currency), spelling));
}

function spelled(text: string, spelling: Spelling): string {
  if (spelling === 'usual') return text;
  const [whole = '0', rest = ''] = text.split('.');
  const digits = rest.replace(/0+$/, '');
  const least = { short: 0, one: 1, long: 4 }[spelling];
  const shown = digits.padEnd(least, '0');
  return shown === '' ? whole : `${whole}.${shown}`;
}

/** US dollars that one unit is worth; fixed, so that a run can be repeated. */
const IN_USD: Record<string, number> = {
  USD: 1,
  NZD: 0.6,
  AUD: 0.65,
  GBP: 1.25,
  EUR: 1.1,
  CAD: 0.72,
  SGD: 0.75,
  JPY: 0.0067,
  ZAR: 0.055,
  CHF: 1.15,
  KWD: 3.25,
  BHD: 2.65,
  KRW: 0.00072,
}; // prettier-ignore

/** Xero's CurrencyRate: units of `currency` per unit of `base`, six digits. 1 when they are the same. */
export function currencyRate(currency: string, base: string): number {
  if (currency === base) return 1;
  const rate = (IN_USD[base] ?? 1) / (IN_USD[currency] ?? 1);
  return Math.round(rate * 1e6) / 1e6;
}

/** Minor units of `currency` → minor units of `base`, half away from zero. */
export function toBaseMinor(minor: number, currency: string, base: string): number {
  if (currency === base) return minor;
  const scale = 10 ** (decimalsOf(base) - decimalsOf(currency));
  const value = (minor / currencyRate(currency, base)) * scale;
  return Math.sign(value) * Math.round(Math.abs(value));
}
