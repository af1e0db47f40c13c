import type { Tx } from '../platform/db.ts';
import { getDocumentOf, getDocuments } from '../policies/document.store.ts';
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

/** What a version of the company's policy called a step; null: it has none of that key. One statement for all of them. */
export async function stepNamesOf(
  tx: Tx,
  companyId: string,
  versions: readonly number[],
): Promise<(version: number, stepKey: string | null) => string | null> {
  const documents = versions.length === 0 ? [] : await getDocuments(tx, companyId, versions);
  const names = new Map(
    documents.map(({ version, sequences }) => [
      version,
      new Map(sequences.flatMap(({ steps }) => steps.map(({ key, name }) => [key, name] as const))),
    ]),
  );
  return (version, stepKey) => names.get(version)?.get(stepKey ?? '') ?? null;
}
