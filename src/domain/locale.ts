/** How a country writes its numbers and days in English, by ISO 3166-1 alpha-2; English is the pages' language. */
const locales: Readonly<Record<string, string>> = {
  US: 'en-US',
  GB: 'en-GB',
  AU: 'en-AU',
  NZ: 'en-NZ',
  CA: 'en-CA',
  IE: 'en-IE',
  ZA: 'en-ZA',
  IN: 'en-IN',
  SG: 'en-SG',
};

/** The locale in which a company of this country reads figures and days; `en-GB` where none is known. */
export function localeOf(country: string | null | undefined): string {
  return locales[country?.toUpperCase() ?? ''] ?? 'en-GB';
}
