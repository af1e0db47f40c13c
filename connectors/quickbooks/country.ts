/** Three-letter codes (Intuit writes them in places since 2025), each followed by its two letters. */
const alpha3 = new Map(
  `
    AREAE ARGAR AUSAU AUTAT BELBE BGRBG BMUBM BRABR CANCA CHECH CHLCL CHNCN COLCO CYPCY CZECZ DEUDE
    DNKDK ESPES ESTEE FINFI FRAFR GBRGB GRCGR HKGHK HRVHR HUNHU IDNID INDIN IRLIE ISLIS ISRIL ITAIT
    JPNJP KENKE KORKR KWTKW LIELI LTULT LUXLU LVALV MEXMX MLTMT MYSMY NGANG NLDNL NORNO NZLNZ PERPE
    PHLPH POLPL PRIPR PRTPT QATQA ROURO SAUSA SGPSG SVKSK SVNSI SWESE THATH TURTR TWNTW UKRUA USAUS
    VNMVN ZAFZA
  `
    .trim()
    .split(/\s+/)
    .map((pair) => [pair.slice(0, 3), pair.slice(3)] as const),
);

/** What people write. */
const alsoCalled: Readonly<Record<string, string>> = {
  america: 'US',
  england: 'GB',
  'great britain': 'GB',
  holland: 'NL',
  scotland: 'GB',
  'the netherlands': 'NL',
  'u.k.': 'GB',
  'u.s.': 'US',
  'u.s.a.': 'US',
  'united states of america': 'US',
  wales: 'GB',
};

/** The code in use today: DD is DE, UK is GB. */
function canonical(code: string): string {
  return new Intl.Locale(`und-${code}`).region ?? code;
}

const names = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
const byName = new Map<string, string>();
const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
for (const first of letters) {
  for (const second of letters) {
    const name = names.of(first + second)?.toLowerCase();
    if (name !== undefined) byName.set(name, canonical(first + second));
  }
}

/**
 * ISO 3166-1 alpha-2 of a country as a ledger's free field states it: either code, or an English name. Null when
 * it isn't one we know: never guessed, because a country chooses the law that applies.
 */
export function countryCode(written: string | null): string | null {
  if (written === null) return null;
  const lower = written.trim().toLowerCase();
  const upper = lower.toUpperCase();
  const alias = alsoCalled[lower] ?? alpha3.get(upper);
  if (alias !== undefined) return alias;
  if (/^[A-Z]{2}$/.test(upper)) return names.of(upper) === undefined ? null : canonical(upper);
  return byName.get(lower) ?? null;
}
