import { type Day, dayAt } from '../../../domain/day.ts';
import type { Tx } from '../../../platform/db.ts';
import { UserError } from '../../../platform/errors.ts';
import type { PolicyDocument } from '../../../policies/document.ts';
import { documentOf } from '../../../policies/old-body.ts';
import { whatChangedInPolicy } from '../../../policies/what-changed.ts';

/** A version of the policy: who made it, when, and what it changed. */
export interface Version {
  readonly version: number;
  readonly createdBy: string;
  readonly createdAt: Date;
  /** In the company's zone. */
  readonly on: Day;
  /** Against the version before; empty for the first. */
  readonly changes: readonly string[];
}

export interface VersionsWish {
  /** Only versions above this one. */
  readonly above?: number;
  /** Only versions below this one. */
  readonly below?: number;
  readonly limit: number;
  readonly timeZone: string;
  readonly locale: string;
  /** Those that the company meets; amounts are told in these where they can be. */
  readonly currencies?: readonly string[];
}

/** Versions of a company's policy, newest first. */
export async function readVersions(
  tx: Tx,
  companyId: string,
  { above = 0, below = Number.MAX_SAFE_INTEGER, limit, timeZone, locale, currencies }: VersionsWish,
): Promise<readonly Version[]> {
  const rows = await tx
    .selectFrom('policy')
    .select(['version', 'body', 'created_by', 'created_at'])
    .where('company_id', '=', companyId)
    .where('version', '>=', above)
    .where('version', '<', Math.min(below, 2_147_483_647))
    .orderBy('version', 'desc')
    .limit(limit + 1)
    .execute();
  const documents = rows.map((row) => documentOf(row.body, row.version));
  return rows.slice(0, limit).flatMap((row, index) => {
    if (row.version <= above) return [];
    const [is, was] = [documents[index], documents[index + 1]];
    return [
      {
        version: row.version,
        createdBy: row.created_by,
        createdAt: row.created_at,
        on: dayAt(row.created_at, timeZone),
        changes:
          is === undefined || was === undefined ? [] : whatChangedInPolicy(was, is, locale, currencies),
      },
    ];
  });
}

/** One version whole, with its author. Throws UserError `not_found`. */
export async function readVersion(
  tx: Tx,
  companyId: string,
  version: number,
): Promise<{ readonly document: PolicyDocument; readonly createdBy: string; readonly createdAt: Date }> {
  const row = await tx
    .selectFrom('policy')
    .select(['version', 'body', 'created_by', 'created_at'])
    .where('company_id', '=', companyId)
    .where('version', '=', version)
    .executeTakeFirst();
  if (row === undefined)
    throw new UserError('not_found', 'There is no such version of the policy.', 'Choose one from the list.');
  return {
    document: documentOf(row.body, row.version),
    createdBy: row.created_by,
    createdAt: row.created_at,
  };
}
