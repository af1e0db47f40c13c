import type { MailEvent } from '../ports/mailer.ts';

/** An event about a message of ours. */
export type MessageEvent = Extract<MailEvent, { readonly touchId: string | null }>;

/** One that tells what became of it. */
export type FateEvent = Exclude<MessageEvent, { readonly kind: 'autoReply' | 'addressChange' }>;

/**
 * What a touch or copy keeps of an event. `returned`: came back this once; `bounced`: for good, so the step stays open
 * (S9).
 */
export type Delivery = 'delivered' | 'returned' | 'bounced' | 'complained';

/** An out-of-office answer or a new address is no failure of delivery. */
export function tellsFate(event: MessageEvent): event is FateEvent {
  return event.kind !== 'autoReply' && event.kind !== 'addressChange';
}

export function deliveryOf(event: FateEvent): Delivery {
  return event.kind === 'bounced' && !event.inactive ? 'returned' : event.kind;
}

/** Events come repeated and in any order: only a graver one changes anything. */
export function severity(delivery: string | null): number {
  return ['delivered', 'returned', 'bounced', 'complained'].indexOf(delivery ?? '');
}
