import type { Segment } from '../document.ts';
import type { SegmentRule } from '../segment.ts';
import { checkAmounts } from './check-amounts.ts';
import { checkSettings } from './check-settings.ts';
import { type Findings, repeated } from './findings.ts';

const MOST_SEGMENTS = 30;

/** Segments: each by itself; their keys; whether each can be reached. `sequences` are the keys of the document. */
export function checkSegments(
  found: Findings,
  segments: readonly Segment[],
  sequences: readonly string[],
): void {
  found.atMost('segments', segments, MOST_SEGMENTS);
  for (const [index, segment] of segments.entries()) {
    const at = found.at(index);
    at.at('key').key('The segment', segment.key);
    at.at('name').name('The segment', segment.name);
    checkRule(at.at('when'), segment.when);
    checkSettings(at.at('settings'), segment.settings, sequences);
    const isLast = index === segments.length - 1;
    if (Object.keys(segment.when).length === 0 && !isLast)
      at.at('when').refuse(
        `“${segment.name.slice(0, 80)}” is for everybody, so that nobody reaches the segments after it.`,
        'Give it a condition, or move it to the end.',
      );
  }
  for (const index of repeated(segments.map(({ key }) => key)))
    found.at(index, 'key').refuse('Two segments have the same key.', 'Give each segment a key of its own.');
}

const wholes = [
  ['invoicesAtMost', 'The number of invoices', 0, 100_000],
  ['settledAtLeast', 'The number of settled invoices', 0, 100_000],
  ['latePercentAtLeast', 'The percentage', 0, 100],
  ['latePercentAtMost', 'The percentage', 0, 100],
  ['averageDaysLateAtLeast', 'The average of days', -365, 3650],
  ['averageDaysLateAtMost', 'The average of days', -365, 3650],
  ['brokenPromisesAtLeast', 'The number of broken promises', 0, 1_000],
  ['brokenPromisesAtMost', 'The number of broken promises', 0, 1_000],
] as const;

const ranges = [
  ['latePercentAtLeast', 'latePercentAtMost'],
  ['averageDaysLateAtLeast', 'averageDaysLateAtMost'],
  ['brokenPromisesAtLeast', 'brokenPromisesAtMost'],
] as const;

function checkRule(found: Findings, rule: SegmentRule): void {
  for (const [field, what, least, most] of wholes) {
    const value = rule[field];
    if (value !== undefined) found.at(field).whole(what, value, least, most);
  }
  for (const [least, most] of ranges) {
    const [low, high] = [rule[least], rule[most]];
    if (low !== undefined && high !== undefined && low > high)
      found
        .at(most)
        .refuse(`From ${low} to ${high} there is nothing.`, 'Let the upper bound be at least the lower one.');
  }
  if (rule.openAtLeast !== undefined) checkOpen(found.at('openAtLeast'), rule.openAtLeast);
  if (rule.debtorTypes?.length === 0)
    found.at('debtorTypes').refuse('The rule is for no type of customer.', 'Choose at least one.');
  if (rule.groups !== undefined) checkGroups(found.at('groups'), rule.groups);
  if (rule.byHandOnly === true && Object.keys(rule).length > 1)
    found
      .at('byHandOnly')
      .refuse(
        'Whoever is only put here by hand is not found by other conditions.',
        'Take the other conditions out.',
      );
}

function checkOpen(found: Findings, amounts: NonNullable<SegmentRule['openAtLeast']>): void {
  if (Object.keys(amounts).length === 0)
    found.refuse('The rule asks for an open balance and names no amount.', 'Name one, or leave it out.');
  checkAmounts(found, amounts);
}

function checkGroups(found: Findings, groups: readonly string[]): void {
  if (groups.length === 0) found.refuse('The rule is for no group.', 'Name at least one.');
  found.atMost('groups', groups, 50);
  for (const [index, group] of groups.entries()) found.at(index).name('The group', group, 200);
}
