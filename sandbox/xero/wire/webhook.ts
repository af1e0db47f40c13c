import { createHmac } from 'node:crypto';
import { eventDate } from './dates.ts';
import type { Wire } from './envelope.ts';

/** Something that changed and that Xero tells about. There is no category for payments and no delete. */
export interface WebhookEvent {
  category: 'INVOICE' | 'CONTACT' | 'CREDITNOTE' | 'PREPAYMENT' | 'OVERPAYMENT' | 'SUBSCRIPTION';
  type: 'CREATE' | 'UPDATE';
  tenantId: string;
  resourceId: string;
  /** ISO instant. */
  at: string;
  /** Only credit notes say what they are. */
  data?: { Type: string; Status: string };
}

const FOLDER: Record<WebhookEvent['category'], string> = {
  INVOICE: 'Invoices',
  CONTACT: 'Contacts',
  CREDITNOTE: 'CreditNotes',
  PREPAYMENT: 'Prepayments',
  OVERPAYMENT: 'Overpayments',
  SUBSCRIPTION: 'Subscriptions',
};

/** The body of one call; `first` is the sequence number of its first event, 0 when there are none. */
export function webhookBody(events: readonly WebhookEvent[], first: number, entropy: string): string {
  return JSON.stringify({
    events: events.map(webhookEvent),
    lastEventSequence: events.length === 0 ? 0 : first + events.length - 1,
    firstEventSequence: events.length === 0 ? 0 : first,
    entropy,
  });
}

function webhookEvent(event: WebhookEvent): Wire {
  return {
    resourceUrl: `https://api.xero.com/api.xro/2.0/${FOLDER[event.category]}/${event.resourceId}`,
    resourceId: event.resourceId,
    tenantId: event.tenantId,
    tenantType: event.category === 'SUBSCRIPTION' ? 'APPLICATION' : 'ORGANISATION',
    eventCategory: event.category,
    eventType: event.type,
    eventDateUtc: eventDate(event.at),
    ...(event.data ? { data: event.data } : {}),
  };
}

/** base64(HMAC-SHA256(raw body, webhook key)), the header `x-xero-signature`. */
export function signature(body: string, key: string): string {
  return createHmac('sha256', key).update(body).digest('base64');
}
