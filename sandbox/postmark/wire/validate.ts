import { type Mailbox, parseAddress, splitAddresses } from './addresses.ts';
import type { OutgoingMessage, Refusal } from './message.ts';

/** A message that holds water, in the parts the stand-in needs. */
export interface CheckedMessage {
  from: Mailbox;
  to: Mailbox[];
  cc: Mailbox[];
  bcc: Mailbox[];
  subject: string;
  stream: string;
  tag?: string;
  metadata: Record<string, string>;
}

/** What the server knows of senders and streams. Absent senders: every one is confirmed. */
export interface ServerRules {
  streams: readonly string[];
  /** Addresses or domains with a confirmed signature. */
  senders?: readonly string[];
  /** 405, 412 or 413: what is wrong with the account. */
  accountProblem?: number;
}

const FORBIDDEN = new Set(
  'vbs exe bin bat chm com cpl crt hlp hta inf ins isp jse lnk mdb pcd pif reg scr sct shs vbe vba wsf wsh wsl msc msi msp mst'.split(
    ' ',
  ), // prettier-ignore
);
const BODY_LIMIT = 5 * 1024 * 1024;
const ACCOUNT: Record<number, string> = {
  405: 'Your account has run out of credits or is not allowed to send.',
  412: 'Your account is pending approval: it may send only to addresses of its own domain.',
  413: 'Your account is not approved for sending.',
};

/** Judges one message in Postmark's order; the first thing wrong decides. */
export function checkMessage(message: OutgoingMessage, rules: ServerRules): CheckedMessage | Refusal {
  const fromText = text(message.From);
  const from = parseAddress(fromText);
  if (!from || fromText.length > 255) return bad(`Invalid 'From' address: '${fromText}'.`);
  const lists = [message.To, message.Cc, message.Bcc].map((list) => splitAddresses(text(list)));
  const [to = [], cc = [], bcc = []] = lists.map((list) => list.map(parseAddress));
  if (to.length === 0) return bad('Zero recipients specified');
  if (lists.flat().length > 50) return bad('You can send to at most 50 recipients per message.');
  const wrong = lists.flat().find((each) => !parseAddress(each));
  if (wrong !== undefined) return bad(`Error parsing 'To': Illegal email address '${wrong}'.`);
  const problem =
    contentProblem(message) ?? metadataProblem(message.Metadata) ?? attachmentProblem(message.Attachments);
  if (problem) return problem;
  const stream = text(message.MessageStream) || 'outbound';
  const server = serverProblem(from.Email, stream, rules);
  if (server) return server;
  const tag = text(message.Tag);
  return {
    from,
    to: to.filter((each) => each !== undefined),
    cc: cc.filter((each) => each !== undefined),
    bcc: bcc.filter((each) => each !== undefined),
    subject: text(message.Subject),
    stream,
    ...(tag ? { tag } : {}),
    metadata: (message.Metadata ?? {}) as Record<string, string>,
  };
}

function serverProblem(from: string, stream: string, rules: ServerRules): Refusal | undefined {
  if (stream === 'inbound') {
    return { ErrorCode: 1236, Message: `The message stream 'inbound' can't be used for sending.` };
  }
  if (!rules.streams.includes(stream)) {
    return {
      ErrorCode: 1235,
      Message: `The 'MessageStream' provided does not exist on this server. Stream: ${stream}`,
    };
  }
  if (rules.accountProblem) {
    return {
      ErrorCode: rules.accountProblem,
      Message: ACCOUNT[rules.accountProblem] ?? 'Not allowed to send.',
    };
  }
  const domain = from.slice(from.indexOf('@') + 1).toLowerCase();
  const confirmed = rules.senders?.some(
    (each) => each.toLowerCase() === domain || each.toLowerCase() === from.toLowerCase(),
  );
  if (confirmed !== false) return undefined;
  return {
    ErrorCode: 400,
    Message: `The 'From' address you supplied (${from}) is not a Sender Signature on your account. Please add and confirm this address in order to be able to use it in the 'From' field of your messages.`,
  };
}

function contentProblem(message: OutgoingMessage): Refusal | undefined {
  const [html, plain] = [text(message.HtmlBody), text(message.TextBody)];
  if (!html && !plain) return bad('Provide either email TextBody or HtmlBody or both.');
  if (Math.max(html.length, plain.length) > BODY_LIMIT)
    return bad('The body of the message is larger than 5 MB.');
  if (text(message.Subject).length > 2000) return bad('The subject is longer than 2000 characters.');
  if (text(message.Tag).length > 1000) return bad('The tag is longer than 1000 characters.');
  const headers = message.Headers ?? [];
  const sound =
    Array.isArray(headers) &&
    headers.every((h) => typeof h?.Name === 'string' && typeof h?.Value === 'string');
  return sound
    ? undefined
    : { ErrorCode: 403, Message: "Invalid field: 'Headers' must hold objects with Name and Value." };
}

function metadataProblem(metadata: unknown): Refusal | undefined {
  if (metadata === undefined || metadata === null) return undefined;
  if (typeof metadata !== 'object' || Array.isArray(metadata))
    return bad('Metadata must be an object of strings.');
  const entries = Object.entries(metadata as Record<string, unknown>);
  if (entries.length > 10) return bad('Metadata may have at most 10 keys.');
  if (new Set(entries.map(([key]) => key.toLowerCase())).size < entries.length)
    return bad('Metadata keys must differ.');
  if (entries.some(([key]) => key.length > 20)) return bad('A metadata key may have at most 20 characters.');
  const fits = entries.every(([, value]) => typeof value === 'string' && value.length <= 80);
  return fits ? undefined : bad('A metadata value must be a string of at most 80 characters.');
}

function attachmentProblem(attachments: unknown): Refusal | undefined {
  if (!Array.isArray(attachments)) return undefined;
  for (const { Name } of attachments as { Name?: unknown }[]) {
    const ending = text(Name).split('.').at(-1)?.toLowerCase() ?? '';
    if (FORBIDDEN.has(ending)) {
      return {
        ErrorCode: 411,
        Message: `Attachment '${text(Name)}' has a type that is not allowed: ${ending}.`,
      };
    }
  }
  return undefined;
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function bad(words: string): Refusal {
  return { ErrorCode: 300, Message: words };
}
