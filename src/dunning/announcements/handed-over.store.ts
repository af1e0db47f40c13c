import type { Day } from '../../domain/day.ts';
import type { LegalCategory } from '../../domain/hold-kinds.ts';
import type { Tx } from '../../platform/db.ts';
import { type ConsequenceKind, consequenceName } from '../../policies/consequences/consequence.ts';
import { setHold } from '../../receivables/hold.store.ts';
import type { Announcement } from './announcement.ts';

/** Who has the matter once it is done; whoever is not in it stays with the business. */
const elsewhere: Partial<Readonly<Record<ConsequenceKind, LegalCategory>>> = {
  agency: 'collection',
  court: 'court',
};

/**
 * EXC-14: what was passed to an agency or a court is not chased by Duly any more, in no currency: a legal hold without an
 * end, set by whoever said that it is done. Nothing when the matter stays here, or such a hold stands already.
 */
export async function holdHandedOver(
  tx: Tx,
  companyId: string,
  { kind, customerId }: Announcement,
  said: { readonly note: string; readonly by: string; readonly today: Day },
  now: Date,
): Promise<void> {
  const category = elsewhere[kind];
  if (category === undefined) return;
  const standing = await tx
    .selectFrom('hold')
    .select('hold_id')
    .where('company_id', '=', companyId)
    .where('customer_id', '=', customerId)
    .where('scope', '=', 'customer')
    .where('kind', '=', 'legal')
    .where('category', '=', category)
    .where('starts_on', '<=', said.today)
    .where('ends_on', 'is', null)
    .where('lifted_at', 'is', null)
    .executeTakeFirst();
  if (standing !== undefined) return;
  const reason = `Done as announced: ${consequenceName(kind).toLowerCase()}. ${said.note}`;
  const of = { kind: 'legal', category, scope: 'customer', customerId } as const;
  await setHold(tx, companyId, { ...of, reason, setBy: said.by, startsOn: said.today }, now);
}
