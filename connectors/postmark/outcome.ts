import type { SendOutcome } from '../../src/ports/mailer.ts';

/** What one attempt came to, before it is judged. */
export interface Attempt {
  /** HTTP status; null: no answer came. */
  readonly status: number | null;
  /** Postmark's own code out of the body: not an HTTP status, though some look like one; null: none. */
  readonly errorCode: number | null;
  /** Postmark's words, or those of the failure. */
  readonly message: string;
  /** Why no answer came, as the network says it (`ECONNREFUSED`); null: not known. */
  readonly causeCode: string | null;
  /** Postmark's id of the message, from an answer that says in full that it was accepted. */
  readonly messageId: string | null;
}

/** Failures before a connection stood: not a byte of the message has left. */
const neverConnected = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

const maintenance = 100;
const inactiveRecipient = 406;
/** Token, sender, credit, approval, message stream, sending IP: our own account or set-up, whoever is written to. */
const ownSetUp = new Set([10, 400, 401, 405, 412, 413, 1235, 1236, 1480]);
/** Without a code of Postmark's only these say something about the message itself: unprocessable, too large. */
const messageStatuses = new Set([413, 422]);

/**
 * The rule of S8: `uncertain` unless it is sure that Postmark did not take the message. Accepted needs the whole
 * receipt: a proxy that answers 200 with a page has not proved anything.
 */
export function outcomeOf(attempt: Attempt): SendOutcome {
  const { status, errorCode, message: reason, causeCode } = attempt;
  if (status === null) {
    const code = causeCode ?? 'no_answer';
    return neverConnected.has(code) ? { kind: 'later', code, reason } : { kind: 'uncertain', code, reason };
  }
  if (status >= 200 && status < 300) return receipt(attempt);
  const code = errorCode === null || errorCode === 0 ? `http_${status}` : String(errorCode);
  // 503 is maintenance: Postmark says itself that it takes nothing
  if (status === 429 || status === 503 || errorCode === maintenance) return { kind: 'later', code, reason };
  if (status >= 400 && status < 500 && status !== 408) return refused(status, errorCode, code, reason);
  // 500: "the message is usually lost", usually; 502 and 504: something in between lost the answer
  return { kind: 'uncertain', code, reason };
}

function receipt({ messageId, errorCode, message }: Attempt): SendOutcome {
  if (messageId !== null && errorCode === 0) return { kind: 'accepted', providerMessageId: messageId };
  if (errorCode !== null && errorCode !== 0) return refused(null, errorCode, String(errorCode), message);
  return { kind: 'uncertain', code: 'no_receipt', reason: 'the answer was not a receipt from Postmark' };
}

/** Surely not accepted; an address is blamed only for what Postmark says about it or about the message. */
function refused(status: number | null, errorCode: number | null, code: string, reason: string): SendOutcome {
  const blocked =
    errorCode === null || errorCode === 0
      ? status !== null && !messageStatuses.has(status)
      : ownSetUp.has(errorCode);
  if (blocked) return { kind: 'blocked', code, reason };
  return { kind: 'refused', code, reason, recipientInactive: errorCode === inactiveRecipient };
}
