import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { at, list, readJson, text } from '../../src/platform/json.ts';
import type { Doorbell } from '../../src/ports/ledger.ts';

/** Only what we read rings: a change of a vendor's bill must not cost a read. */
const ours = new Set(['customer', 'invoice', 'creditmemo', 'payment']);

/**
 * Doorbell rings of a webhook: CloudEvents (a list, or one alone) or the classic form. Null when the signature over
 * the raw bytes is wrong or no token is configured; an empty list when it is right and nothing concerns us.
 */
export function readWebhook(
  webhookToken: string,
  rawBody: Buffer,
  headers: Readonly<Record<string, string | undefined>>,
): readonly Doorbell[] | null {
  if (
    webhookToken === '' ||
    rawBody.length === 0 ||
    !signed(webhookToken, rawBody, headers['intuit-signature'])
  )
    return null;
  const body = readJson(rawBody.toString('utf8'));
  const notifications = at(body, 'eventNotifications');
  if (Array.isArray(notifications)) return notifications.flatMap(classicRings);
  const events = Array.isArray(body) ? body : [body];
  return events.flatMap(cloudRing);
}

/**
 * In constant time: how much of a forged signature is right must not show. As text: its base64 has spellings that
 * differ in a character and decode to the same bytes.
 */
function signed(webhookToken: string, rawBody: Buffer, signature: string | undefined): boolean {
  const wanted = Buffer.from(createHmac('sha256', webhookToken).update(rawBody).digest('base64'));
  const given = Buffer.from(signature ?? '');
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

/** `type` is `qbo.invoice.updated.v1`; `intuitaccountid` is the realm. */
function cloudRing(event: unknown): readonly Doorbell[] {
  const realmId = text(at(event, 'intuitaccountid'));
  const [vendor, entity = ''] = (text(at(event, 'type')) ?? '').split('.');
  if (text(at(event, 'specversion')) !== '1.0' || vendor !== 'qbo') return [];
  if (realmId === null || !concerns(entity)) return [];
  const id = text(at(event, 'id'));
  // what is no plain id could be too long or hold characters that a database refuses
  const eventId = id !== null && /^[\w.:-]{1,100}$/.test(id) ? id : fingerprint(event);
  return [{ ledgerRef: realmId, eventId }];
}

/** The classic form has no event ids: equal events get equal fingerprints. */
function classicRings(notification: unknown): readonly Doorbell[] {
  const realmId = text(at(notification, 'realmId'));
  if (realmId === null) return [];
  return list(at(notification, 'dataChangeEvent', 'entities'))
    .filter((entity) => concerns(text(at(entity, 'name')) ?? ''))
    .map((entity) => ({
      ledgerRef: realmId,
      eventId: fingerprint([realmId, entity]),
      ...mergeOf(entity),
    }));
}

/** The guide and Intuit's own libraries spell the member differently. CloudEvents do not name who is gone. */
function mergeOf(entity: unknown): Pick<Doorbell, 'merged'> {
  const from = text(at(entity, 'deletedId')) ?? text(at(entity, 'deletedID'));
  const into = text(at(entity, 'id'));
  const isMerge = text(at(entity, 'operation')) === 'Merge' && text(at(entity, 'name')) === 'Customer';
  return isMerge && from !== null && into !== null ? { merged: { from, into } } : {};
}

function concerns(entity: string): boolean {
  return ours.has(entity.toLowerCase().replaceAll(/[^a-z]/g, ''));
}

function fingerprint(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('base64url');
}
