import type { Brand } from './brand.ts';

/** Words that would make the service look like a law firm, a collector or an authority, whatever the business is. */
const PRETENDING = new Set(
  `attorney attorneys bailiff bailiffs barrister barristers collect collecting collection collections collector
  collectors counsel court courts debt debts enforcement judgement judgment judicial jurist justice law lawyer
  lawyers legal litigation police prosecution recoveries recovery sheriff solicitor solicitors tribunal`.split(
    /\s+/,
  ),
);

/** Words that do the same unless they are the business's own: "Bloom Design Agency Accounts" pretends nothing. */
const PRETENDING_UNLESS_OWN = new Set('agencies agency bureau claims federal government official'.split(' '));

/** Endings that say what kind of company it is, not which one. */
const LEGAL_FORMS = new Set(
  'ag bv co company corp corporation gmbh inc incorporated limited llc llp ltd plc pty sa sarl srl the'.split(
    ' ',
  ),
);

/** The words of a name as they are compared: lower case, no accents, no punctuation, `L.L.C.` as `llc`. */
function wordsOf(name: string): string[] {
  const folded = name
    .normalize('NFKD')
    .replace(/[\p{M}.'’]/gu, '')
    .toLowerCase();
  return folded.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
}

/**
 * What is wrong with the receivables service's name, or null. The service is the business's own office under a name
 * of its own, such as "Larkspur Joinery Accounts": the name must carry the brand's, so that an invented third party
 * can't be configured (design section 6), and nothing in it may pretend to be an agency, a law firm or an authority.
 */
export function serviceNameFault(
  serviceName: string,
  brandName: string,
  style: Brand['style'],
): string | null {
  const words = wordsOf(serviceName);
  const own = wordsOf(brandName).filter((word) => !LEGAL_FORMS.has(word));
  const pretending = words.find(
    (word) =>
      (PRETENDING.has(word) && !(style === 'own' && own.includes(word))) ||
      (PRETENDING_UNLESS_OWN.has(word) && !own.includes(word)),
  );
  if (pretending !== undefined && own.includes(pretending))
    return `A service whose name has the word “${pretending}” could be taken for an agency, a law firm or an authority. Choose the style “own”: a person of the business writes.`;
  if (pretending !== undefined)
    return `Leave out “${pretending}”: reminders come from the business's own accounts office, which is not an agency, a law firm or an authority.`;
  if (own.length > 0 && !containsRun(words, own))
    return `Name the service after the business, for example “${brandName} Accounts”: reminders may not come from an invented third party.`;
  return null;
}

function containsRun(words: readonly string[], run: readonly string[]): boolean {
  return words.some((_, start) => run.every((word, at) => words[start + at] === word));
}
