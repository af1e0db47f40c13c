import type { Tx } from '../../../platform/db.ts';
import { loadCatalogue } from '../../../policies/consequences/catalogue.store.ts';
import {
  asConsequenceKind,
  consequenceKinds,
  consequenceName,
} from '../../../policies/consequences/consequence.ts';
import type { PolicyBody } from '../../../policies/document.ts';
import type { Option } from './parts.view.tsx';

/**
 * Those that a step may announce (P8): the approved ones of the catalogue, and those that steps of the policy name
 * already, which announce nothing until somebody approves them.
 */
export async function consequenceOptions(
  tx: Tx,
  companyId: string,
  body: PolicyBody,
): Promise<readonly Option[]> {
  const catalogue = await loadCatalogue(tx, companyId);
  const named = new Set(
    body.sequences.flatMap(({ steps }) => steps.flatMap(({ consequence }) => consequence ?? [])),
  );
  const approved = consequenceKinds.filter((kind) => catalogue.get(kind)?.active === true);
  const others = [...named].filter((key) => !approved.some((kind) => kind === key));
  return [
    ...approved.map((kind) => ({ value: kind, words: consequenceName(kind) })),
    ...others.map((key) => ({ value: key, words: `${nameOf(key)} (not approved)` })),
  ];
}

function nameOf(key: string): string {
  const kind = asConsequenceKind(key);
  return kind === null ? key.replaceAll('_', ' ') : consequenceName(kind);
}
