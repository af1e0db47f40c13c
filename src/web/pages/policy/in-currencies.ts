import type { PolicySettings } from '../../../policies/policy.ts';
import type { SegmentRule } from '../../../policies/segment.ts';

/** Of amounts by currency only those that the company meets; all of them when it meets none. */
function met(
  amounts: Readonly<Record<string, number>>,
  currencies: readonly string[],
): Readonly<Record<string, number>> {
  const known = currencies.flatMap((code): [string, number][] => {
    const minor = amounts[code];
    return minor === undefined ? [] : [[code, minor]];
  });
  return known.length === 0 ? amounts : Object.fromEntries(known);
}

/** A setting for telling it in words: a list of sixteen currencies tells nobody anything. */
export function toldSetting<F extends keyof PolicySettings>(
  field: F,
  settings: PolicySettings,
  currencies: readonly string[],
): PolicySettings[F] {
  const { minimumBalance, worthACall, worthALetter } = settings;
  const told: PolicySettings = {
    ...settings,
    minimumBalance: met(minimumBalance, currencies),
    worthACall: met(worthACall, currencies),
    worthALetter: met(worthALetter, currencies),
  };
  return told[field];
}

/** The same of a segment's rule. */
export function toldRule(rule: SegmentRule, currencies: readonly string[]): SegmentRule {
  return rule.openAtLeast === undefined ? rule : { ...rule, openAtLeast: met(rule.openAtLeast, currencies) };
}
