/**
 * The public holidays of a country from `firstYear` on, as `MMDD`, years apart by `|`. `usual` and a region's `days`
 * say what is different from `national`: more days, and with a minus those it does not keep.
 */
export interface CountryHolidays {
  readonly national: string;
  /** Where the region is not known: what at least half of the regions keep comes to the national days. */
  readonly usual: string;
  /** By ISO 3166-2 without the country, each with its name. */
  readonly regions: Readonly<Record<string, { readonly name: string; readonly days: string }>>;
}

/** What a public holiday is called, in English where the data knows it so. */
export interface HolidayName {
  readonly name: string;
  /** As `MMDD`: once, if it is the same every year; else years apart by `|`. */
  readonly days: string;
  /** The regions that call it so, apart by spaces; empty: the country. */
  readonly in: string;
}
