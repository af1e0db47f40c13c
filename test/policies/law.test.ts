import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { day } from '../../src/domain/day.ts';
import { allPacks, isNewYorkCity, packsFor } from '../../src/policies/law/jurisdictions.ts';
import type { Law, LawQuestion } from '../../src/policies/law/law.ts';
import { allRules, lawFor, lawOf, rulesFor } from '../../src/policies/law/law-for.ts';
import { cpuMs } from '../support/took.ts';
import { ruleCases, saysOf } from './law-cases.ts';

const someone: LawQuestion = {
  debtorCountry: 'US',
  debtorRegion: 'OR',
  debtorCity: null,
  debtorPostcode: null,
  debtorType: 'business',
  creditorCountry: 'US',
  allBusinesses: false,
  emailConsent: null,
};

type Some = Partial<LawQuestion> & { readonly on?: string };

function ask({ on = '2026-11-20', ...some }: Some): { question: LawQuestion; on: ReturnType<typeof day> } {
  return { question: { ...someone, ...some }, on: day(on) };
}

function law(some: Some): Law {
  const { question, on } = ask(some);
  return lawFor(question, on);
}

function ids(some: Some): string[] {
  const { question, on } = ask(some);
  return rulesFor(question, on).map((rule) => rule.id);
}

describe('each rule of each pack', () => {
  test('that forbids to announce says so by itself: nothing is put before its words', () => {
    const silencing = allRules().filter(
      ({ effect }) =>
        effect.kind === 'block' && effect.what.some((what) => what === 'consequence' || what === 'court'),
    );
    expect(silencing.length).toBeGreaterThan(3);
    for (const { words } of silencing) expect(words).toMatch(/^No (consequence|claim at court) is announced/);
  });

  test('has a case here, and no case is of a rule that does not exist', () => {
    expect(Object.keys(ruleCases).toSorted()).toEqual(
      allRules()
        .map((rule) => rule.id)
        .toSorted(),
    );
    expect(new Set(Object.keys(ruleCases)).size).toBe(allRules().length);
  });

  test.each(Object.entries(ruleCases))('%s', (id, { under, notUnder, says }) => {
    expect(ids(under)).toContain(id);
    expect(saysOf(law(under), id)).toBe(says ?? '');
    if (notUnder === null) return;
    expect(ids(notUnder)).not.toContain(id);
    expect(saysOf(law(notUnder), id)).toBe('');
  });

  test('says what it asks, where it stands, and what is kept where; what rests on memory says so', () => {
    for (const { id, pack, words, source, effect, doubt, from, until } of allRules()) {
      expect(id.startsWith(`${pack}-`)).toBe(true);
      expect(words).toMatch(/^\p{Lu}.{10,}\.$/u);
      expect(source.length).toBeGreaterThan(10);
      for (const on of [from, until]) if (on !== null) day(on);
      if (effect.kind === 'off') expect(doubt).toMatch(/off until confirmed/);
      if (effect.kind === 'kept') expect(effect.by.length).toBeGreaterThan(5);
    }
  });
});

describe('whose law it is', () => {
  const packs = (some: Some): string => law(some).packs.join(' ');

  test('the debtor’s and the creditor’s, the house’s always', () => {
    expect(packs({})).toBe('house us');
    expect(packs({ debtorCountry: 'GB', creditorCountry: 'NZ' })).toBe('house uk nz');
    expect(packs({ debtorCountry: 'de', creditorCountry: 'FR' })).toBe('house eu');
    expect(packs({ debtorRegion: 'CA', debtorType: 'consumer' })).toBe('house us us-ca');
    // Ontario's short form is not California's business
    expect(packs({ debtorCountry: 'CA', debtorRegion: 'CA', creditorCountry: 'CA' })).toBe('house ca');
  });

  test('an unknown country or type takes the strict pack; a statement about all customers settles the type', () => {
    expect(packs({ debtorCountry: null })).toBe('house strict us');
    expect(packs({ debtorCountry: 'JP' })).toBe('house strict us');
    expect(packs({ creditorCountry: 'JP' })).toBe('house strict us');
    expect(packs({ debtorType: 'unknown' })).toBe('house strict us');
    expect(packs({ debtorType: 'unknown', allBusinesses: true })).toBe('house us');
    expect(law({ debtorType: 'unknown' }).treatedAs).toBe('consumer');
    expect(law({ debtorType: 'unknown', allBusinesses: true }).treatedAs).toBe('business');
    expect(law({ debtorType: 'consumer', allBusinesses: true }).treatedAs).toBe('consumer');
  });

  test('a person whose state nobody knows has the rules of each state, and no city’s', () => {
    const states = 'us-ma us-fl us-tx us-ca us-pa';
    for (const debtorRegion of [null, '', 'somewhere'])
      expect(packs({ debtorRegion, debtorType: 'consumer' })).toBe(`house us ${states}`);
    expect(packs({ debtorRegion: null, debtorType: 'unknown' })).toBe(`house strict us ${states}`);
    expect(packs({ debtorRegion: null, debtorType: 'unknown', allBusinesses: true })).toBe('house us');
    expect(packs({ debtorRegion: null, debtorType: 'business' })).toBe('house us');
    expect(packs({ debtorRegion: 'OR', debtorType: 'consumer' })).toBe('house us');
    expect(packs({ debtorRegion: null, debtorPostcode: '10001', debtorType: 'consumer' })).toBe(
      'house us us-nyc',
    );
    expect(law({ debtorRegion: null, debtorType: 'consumer' }).blocked.map(({ what }) => what)).not.toContain(
      'email',
    );
  });

  test('New York City is known by its postcodes, else by its name', () => {
    const at = (
      debtorPostcode: string | null,
      debtorCity: string | null = null,
      debtorRegion: string | null = 'NY',
    ) => isNewYorkCity({ debtorPostcode, debtorCity, debtorRegion });
    for (const code of [
      '10001',
      '10128',
      '10301',
      '10451',
      '11004',
      '11101',
      '11201',
      '11354',
      '11434',
      '11692',
    ])
      expect(at(code)).toBe(true);
    for (const code of ['10501', '10601', '11501', '11701', '11801', '12207', '07030', '94105'])
      expect(at(code, 'New York')).toBe(false);
    expect(at('10001-2345')).toBe(true);
    expect(at(' 11201 ', null, null)).toBe(true);
    expect([at(null, 'Brooklyn'), at(null, 'the bronx'), at('', 'New York', null)]).toEqual([
      true,
      true,
      true,
    ]);
    expect([at(null, 'Albany'), at(null, null), at(null, 'Brooklyn', 'OH')]).toEqual([false, false, false]);
  });

  test('a consumer in New York City gets e-mail only after agreeing to it', () => {
    const blocked = (emailConsent: boolean | null): string[] =>
      law({ debtorType: 'unknown', debtorPostcode: '10001', emailConsent })
        .blocked.filter(({ rule }) => rule.id === 'us-nyc-email-consent')
        .map(({ what }) => what);
    expect(blocked(null)).toEqual(['email', 'statement']);
    expect(blocked(false)).toEqual(['email', 'statement']);
    expect(blocked(true)).toEqual([]);
  });

  test('whoever asked for no e-mail gets none, wherever they are; whoever was never asked may get it', () => {
    const blocked = (emailConsent: boolean | null): string[] =>
      law({ debtorCountry: 'NZ', debtorType: 'business', emailConsent }).blocked.map(({ what }) => what);
    expect([blocked(false), blocked(null), blocked(true)]).toEqual([['email', 'statement'], [], []]);
  });

  test('the working week is the debtor’s country’s', () => {
    const days = (debtorCountry: string | null) =>
      law({ debtorCountry }).windows.find(({ rule }) => rule.id === 'house-hours-business')?.days;
    expect(days('SA')).toEqual([1, 2, 3, 4, 7]);
    expect(days('GB')).toEqual([1, 2, 3, 4, 5]);
    expect(days(null)).toEqual([1, 2, 3, 4, 5]);
  });
});

/** How much a law leaves open for a channel and a stage: every figure is looser when it is larger. */
function room(of: Law): Record<string, number> {
  const channels = ['email', 'letter', 'call', 'statement'] as const;
  const minutes = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
  const entries = channels.flatMap((channel) => {
    const caps = of.caps.filter((cap) => cap.channels.includes(channel));
    const windows = of.windows.filter((window) => window.channels.includes(channel));
    const perDays = [1, 7, 30].map((days) => {
      const mosts = caps.filter((cap) => cap.days === days).map(({ most }) => most);
      return [`${channel} in ${days}`, Math.min(99, ...mosts)] as const;
    });
    const weekdays = [1, 2, 3, 4, 5, 6, 7].map((on) => {
      const opens = Math.max(
        0,
        ...windows.map(({ from, days }) => (days.includes(on) ? minutes(from) : 1_440)),
      );
      const closes = Math.min(1_440, ...windows.map(({ to }) => minutes(to)));
      return [`${channel} on ${on}`, Math.max(0, closes - opens)] as const;
    });
    return [...perDays, ...weekdays];
  });
  const stages = ['courtesy', 'first', 'second', 'third', 'final'] as const;
  const deadlines = stages.map((stage) => {
    const days = of.deadlines.filter((deadline) => deadline.stage === stage).map((deadline) => deadline.days);
    return [`deadline ${stage}`, -Math.max(0, ...days)] as const;
  });
  return Object.fromEntries([...entries, ...deadlines, ['gap', -of.minGapBusinessDays.days]]);
}

/** What is forbidden, or would be said only with something that is. */
function covers({ blocked }: Law, what: Law['blocked'][number]['what']): boolean {
  return blocked.some((each) => each.what === what || (what === 'court' && each.what === 'consequence'));
}

const questions: fc.Arbitrary<LawQuestion> = fc.record({
  debtorCountry: fc.constantFrom(null, 'US', 'GB', 'DE', 'AU', 'NZ', 'CA', 'JP', 'SA'),
  debtorRegion: fc.constantFrom(null, 'NY', 'MA', 'FL', 'TX', 'CA', 'OR'),
  debtorCity: fc.constantFrom(null, 'Brooklyn', 'Boston'),
  debtorPostcode: fc.constantFrom(null, '11201', '02108'),
  debtorType: fc.constantFrom('business', 'sole_trader', 'consumer', 'unknown'),
  creditorCountry: fc.constantFrom('US', 'GB', 'IE', 'AU', 'NZ', 'CA', 'SG'),
  allBusinesses: fc.boolean(),
  emailConsent: fc.constantFrom(null, true, false),
});
const days = fc.constantFrom('2025-05-15', '2025-05-16', '2026-08-31', '2026-09-01', '2030-01-02').map(day);

describe('the strictest wins', () => {
  test('one more pack never loosens anything: caps, hours, gap, deadlines, what is blocked, said or warned of', () => {
    const [house, ...others] = allPacks;
    if (house === undefined) throw new Error('there is no house pack');
    fc.assert(
      fc.property(
        questions,
        days,
        fc.subarray(others),
        fc.constantFrom(...others),
        (question, on, some, more) => {
          const less = lawOf([house, ...some], question, on);
          const all = lawOf([house, ...some.filter((pack) => pack !== more), more], question, on);
          const [before, after] = [room(less), room(all)];
          for (const key of Object.keys(before)) expect(after[key]).toBeLessThanOrEqual(before[key] ?? 0);
          const kinds = ['blocked', 'disclosures', 'warnings', 'caps', 'windows', 'deadlines'] as const;
          for (const kind of kinds) {
            const has = new Set(all[kind].map((entry) => JSON.stringify(entry)));
            expect(less[kind].filter((entry) => !has.has(JSON.stringify(entry)))).toEqual([]);
          }
        },
      ),
    );
  });

  test('the strict pack asks no less than any other, but for the consent to e-mail that one city asks for', () => {
    const [house, strict, ...others] = allPacks;
    if (house === undefined || strict?.key !== 'strict') throw new Error('there is no strict pack');
    for (const pack of others)
      for (const debtorType of ['business', 'sole_trader', 'consumer'] as const) {
        const { question, on } = ask({ debtorCountry: null, debtorType });
        const [kept, theirs] = [lawOf([house, strict], question, on), lawOf([house, pack], question, on)];
        const [mine, other] = [room(kept), room(theirs)];
        const looser = Object.keys(other).filter((key) => (mine[key] ?? 0) > (other[key] ?? 0));
        expect([pack.key, debtorType, looser]).toEqual([pack.key, debtorType, []]);
        const free = theirs.blocked
          .filter(({ what, rule }) => !covers(kept, what) && rule.id !== 'us-nyc-email-consent')
          .map(({ rule }) => rule.id);
        expect(free).toEqual([]);
        const parts = new Set(kept.disclosures.map(({ part, when }) => `${part} ${when}`));
        expect(theirs.disclosures.filter(({ part, when }) => !parts.has(`${part} ${when}`))).toEqual([]);
      }
  });

  test('who is not known to be a business is never treated more loosely than anybody else at the same place', () => {
    fc.assert(
      fc.property(
        questions,
        days,
        fc.constantFrom('business' as const, 'consumer' as const),
        (question, on, type) => {
          const unknown = room(lawFor({ ...question, debtorType: 'unknown', allBusinesses: false }, on));
          const known = room(lawFor({ ...question, debtorType: type }, on));
          const looser = Object.keys(known).filter((key) => (unknown[key] ?? 0) > (known[key] ?? 0));
          // a person may be reached in the evening and on a Saturday, when no business is open
          expect(looser.filter((key) => !/ on [1-7]$/.test(key))).toEqual([]);
        },
      ),
    );
  });

  test('a law leaves room: on a weekday somebody can be reached by every channel that is not blocked', () => {
    fc.assert(
      fc.property(questions, days, (question, on) => {
        const open = room(lawFor(question, on));
        for (const channel of ['email', 'call', 'letter', 'statement'])
          expect(open[`${channel} on 2`]).toBeGreaterThanOrEqual(10 * 60);
        expect(packsFor(question).map((pack) => pack.key)[0]).toBe('house');
      }),
    );
  });
});

test('a law is found in microseconds, as a plan asks ten thousand times', async () => {
  const took = await cpuMs(20, () => {
    for (let count = 0; count < 100; count += 1) law({ debtorType: 'unknown', debtorRegion: 'CA' });
  });
  expect(took / 100).toBeLessThan(0.5);
});
