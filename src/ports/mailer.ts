/**
 * What a message is: the metadata keeps them apart, so that what is told of a notice, or of a copy of a touch's message,
 * is never taken for the touch.
 */
export type MailKind = 'touch' | 'notice' | 'copy';

/** One message to one recipient (S8). The caller has rendered and stored the exact bytes. */
export interface OutgoingMail {
  /** Absent: a touch. */
  readonly kind?: MailKind;
  /** Our id of the touch, notice or copy: goes along as metadata, so that an unknown outcome can be looked up. */
  readonly touchId: string;
  readonly companyId: string;
  readonly from: { readonly name: string; readonly email: string };
  readonly to: { readonly name: string; readonly email: string };
  readonly replyTo: string;
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  /** RFC 5322 Message-ID without angle brackets. */
  readonly messageId: string;
  /** Message-ID that this one answers, in the same conversation; null starts one. */
  readonly inReplyTo: string | null;
  readonly references: readonly string[];
}

/**
 * What became of an attempt. `refused`: surely not accepted, and it won't be (say why to a person).
 * `blocked`: surely not accepted, for a fault of our own account or set-up that no address is to blame for.
 * `later`: surely not accepted now, may be tried again. `uncertain`: it may or may not have left: never
 * resent by itself (S8).
 */
export type SendOutcome =
  | { readonly kind: 'accepted'; readonly providerMessageId: string }
  | {
      readonly kind: 'refused';
      readonly code: string;
      readonly reason: string;
      readonly recipientInactive: boolean;
    }
  | { readonly kind: 'blocked'; readonly code: string; readonly reason: string }
  | { readonly kind: 'later'; readonly code: string; readonly reason: string }
  | { readonly kind: 'uncertain'; readonly code: string; readonly reason: string };

export interface Mailer {
  /** One attempt, never throws. */
  send(mail: OutgoingMail): Promise<SendOutcome>;
  /** The provider's id of the message that carries this id; null: not found (yet); throws when it can't ask. */
  find(id: string, kind?: MailKind): Promise<string | null>;
}

interface MailConcerned {
  /** Our touch and company ids as we sent them along; null: the message was not ours. */
  readonly touchId: string | null;
  /** Ours of a copy of a touch's message, which is a message of its own; absent: it was none. */
  readonly copyId?: string;
  readonly companyId: string | null;
  readonly providerMessageId: string;
  readonly recipient: string;
  /** ISO instant, UTC. */
  readonly at: string;
  /** The same however often the provider repeats the event. */
  readonly eventId: string;
}

/** What the provider tells about a message that left. `inactive`: it will refuse this address from now on. */
export type MailEvent =
  | (MailConcerned & { readonly kind: 'delivered'; readonly details: string })
  | (MailConcerned & { readonly kind: 'bounced'; readonly inactive: boolean; readonly details: string })
  | (MailConcerned & { readonly kind: 'complained' })
  | (MailConcerned & { readonly kind: 'autoReply' | 'addressChange' })
  | { readonly kind: 'ignored'; readonly recordType: string };

/** Reads one webhook call of the provider; null: not an event of theirs. */
export type MailEventReader = (body: unknown, traceId: string | null) => MailEvent | null;
