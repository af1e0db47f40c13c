import { randomUUID } from 'node:crypto';
import type { Mail } from './mails.ts';
import type { PostmarkRuntime } from './runtime.ts';
import type { SuppressionReason } from './suppressions.ts';
import { type BounceKind, fakedBounce } from './wire/bounces.ts';
import { bounceEvent, deliveryEvent, subscriptionEvent } from './wire/events.ts';
import { acceptedAnswer, inactiveWords, type OutgoingMessage, type Refusal } from './wire/message.ts';
import { type CheckedMessage, checkMessage } from './wire/validate.ts';

/** Accepts or refuses one message. An accepted one is durable before the answer, with its events on the way. */
export function accept(
  runtime: PostmarkRuntime,
  message: OutgoingMessage,
  isTest: boolean,
): Record<string, unknown> | Refusal {
  const { senders: _any, ...lenient } = runtime.settings;
  const checked = checkMessage(message, isTest ? lenient : runtime.settings);
  if ('ErrorCode' in checked) return checked;
  const id = randomUUID();
  const at = runtime.ctx.clock.now();
  if (isTest) return acceptedAnswer(message, id, at, 'Test job accepted');
  const recipients = [...checked.to, ...checked.cc, ...checked.bcc].map((each) => each.Email);
  const inactive = recipients.filter((each) => runtime.suppressions.get(checked.stream, each));
  if (inactive.length === recipients.length) return { ErrorCode: 406, Message: inactiveWords(inactive) };
  runtime.ctx.store.transaction(() => {
    const mail = mailOf(checked, message, id, at);
    runtime.mails.put(mail);
    for (const recipient of recipients)
      if (!inactive.includes(recipient)) travel(runtime, mail, recipient, message);
  });
  return acceptedAnswer(message, id, at);
}

/** A bounce or complaint of one recipient: the event, the suppression when the address is dead, the webhooks. */
export function bounce(runtime: PostmarkRuntime, mail: Mail, recipient: string, kind: BounceKind): void {
  const at = runtime.ctx.clock.now().toISOString();
  const complaint = kind.type === 'SpamComplaint';
  runtime.ctx.store.transaction(() => {
    const number = (runtime.ctx.store.all<number>('postmark-counter').get('bounce') ?? 4_000_000) + 1;
    runtime.ctx.store.put('postmark-counter', 'bounce', number);
    const current = runtime.mails.get(mail.id) ?? mail;
    const event = {
      recipient,
      type: complaint ? 'SpamComplaint' : 'Bounced',
      at,
      details: { Summary: kind.name, BounceID: String(number) },
    } as const; // prettier-ignore
    runtime.mails.put({ ...current, events: [...current.events, event] });
    runtime.ring(bounceEvent(mail, recipient, kind, number, at));
    if (!kind.inactive) return;
    const reason: SuppressionReason = complaint ? 'SpamComplaint' : 'HardBounce';
    runtime.suppressions.add({ stream: mail.stream, email: recipient, reason, origin: 'Recipient', at });
    runtime.ring(
      subscriptionEvent({ stream: mail.stream, recipient, origin: 'Recipient', reason, at, mail }),
    );
  });
}

function mailOf(checked: CheckedMessage, message: OutgoingMessage, id: string, at: Date): Mail {
  return {
    id,
    at: at.toISOString(),
    stream: checked.stream,
    from: String(message.From),
    to: checked.to.map((each) => each.Email),
    recipients: [...checked.to, ...checked.cc, ...checked.bcc].map((each) => each.Email),
    subject: checked.subject,
    ...(checked.tag ? { tag: checked.tag } : {}),
    metadata: checked.metadata,
    request: message as Record<string, unknown>,
    events: [],
  };
}

function travel(runtime: PostmarkRuntime, mail: Mail, recipient: string, message: OutgoingMessage): void {
  const headers = (message.Headers ?? []) as { Name: string; Value: string }[];
  const wish = headers.find((each) => each.Name.toLowerCase() === 'x-pm-bounce-type')?.Value;
  const kind = fakedBounce(recipient, wish);
  if (kind) {
    bounce(runtime, mail, recipient, kind);
    return;
  }
  const current = runtime.mails.get(mail.id) ?? mail;
  const details = {
    DeliveryMessage: '250 2.0.0 OK',
    DestinationServer: 'mx.sandbox',
    DestinationIP: '127.0.0.1',
  };
  runtime.mails.put({
    ...current,
    events: [...current.events, { recipient, type: 'Delivered', at: mail.at, details }],
  });
  runtime.ring(deliveryEvent(mail, recipient, mail.at));
}
