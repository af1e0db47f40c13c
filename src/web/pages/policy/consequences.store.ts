import type { Tx } from '../../../platform/db.ts';
import { loadCatalogue } from '../../../policies/consequences/catalogue.store.ts';
import { consequenceName } from '../../../policies/consequences/consequence.ts';
import type { PolicyBody } from '../../../policies/document.ts';
import type { Option } from './parts.view.tsx';

/** P8: what a step may announce: what somebody approved, and what a step of the policy names already. */
export async function consequenceOptions(
  tx: Tx,
  companyId: string,
  body: PolicyBody,
): Promise<readonly Option[]> {
  const approved = [...(await loadCatalogue(tx, companyId)).values()]
    .filter(({ active }) => active)
    .map(({ kind }) => ({ value: kind, words: consequenceName(kind) }));
  const named = body.sequences.flatMap(({ steps }) => steps.flatMap(({ consequence }) => consequence ?? []));
  const unknown = [...new Set(named)].filter((key) => !approved.some(({ value }) => value === key));
  return [
    ...approved,
    ...unknown.map((key) => ({ value: key, words: `${key.replaceAll('_', ' ')} (not approved)` })),
  ];
}
