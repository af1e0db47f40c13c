import type { Segment } from '../document.ts';
import type { PolicySettings } from '../policy.ts';
import type { SegmentRule } from '../segment.ts';
import { about } from './amounts.ts';

/** The segments that every preset has; customers put into one by hand stay in it when the preset changes. */
export const presetSegments = [
  'consumer',
  'large_balance',
  'new',
  'habitually_late',
  'reliable',
  'sometimes_late',
] as const;
export type PresetSegment = (typeof presetSegments)[number];

interface Kind {
  readonly name: string;
  readonly when: SegmentRule;
}

/**
 * The law of individuals goes before everything; a large balance before habit, as a person looks at it first; three
 * settled invoices before a habit is said of anybody (P2).
 */
const kinds: Readonly<Record<PresetSegment, Kind>> = {
  consumer: { name: 'Consumer or sole trader', when: { debtorTypes: ['consumer', 'sole_trader'] } },
  large_balance: { name: 'Large balance', when: { openAtLeast: about(10_000) } },
  new: { name: 'New customer', when: { invoicesAtMost: 2 } },
  habitually_late: { name: 'Habitually late', when: { settledAtLeast: 3, latePercentAtLeast: 60 } },
  reliable: {
    name: 'Reliable',
    when: { settledAtLeast: 3, latePercentAtMost: 20, averageDaysLateAtMost: 5 },
  },
  sometimes_late: { name: 'Sometimes late', when: { settledAtLeast: 3 } },
};

/** The six segments in their order, with what a preset says for each. */
export function segmentsWith(
  settings: Readonly<Record<PresetSegment, Partial<PolicySettings>>>,
): readonly Segment[] {
  return presetSegments.map((key) => ({ key, ...kinds[key], settings: settings[key], paused: false }));
}

/** What individuals get under every preset: fewer and further apart (email-and-law 3.7, row 3). */
export const forIndividuals = {
  caps: { perWeek: 2, perMonth: 6 },
  minGapBusinessDays: 5,
} satisfies Partial<PolicySettings>;
