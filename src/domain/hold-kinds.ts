/**
 * Why somebody stated that an invoice, a customer or the whole company is not chased. `promise`, `plan` and `offer`
 * belong to an agreement; `stopped`: a person ended the chasing, and nothing takes it up again by itself (EXC-11).
 */
export const holdKinds = [
  'dispute',
  'promise',
  'plan',
  'offer',
  'pause',
  'do_not_contact',
  'legal',
  'reply',
  'stopped',
] as const;
export type HoldKind = (typeof holdKinds)[number];

export const holdScopes = ['company', 'customer', 'invoice'] as const;
export type HoldScope = (typeof holdScopes)[number];

export const disputeCategories = [
  'wrong_amount',
  'goods_or_service',
  'not_received',
  'already_paid',
  'duplicate',
  'other',
] as const;
export type DisputeCategory = (typeof disputeCategories)[number];

export const legalCategories = ['insolvency', 'solicitor', 'deceased', 'collection', 'court'] as const;
export type LegalCategory = (typeof legalCategories)[number];

export type HoldCategory = DisputeCategory | LegalCategory;

/** The categories that a kind of hold has; empty: it has none. */
export function categoriesOf(kind: HoldKind): readonly HoldCategory[] {
  if (kind === 'dispute') return disputeCategories;
  return kind === 'legal' ? legalCategories : [];
}

/** Kinds that stand and fall with an agreement: whoever wants them gone withdraws the agreement. */
export function isOfAgreement(kind: HoldKind): kind is 'promise' | 'plan' | 'offer' {
  return kind === 'promise' || kind === 'plan' || kind === 'offer';
}
