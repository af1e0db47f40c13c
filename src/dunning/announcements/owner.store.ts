import { record } from '../../activity/activity.store.ts';
import { tellOwners } from '../../companies/notice.store.ts';
import type { Tx } from '../../platform/db.ts';
import { loadCatalogue } from '../../policies/consequences/catalogue.store.ts';
import { consequenceName } from '../../policies/consequences/consequence.ts';
import type { Announcement } from './announcement.ts';

/**
 * P8: has whoever answers for it told once by e-mail that the day of what was announced has come. Returns the address;
 * null: the catalogue has none for them, or somebody else answers for such things by now, and nobody is mailed.
 */
export async function tellWhoActs(
  tx: Tx,
  companyId: string,
  row: Announcement,
  now: Date,
): Promise<string | null> {
  const entry = (await loadCatalogue(tx, companyId)).get(row.kind);
  const email = entry?.ownerName === row.ownerName ? entry.ownerEmail : null;
  if (email === null) return null;
  const kind = 'consequence_due';
  const before = await tx
    .selectFrom('notice')
    .select('subject')
    .where('company_id', '=', companyId)
    .where('kind', '=', kind)
    .where('subject', '=', row.announcementId)
    .executeTakeFirst();
  if (before !== undefined) return email;
  const { name: customerName } = await tx
    .selectFrom('customer')
    .select('name')
    .where('company_id', '=', companyId)
    .where('customer_id', '=', row.customerId)
    .executeTakeFirstOrThrow();
  const { announcementId, customerId, words, announcedOn, actOn, doing } = row;
  const consequence = { announcementId, customerName, words, announcedOn, actOn, doing };
  const facts = { at: now.toISOString(), consequence };
  const to = { name: row.ownerName, email };
  await tellOwners(tx, companyId, { kind, subject: announcementId, facts, to }, now);
  await record(tx, companyId, now, [
    {
      kind: 'consequence_owner_told',
      actor: 'Duly',
      summary: `${row.ownerName} (${email}) is told that the day of “${consequenceName(row.kind)}” has come.`,
      customerId,
      caseId: row.caseId,
      touchId: row.touchId,
    },
  ]);
  return email;
}
