import type { Tx } from '../platform/db.ts';
import { getDocumentOf } from '../policies/document.store.ts';
import { allPacks } from '../policies/law/jurisdictions.ts';
import type { BasisNames } from './explain.ts';

const packs: ReadonlyMap<string, string> = new Map(allPacks.map(({ key, name }) => [key, name]));

/** How people called the parts of a version of the company's policy; without a version, of the one in force. */
export async function basisNames(tx: Tx, companyId: string, version?: number): Promise<BasisNames> {
  const document = await getDocumentOf(tx, companyId, version);
  return {
    segments: new Map(document?.segments.map(({ key, name }) => [key, name])),
    sequences: new Map(document?.sequences.map(({ key, name }) => [key, name])),
    steps: new Map(
      document?.sequences.flatMap(({ steps }) => steps.map(({ key, name }) => [key, name] as const)),
    ),
    packs,
  };
}
