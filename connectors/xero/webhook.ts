import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { at, list, readJson, text } from '../../src/platform/json.ts';
import type { Doorbell } from '../../src/ports/ledger.ts';

/** Only what we read rings: a change of the app's own subscription, or of what comes later, must not cost reads. */
const ours = new Set(['INVOICE', 'CONTACT', 'CREDITNOTE', 'PREPAYMENT', 'OVERPAYMENT']);

/**
 * Xero's call, verified over the raw bytes in constant time. Null: wrong signature (the route answers 401).
 * An empty list is a good call without events, such as Xero's "intent to receive" (the route answers 200): when an
 * address is registered, Xero sends some calls that are signed wrongly on purpose and wants to see both answers.
 */
export function readWebhook(
  key: string,
  rawBody: Buffer,
  headers: Readonly<Record<string, string | undefined>>,
): readonly Doorbell[] | null {
  if (key === '' || rawBody.length === 0 || !signed(key, rawBody, headers['x-xero-signature'] ?? ''))
    return null;
  return list(at(readJson(rawBody.toString('utf8')), 'events')).flatMap(doorbell);
}

function signed(key: string, rawBody: Buffer, signature: string): boolean {
  const expected = Buffer.from(createHmac('sha256', key).update(rawBody).digest('base64'));
  const given = Buffer.from(signature);
  return given.length === expected.length && timingSafeEqual(given, expected);
}

/**
 * Xero gives an event no id; what it says, taken together, is the same for a repetition and for nothing else. As a
 * fingerprint, because the organisation's id is a secret at rest.
 */
function doorbell(event: unknown): Doorbell[] {
  const ledgerRef = text(at(event, 'tenantId'));
  const category = text(at(event, 'eventCategory')) ?? '';
  if (ledgerRef === null || !ours.has(category)) return [];
  // a supplier's credit note moves nobody's debt
  if (text(at(event, 'data', 'Type')) === 'ACCPAYCREDIT') return [];
  const said = ['eventType', 'resourceId', 'eventDateUtc'].map((name) => text(at(event, name)));
  const print = createHash('sha256').update(JSON.stringify([ledgerRef, category, ...said]));
  return [{ ledgerRef, eventId: print.digest('base64url') }];
}
