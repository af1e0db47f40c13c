import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { at, list, object, readJson, text } from '../../src/platform/json.ts';
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
  if (webhookToken === '' || !signed(webhookToken, rawBody, headers['intuit-signature'])) return null;
  const body = readJson(rawBody.toString('utf8'));
  const notifications = at(body, 'eventNotifications');
  if (Array.isArray(notifications)) return notifications.flatMap(classicRings);
  const events = Array.isArray(body) ? body : [body];
  return events.flatMap(cloudRing);
}

/** In constant time: how much of a forged signature is right must not show. */
function signed(webhookToken: string, rawBody: Buffer, signature: string | undefined): boolean {
  const wanted = createHmac('sha256', webhookToken).update(rawBody).digest();
  const given = Buffer.from(signature ?? '', 'base64');
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

/** `type` is `qbo.invoice.updated.v1`; `intuitaccountid` is the realm. */
function cloudRing(event: unknown): readonly Doorbell[] {
  const realmId = text(at(event, 'intuitaccountid'));
  const entity = (text(at(event, 'type')) ?? '').split('.')[1] ?? '';
  if (object(event) === null || realmId === null || !concerns(entity)) return [];
  return [{ ledgerRef: realmId, eventId: text(at(event, 'id')) ?? fingerprint(event) }];
}

/** The classic form has no event ids: equal events get equal fingerprints. */
function classicRings(notification: unknown): readonly Doorbell[] {
  const realmId = text(at(notification, 'realmId'));
  if (realmId === null) return [];
  return list(at(notification, 'dataChangeEvent', 'entities'))
    .filter((entity) => concerns(text(at(entity, 'name')) ?? ''))
    .map((entity) => ({ ledgerRef: realmId, eventId: fingerprint([realmId, entity]) }));
}

function concerns(entity: string): boolean {
  return ours.has(entity.toLowerCase().replaceAll(/[^a-z]/g, ''));
}

function fingerprint(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('base64url');
}
