import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { onMailEvent } from '../../../src/delivery/mail-events.store.ts';
import { resendTouch } from '../../../src/dunning/resend.store.ts';
import type { MailEvent } from '../../../src/ports/mailer.ts';
import { setDebtorType } from '../../../src/receivables/debtor-type.store.ts';
import { type TestDatabase, testDatabase } from '../../support/database.ts';
import { Workshop } from '../../support/workshop.ts';
import { announcedTo, announcements, approve, by, settle, statesOf } from './support.ts';

let database: TestDatabase;
let shop: Workshop;
let announcementId: string;
let final: string;

beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  shop = await Workshop.open(database);
  announcementId = await announcedTo(shop);
  final = (await shop.touches()).at(-1)?.touch_id ?? '';
});

function bounce(touchId: string): Promise<void> {
  const told: MailEvent = {
    kind: 'bounced',
    touchId,
    companyId: shop.companyId,
    providerMessageId: 'pm-1',
    recipient: 'x@c1.example',
    at: shop.now().toISOString(),
    eventId: `bounce ${touchId}`,
    inactive: true,
    details: 'no such mailbox.',
  };
  return onMailEvent(shop.duly, told);
}

const again = () =>
  shop.within((tx) => resendTouch(tx, shop.companyId, final, { email: 'new@c1.example' }, by, shop.now()));
const stateOf = async (touchId: string) =>
  (await shop.touches()).find((touch) => touch.touch_id === touchId)?.state;
async function sent(touchId: string): Promise<void> {
  await shop.deliver();
  expect(await stateOf(touchId)).toBe('sent');
}

test('P8: it came back, so that the repetition to another address announces it, and is followed', async () => {
  await bounce(final);
  expect(await statesOf(shop)).toEqual(['C1 unheard']);
  shop.at('2026-11-17T18:00:00Z');
  const touchId = await again();
  await sent(touchId);
  const [live] = await announcements(shop);
  expect(live).toMatchObject({ touchId, kind: 'stop_supply', actOn: '2026-11-26', state: 'announced' });
});

test('what was heard already is announced once; should the first one come back later, the second was heard', async () => {
  shop.at('2026-11-17T18:00:00Z');
  const touchId = await again();
  await sent(touchId);
  expect(await announcements(shop)).toMatchObject([{ touchId: final, state: 'announced' }]);
  await bounce(final);
  expect(await announcements(shop)).toMatchObject([{ touchId, state: 'announced' }]);
});

test('withdrawn or done: what waits to be said once more is taken back, and is refused from then on', async () => {
  // the evening before: it waits for the morning
  shop.at('2026-11-18T05:00:00Z');
  const touchId = await again();
  await settle(shop, announcementId, 'withdrawn');
  expect(await stateOf(touchId)).toBe('cancelled');
  await expect(again()).rejects.toThrow('What it announces is settled.');
});

test('the law, the catalogue and a broken word speak against a repetition as against the first message', async () => {
  const refused = (why: string) => expect(again()).rejects.toThrow(why);
  shop.at('2026-11-17T18:00:00Z');
  await approve(shop, 'stop_supply', false);
  await refused('is not an approved entry of the catalogue');
  await approve(shop);
  await shop.within((tx) => tx.updateTable('announcement').set({ state: 'broken' }).execute());
  await refused('neither done nor withdrawn');
  await shop.within((tx) => tx.updateTable('announcement').set({ state: 'announced' }).execute());
  await shop.within((tx) => tx.updateTable('customer').set({ country: 'DE', region: null }).execute());
  await shop.within((tx) => setDebtorType(tx, shop.companyId, 'C1', 'consumer', by, shop.now()));
  await refused('No consequence is announced to a consumer');
});
