/** One message as it is sent to `/email`; unknown members are kept with the rest. */
export interface OutgoingMessage {
  From?: unknown;
  To?: unknown;
  Cc?: unknown;
  Bcc?: unknown;
  ReplyTo?: unknown;
  Subject?: unknown;
  Tag?: unknown;
  HtmlBody?: unknown;
  TextBody?: unknown;
  Headers?: unknown;
  Metadata?: unknown;
  Attachments?: unknown;
  MessageStream?: unknown;
}

/** Postmark's refusal of one message: its own code, not an HTTP status. */
export interface Refusal {
  ErrorCode: number;
  Message: string;
}

/** An accepted message's answer. `To`, `Cc`, `Bcc` are given back as they came. */
export function acceptedAnswer(
  message: OutgoingMessage,
  id: string,
  at: Date,
  words = 'OK',
): Record<string, unknown> {
  return {
    To: message.To,
    ...(message.Cc ? { Cc: message.Cc } : {}),
    ...(message.Bcc ? { Bcc: message.Bcc } : {}),
    SubmittedAt: sevenDigits(at),
    MessageID: id,
    ErrorCode: 0,
    Message: words,
  };
}

/** Postmark's dates have seven digits after the second. */
export function sevenDigits(at: Date | string): string {
  return `${new Date(at).toISOString().slice(0, 23)}0000Z`;
}

/** The text of error 406, from which clients read the addresses. */
export function inactiveWords(addresses: readonly string[]): string {
  return `You tried to send to recipient(s) that have been marked as inactive. Found inactive addresses: ${addresses.join(', ')}. Inactive recipients are ones that have generated a hard bounce, a spam complaint, or a manual suppression.`;
}
