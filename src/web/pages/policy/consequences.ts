import type { Tx } from '../../../platform/db.ts';
import type { PolicyBody } from '../../../policies/document.ts';
import type { Option } from './parts.view.tsx';

/** Those that a step may announce: those that steps of the policy name already, until there is a catalogue. */
export async function consequenceOptions(_tx: Tx, body: PolicyBody): Promise<readonly Option[]> {
  const named = body.sequences.flatMap(({ steps }) => steps.flatMap(({ consequence }) => consequence ?? []));
  return [...new Set(named)].map((key) => ({ value: key, words: key.replaceAll('_', ' ') }));
}
