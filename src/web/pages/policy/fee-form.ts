import type { LateFee } from '../../../policies/policy.ts';
import type { Answers } from './answers.ts';
import type { Reader } from './reader.ts';

export const feeNames = [
  'lateFee.kind',
  'lateFee.yearlyRateBp',
  'lateFee.graceDays',
  'lateFee.attestedBy',
] as const;

const feeKinds = ['none', 'statutory', 'contract'] as const;

/** Whose word it is, and the day in the company's zone. */
export interface Attester {
  readonly name: string;
  readonly today: string;
}

/** What stands in the fields of the late fee; undefined: nothing is said of it here. */
export function feeAnswers(fee: LateFee | null | undefined): Answers {
  return {
    'lateFee.kind': fee === undefined ? '' : (fee?.kind ?? 'none'),
    'lateFee.yearlyRateBp': fee?.yearlyRateBp == null ? '' : String(fee.yearlyRateBp / 100),
    'lateFee.graceDays': fee === undefined ? '' : String(fee?.graceDays ?? 0),
    'lateFee.attestedBy': fee?.attestedBy == null ? '' : 'yes',
  };
}

/** D10: who ticks the box states it in their own name, on that day; what was stated before stays stated. */
export function readFee(reader: Reader, before: LateFee | null, { name, today }: Attester): LateFee | null {
  const kind = reader.oneOf('lateFee.kind', feeKinds, 'none');
  if (kind === 'none') return null;
  const stated = reader.is('lateFee.attestedBy');
  const same = before?.kind === kind && before.attestedBy !== null;
  if (!stated)
    reader.fault(
      'lateFee.attestedBy',
      kind === 'contract'
        ? 'A fee needs your word that the customers’ terms allow it. Tick the box, or name no fee.'
        : 'Interest by law needs your word that nothing else was agreed. Tick the box, or name no fee.',
    );
  return {
    kind,
    yearlyRateBp: kind === 'contract' ? readRate(reader) : null,
    graceDays: reader.wholeOrNull('lateFee.graceDays') ?? 0,
    attestedBy: stated ? (same ? (before?.attestedBy ?? name) : name) : null,
    attestedOn: stated ? (same ? (before?.attestedOn ?? today) : today) : null,
  };
}

/** Percent as people write it, `8.5`, in hundredths. */
function readRate(reader: Reader): number | null {
  const written = reader.text('lateFee.yearlyRateBp').replace(/\s*%$/, '');
  if (written === '') return null;
  if (/^\d{1,2}(\.\d{1,2})?$/.test(written)) return Math.round(Number(written) * 100);
  reader.fault('lateFee.yearlyRateBp', `“${written}” is no rate. Write it as 8.5.`);
  return null;
}
