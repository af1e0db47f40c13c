import { readAnnouncements } from '../../../src/dunning/announcements/read.store.ts';
import { settleAnnouncement } from '../../../src/dunning/announcements/settle.store.ts';
import { approveTouches } from '../../../src/dunning/approval.store.ts';
import { saveConsequence } from '../../../src/policies/consequences/catalogue.store.ts';
import type { ConsequenceKind } from '../../../src/policies/consequences/consequence.ts';
import { getDocument, saveDocument } from '../../../src/policies/document.store.ts';
import { emailBody } from '../../../src/policies/old-body.ts';
import { step } from '../../../src/policies/step.ts';
import { owes } from '../../delivery/support.ts';
import { customerRow } from '../../support/values.ts';
import type { Workshop } from '../../support/workshop.ts';

export const by = 'Maria Lopez';

/** A first reminder, and four days later a final notice that announces a stop of supply. */
export async function announcing(shop: Workshop, channel: 'email' | 'letter' = 'email'): Promise<void> {
  const first = step({ key: 'first', name: 'first reminder', offsetDays: 1, stage: 'first' });
  const final = step({
    key: 'final',
    name: 'final notice',
    offsetDays: 5,
    stage: 'final',
    payWithinDays: 7,
    consequence: 'stop_supply',
    channel,
  });
  await shop.within(async (tx) => {
    const { version: expectedVersion } = await getDocument(tx, shop.companyId);
    const document = {
      ...emailBody,
      sequences: [{ key: 'email', name: 'One', paused: false, steps: [first, final] }],
    };
    await saveDocument(tx, shop.companyId, { expectedVersion, document }, by, shop.now());
  });
}

export async function approve(
  shop: Workshop,
  kind: ConsequenceKind = 'stop_supply',
  active = true,
): Promise<void> {
  const wanted = { ownerName: 'Dana Whitfield', ownerEmail: null, leadDays: 3, doing: 'Lock it.', active };
  await shop.within((tx) => saveConsequence(tx, shop.companyId, kind, wanted, by, shop.now()));
}

/** Reads, plans, releases all that waits for a person and sends it, at 10:00 in Oregon on this day. */
export async function dayOf(shop: Workshop, on: string): Promise<void> {
  shop.at(`${on}T18:00:00Z`);
  await shop.morning();
  await release(shop);
  await shop.deliver();
  await shop.reconcileAndPlan();
}

async function release(shop: Workshop): Promise<void> {
  await shop.within(async (tx) => {
    const waiting = await tx
      .selectFrom('touch')
      .select('touch_id')
      .where('state', '=', 'awaiting_approval')
      .execute();
    const ids = waiting.map((row) => row.touch_id);
    if (ids.length > 0) await approveTouches(tx, shop.companyId, ids, by, shop.now());
  });
}

/** A company whose customer C1 was told on 16 November that supply stops from 26 November. */
export async function announcedTo(shop: Workshop): Promise<string> {
  await announcing(shop);
  await approve(shop);
  owes(shop);
  // of an unknown country the strict pack gives a business fourteen days with a final notice
  shop.ledger.put({ customers: [customerRow('C1', { country: 'US', region: 'OR' })] });
  await dayOf(shop, '2026-11-10');
  await dayOf(shop, '2026-11-16');
  const [row] = await announcements(shop);
  if (row === undefined) throw new Error('nothing was announced');
  return row.announcementId;
}

export function announcements(shop: Workshop) {
  return shop.within((tx) => readAnnouncements(tx, shop.companyId));
}

export async function statesOf(shop: Workshop): Promise<readonly string[]> {
  return (await announcements(shop)).map((row) => `${row.customerId} ${row.state}`);
}

export function settle(shop: Workshop, id: string, as: 'done' | 'withdrawn', note = 'said'): Promise<void> {
  return shop.within((tx) => settleAnnouncement(tx, shop.companyId, id, { as, note }, by, shop.now()));
}
