/** Sizes of a letter so that its address stands in a window envelope; CSS lengths, from the sheet's edges. */
export interface Paper {
  readonly size: 'A4' | 'letter';
  readonly width: string;
  readonly height: string;
  readonly margin: { readonly top: string; readonly side: string; readonly bottom: string };
  /** Top of the small return line; the address follows it. */
  readonly addressTop: string;
  readonly addressLeft: string;
  readonly addressWidth: string;
  /** Where the text begins: below the window and the first fold's address field. */
  readonly bodyTop: string;
  readonly referencesLeft: string;
}

/**
 * US #10 with its standard window (4½ × 1⅛ in, ⅞ in from the left, ½ in from the foot), folded in three: however the
 * sheet slips in the envelope, 2.5 to 3.17 in from its top can be seen for certain, and 2.04 to 3.6 mostly.
 */
const usLetter: Paper = {
  size: 'letter',
  width: '8.5in',
  height: '11in',
  margin: { top: '0.6in', side: '1in', bottom: '0.5in' },
  addressTop: '2.05in',
  addressLeft: '1in',
  addressWidth: '3.3in',
  bodyTop: '3.7in',
  referencesLeft: '5in',
};

/** DIN lang (DIN 5008 form B) and the windows of DL envelopes: 50 to 84 mm from the top is seen however it slips. */
const a4: Paper = {
  size: 'A4',
  width: '210mm',
  height: '297mm',
  margin: { top: '15mm', side: '25mm', bottom: '14mm' },
  addressTop: '50mm',
  addressLeft: '25mm',
  addressWidth: '80mm',
  bodyTop: '98mm',
  referencesLeft: '125mm',
};

const letterCountries: ReadonlySet<string> = new Set([
  'US',
  'CA',
  'MX',
  'PH',
  'CL',
  'CO',
  'CR',
  'GT',
  'PA',
  'PR',
]);

/** The paper that a country prints on, by ISO 3166-1 alpha-2. */
export function paperOf(country: string | null): Paper {
  return letterCountries.has(country?.toUpperCase() ?? '') ? usLetter : a4;
}
