import type { Mail } from '../mails.ts';
import type { BounceKind } from './bounces.ts';
import { sevenDigits } from './message.ts';

const SERVER_ID = 23;
type Payload = Record<string, unknown>;

/** Webhook: the message reached the recipient's server. */
export function deliveryEvent(mail: Mail, recipient: string, at: string): Payload {
  return {
    RecordType: 'Delivery',
    MessageStream: mail.stream,
    ServerID: SERVER_ID,
    MessageID: mail.id,
    Recipient: recipient,
    Tag: mail.tag ?? '',
    DeliveredAt: sevenDigits(at),
    Details: '250 2.0.0 OK',
    Metadata: mail.metadata,
  };
}

/** Webhook: a bounce, or, by its kind, a spam complaint. `id` is the bounce's own number. */
export function bounceEvent(
  mail: Mail,
  recipient: string,
  kind: BounceKind,
  id: number,
  at: string,
): Payload {
  const complaint = kind.type === 'SpamComplaint';
  return {
    RecordType: complaint ? 'SpamComplaint' : 'Bounce',
    MessageStream: mail.stream,
    ID: id,
    Type: kind.type,
    TypeCode: kind.code,
    Name: kind.name,
    Tag: mail.tag ?? '',
    MessageID: mail.id,
    ServerID: SERVER_ID,
    Description: `${kind.name} (sandbox)`,
    Details: complaint ? 'The recipient marked the message as spam' : 'smtp;550 5.1.1 sandbox',
    Email: recipient,
    From: mail.from,
    BouncedAt: sevenDigits(at),
    DumpAvailable: false,
    Inactive: kind.inactive,
    CanActivate: kind.inactive && !complaint,
    Subject: mail.subject,
    Metadata: mail.metadata,
  };
}

/** What a change of a suppression list is about. */
export interface SubscriptionChange {
  stream: string;
  recipient: string;
  origin: 'Recipient' | 'Customer' | 'Admin';
  /** Null: sending is allowed again. */
  reason: string | null;
  at: string;
  mail?: Mail;
}

/** Webhook: an address was put on or taken off a suppression list; MessageID is null when no mail caused it. */
export function subscriptionEvent(change: SubscriptionChange): Payload {
  return {
    RecordType: 'SubscriptionChange',
    MessageID: change.mail?.id ?? null,
    ServerID: SERVER_ID,
    MessageStream: change.stream,
    ChangedAt: sevenDigits(change.at),
    Recipient: change.recipient,
    Origin: change.origin,
    SuppressSending: change.reason !== null,
    SuppressionReason: change.reason,
    Tag: change.mail?.tag ?? null,
    Metadata: change.mail?.metadata ?? {},
  };
}
