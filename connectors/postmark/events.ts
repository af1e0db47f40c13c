import { idNames } from './message.ts';

/** What every event says about the message it concerns. */
interface Concerned {
  /** Our touch id and company id, from the metadata we sent along; null: the message wasn't ours or is too old. */
  readonly touchId: string | null;
  /** Ours of a copy; absent: it was none. */
  readonly copyId?: string;
  readonly companyId: string | null;
  readonly providerMessageId: string;
  readonly recipient: string;
  /** ISO instant, UTC. */
  readonly at: string;
  /** The same for every delivery of this event, however often Postmark repeats it. */
  readonly eventId: string;
}

/**
 * What Postmark tells about a message that left. `autoReply` and `addressChange` come as bounces but are none.
 * `bounced.inactive`: Postmark will refuse this address from now on; that, not the type's name, is what counts.
 */
type DeliveryEvent =
  | (Concerned & { readonly kind: 'delivered'; readonly details: string })
  | (Concerned & {
      readonly kind: 'bounced';
      readonly bounceType: string;
      readonly inactive: boolean;
      readonly details: string;
    })
  | (Concerned & { readonly kind: 'complained' })
  | (Concerned & { readonly kind: 'autoReply' | 'addressChange' })
  | { readonly kind: 'ignored'; readonly recordType: string };

const notFailures: Readonly<Record<string, 'autoReply' | 'addressChange'>> = {
  AutoResponder: 'autoReply',
  AddressChange: 'addressChange',
};

/**
 * Reads the parsed body of one webhook call; `traceId` is the header X-PM-Webhook-Trace-Id, when it came. Null: not
 * an event of Postmark's, or one without what it must have. Opens, clicks and the rest are `ignored`.
 */
export function parsePostmarkEvent(body: unknown, traceId: string | null = null): DeliveryEvent | null {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return null;
  const event = body as Readonly<Record<string, unknown>>;
  const recordType = textOf(event.RecordType);
  if (recordType === 'Delivery') {
    const concerned = concernedBy(event, event.Recipient, event.DeliveredAt, traceId);
    return concerned && { ...concerned, kind: 'delivered', details: textOf(event.Details).slice(0, 500) };
  }
  if (recordType === 'Bounce' || recordType === 'SpamComplaint') {
    const concerned = concernedBy(event, event.Email, event.BouncedAt, traceId);
    return concerned && returned(concerned, recordType, event);
  }
  return recordType === '' ? null : { kind: 'ignored', recordType };
}

function returned(
  concerned: Concerned,
  recordType: string,
  event: Readonly<Record<string, unknown>>,
): DeliveryEvent {
  const bounceType = textOf(event.Type);
  if (recordType === 'SpamComplaint' || bounceType === 'SpamComplaint')
    return { ...concerned, kind: 'complained' };
  const other = notFailures[bounceType];
  if (other !== undefined) return { ...concerned, kind: other };
  const details = (textOf(event.Description) || textOf(event.Details)).slice(0, 500);
  return { ...concerned, kind: 'bounced', bounceType, inactive: event.Inactive === true, details };
}

function concernedBy(
  event: Readonly<Record<string, unknown>>,
  recipient: unknown,
  at: unknown,
  traceId: string | null,
): Concerned | null {
  const providerMessageId = textOf(event.MessageID);
  const instant = instantOf(at);
  const address = textOf(recipient);
  if (providerMessageId === '' || instant === null || address === '') return null;
  const metadata = (event.Metadata ?? {}) as Readonly<Record<string, unknown>>;
  const copyId = textOf(metadata[idNames.copy]);
  return {
    touchId: textOf(metadata[idNames.touch]) || null,
    ...(copyId === '' ? {} : { copyId }),
    companyId: textOf(metadata.co) || null,
    providerMessageId,
    recipient: address,
    at: instant,
    eventId: traceId ?? [textOf(event.RecordType), providerMessageId, address, textOf(at)].join(':'),
  };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value.trim() : '';
}

/** Postmark writes seven digits of a second, and an offset or Z. */
function instantOf(value: unknown): string | null {
  try {
    return new Date(Temporal.Instant.from(textOf(value)).epochMilliseconds).toISOString();
  } catch {
    return null;
  }
}
