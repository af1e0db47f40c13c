const CORNELL = 'https://www.law.cornell.edu';
const UK_ACTS = 'https://www.legislation.gov.uk/ukpga';

/** Where a source can be read: official texts, and Cornell's for federal law of the United States. */
const readers: readonly {
  readonly cited: RegExp;
  readonly at: (found: RegExpExecArray) => string;
}[] = [
  {
    cited: /\b(15|47) USC (\d+[a-z]?)/,
    at: ([, title, section]) => `${CORNELL}/uscode/text/${title}/${section}`,
  },
  { cited: /\b12 CFR (1006\.\d+)/, at: ([, section]) => `${CORNELL}/cfr/text/12/${section}` },
  {
    cited: /\b940 CMR 7\b/,
    at: () => 'https://www.mass.gov/info-details/massachusetts-law-about-debt-collection',
  },
  {
    cited: /\bRG 96\b/,
    at: () =>
      'https://asic.gov.au/regulatory-resources/find-a-document/regulatory-guides/rg-96-debt-collection-guideline-for-collectors-and-creditors/',
  },
  { cited: /Late Payment of Commercial Debts \(Interest\) Act 1998/, at: () => `${UK_ACTS}/1998/20` },
  { cited: /Administration of Justice Act 1970/, at: () => `${UK_ACTS}/1970/31/section/40` },
  { cited: /Protection from Harassment Act 1997/, at: () => `${UK_ACTS}/1997/40` },
  {
    cited: /\[2009\] EWCA Civ 46\b/,
    at: () => 'https://caselaw.nationalarchives.gov.uk/ewca/civ/2009/46',
  },
  { cited: /FCA CONC 7\b/, at: () => 'https://www.handbook.fca.org.uk/handbook/CONC/7/' },
  { cited: /Directive 2011\/7\/EU/, at: () => 'https://eur-lex.europa.eu/eli/dir/2011/7/oj' },
  { cited: /\bGDPR\b/, at: () => 'https://eur-lex.europa.eu/eli/reg/2016/679/oj' },
  { cited: /Interest Act \(R\.S\.C\. 1985/, at: () => 'https://laws-lois.justice.gc.ca/eng/acts/I-15/' },
  { cited: /\bCASL\b/, at: () => 'https://laws-lois.justice.gc.ca/eng/acts/E-1.6/' },
];

/**
 * The address at which the first law that a rule's source names can be read; null: it names none of those that Duly has
 * an address for. Pure; nothing is fetched.
 */
export function sourceLink(source: string): string | null {
  const found = readers.flatMap(({ cited, at }) => {
    const match = cited.exec(source);
    return match === null ? [] : [{ index: match.index, href: at(match) }];
  });
  return found.toSorted((one, other) => one.index - other.index)[0]?.href ?? null;
}
