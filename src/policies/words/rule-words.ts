import type { SegmentRule } from '../segment.ts';
import { amountWords, counted, joined } from './setting-words.ts';
import { debtorTypeWords } from './step-words.ts';

/** Who is in a segment, as the end of a sentence: `at least 3 settled invoices, 60 % or more of them late`. */
export function ruleWords(rule: SegmentRule, locale: string, currencies: readonly string[] = []): string {
  if (rule.byHandOnly === true) return 'whoever is put here by hand';
  const parts = [
    rule.invoicesAtMost === undefined ? '' : `at most ${counted(rule.invoicesAtMost, 'invoice')} so far`,
    rule.settledAtLeast === undefined ? '' : `at least ${counted(rule.settledAtLeast, 'settled invoice')}`,
    rule.latePercentAtLeast === undefined ? '' : `${rule.latePercentAtLeast} % or more of them late`,
    rule.latePercentAtMost === undefined ? '' : `at most ${rule.latePercentAtMost} % of them late`,
    rule.averageDaysLateAtLeast === undefined
      ? ''
      : `on average ${counted(rule.averageDaysLateAtLeast, 'day')} late or more`,
    rule.averageDaysLateAtMost === undefined
      ? ''
      : `on average at most ${counted(rule.averageDaysLateAtMost, 'day')} late`,
    rule.brokenPromisesAtLeast === undefined
      ? ''
      : `${counted(rule.brokenPromisesAtLeast, 'promise')} or more broken in the last 12 months`,
    rule.brokenPromisesAtMost === undefined
      ? ''
      : rule.brokenPromisesAtMost === 0
        ? 'no promise broken in the last 12 months'
        : `at most ${counted(rule.brokenPromisesAtMost, 'promise')} broken in the last 12 months`,
    rule.openAtLeast === undefined
      ? ''
      : `an open balance of ${amountWords(rule.openAtLeast, locale, currencies)} or more`,
    rule.debtorTypes === undefined
      ? ''
      : `only ${joined(
          rule.debtorTypes.map((type) => debtorTypeWords[type]),
          'and',
        )}`,
    rule.groups === undefined
      ? ''
      : `in the ledger’s group ${joined(
          rule.groups.map((group) => `“${group}”`),
          'or',
        )}`,
  ].filter((part) => part !== '');
  return parts.length === 0 ? 'everybody' : parts.join(', ');
}
