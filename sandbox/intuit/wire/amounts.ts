import { decimalsOf } from '../../books/decimals.ts';

/** Minor units as the JSON number QuickBooks prints, for example 36207 USD → 362.07. */
export function amount(minor: number, currency: string): number {
  return Number((minor / 10 ** decimalsOf(currency)).toFixed(decimalsOf(currency)));
}

/** Made-up rates, US dollars for one unit: they only have to be stable and not 1. */
const IN_USD: Readonly<Record<string, number>> = {
  USD: 1,
  EUR: 1.08,
  GBP: 1.27,
  CAD: 0.73,
  AUD: 0.66,
  NZD: 0.6,
  CHF: 1.13,
  JPY: 0.0067,
  KWD: 3.26,
};

/** The value of one unit of `currency` in `home`, to six places, as in `ExchangeRate`. */
export function exchangeRate(currency: string, home: string): number {
  if (currency === home) return 1;
  return Number(((IN_USD[currency] ?? 1) / (IN_USD[home] ?? 1)).toFixed(6));
}

/** An amount of `currency` in the home currency's minor units, rounded half up, as in `HomeBalance`. */
export function homeMinor(minor: number, currency: string, home: string): number {
  if (currency === home) return minor;
  const major = (minor / 10 ** decimalsOf(currency)) * exchangeRate(currency, home);
  return Math.round(major * 10 ** decimalsOf(home));
}

/** English currency name as in `CurrencyRef.name`. */
export function currencyName(currency: string): string {
  return new Intl.DisplayNames('en', { type: 'currency' }).of(currency) ?? currency;
}
