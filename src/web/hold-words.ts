import {
  disputeCategories,
  type HoldCategory,
  type HoldKind,
  holdKinds,
  legalCategories,
} from '../domain/hold-kinds.ts';

/** What a hold is called in a list. */
export const holdWords: Readonly<Record<HoldKind, string>> = {
  dispute: 'Disputed',
  promise: 'Promised',
  plan: 'Payment plan',
  offer: 'Offer',
  pause: 'Paused',
  do_not_contact: 'Not to be contacted',
  legal: 'In legal hands',
  reply: 'A reply waits',
  stopped: 'Stopped',
};

/** What each category is called where a person chooses one. */
export const categoryWords: Readonly<Record<HoldCategory, string>> = {
  wrong_amount: 'The amount or price is wrong',
  goods_or_service: 'Something is wrong with the goods or the work',
  not_received: 'Goods, work or invoice never arrived',
  already_paid: 'They say it is paid already',
  duplicate: 'Billed twice',
  other: 'Something else',
  insolvency: 'Insolvency or administration',
  solicitor: 'A solicitor or lawyer acts for them',
  deceased: 'The customer has died',
  collection: 'Handed to a collection agency',
  court: 'A court has the claim',
};

export function asKind(text: string): HoldKind | null {
  return holdKinds.find((known) => known === text) ?? null;
}

export function asCategory(text: string): HoldCategory | null {
  return [...disputeCategories, ...legalCategories].find((known) => known === text) ?? null;
}
