import type { Mailer, MailKind, OutgoingMail, SendOutcome } from '../../src/ports/mailer.ts';
import { type PostmarkMailerSettings, type Trace, tracedClient } from './client.ts';
import { idNames, postmarkMessage } from './message.ts';
import { type Attempt, outcomeOf } from './outcome.ts';

/** For the whole exchange. The SDK counts in seconds; its own default is three minutes. */
const defaultTimeoutSeconds = 30;

export interface PostmarkDeps {
  readonly timeoutSeconds?: number;
}

/** The mailer over Postmark's API. One attempt a call; the SDK doesn't retry either. */
export function postmarkMailer(settings: PostmarkMailerSettings, deps: PostmarkDeps = {}): Mailer {
  const timeoutSeconds = deps.timeoutSeconds ?? defaultTimeoutSeconds;
  return {
    async send(mail) {
      if (settings.serverToken === '' || settings.apiUrl === '') return notConfigured;
      return outcomeOf(await attempt(settings, timeoutSeconds, mail));
    },
    find: (id, kind = 'touch') => find(settings, timeoutSeconds, id, kind),
  };
}

const notConfigured: SendOutcome = {
  kind: 'blocked',
  code: 'not_configured',
  reason: 'no Postmark server token is set',
};

async function attempt(
  settings: PostmarkMailerSettings,
  timeoutSeconds: number,
  mail: OutgoingMail,
): Promise<Attempt> {
  const trace: Trace = { status: null, causeCode: null };
  try {
    const client = tracedClient(settings, timeoutSeconds, trace);
    return answered(trace, await client.sendEmail(postmarkMessage(mail, settings.stream)));
  } catch (error) {
    return failed(trace, error);
  }
}

/** The SDK resolves with whatever came, a proxy's page as a text: nothing about it is taken for granted. */
function answered(trace: Trace, answer: unknown): Attempt {
  const { MessageID, ErrorCode, Message } = isRecord(answer) ? answer : {};
  return {
    ...trace,
    errorCode: typeof ErrorCode === 'number' ? ErrorCode : null,
    message: typeof Message === 'string' ? Message : '',
    messageId: typeof MessageID === 'string' && MessageID !== '' ? MessageID : null,
  };
}

/** Only the SDK's own errors carry `statusCode`; a stalled body throws the runtime's, whose `code` means nothing. */
function failed(trace: Trace, error: unknown): Attempt {
  const { code, statusCode, message } = isRecord(error) ? error : {};
  const fromPostmark = typeof statusCode === 'number' && typeof code === 'number';
  const said = typeof message === 'string' ? message.slice(0, 500) : 'no reason given';
  return {
    ...trace,
    errorCode: fromPostmark ? code : null,
    message: trace.causeCode === null ? said : `Postmark gave no answer (${trace.causeCode})`,
    messageId: null,
  };
}

/**
 * Searches the stream for the message that carries this id. `messagestream` must be named, or Postmark looks
 * into its default stream; no dates, as it reads them in Eastern Time.
 */
async function find(
  settings: PostmarkMailerSettings,
  timeoutSeconds: number,
  id: string,
  kind: MailKind,
): Promise<string | null> {
  const trace: Trace = { status: null, causeCode: null };
  let answer: unknown;
  try {
    const filter = { count: 1, offset: 0, messagestream: settings.stream, [`metadata_${idNames[kind]}`]: id };
    answer = await tracedClient(settings, timeoutSeconds, trace).getOutboundMessages(filter);
  } catch (error) {
    // a new error: the SDK's may hold more than its words
    throw new Error(`Postmark can't be asked: ${failed(trace, error).message}`);
  }
  const messages = isRecord(answer) ? answer.Messages : undefined;
  if (!Array.isArray(messages))
    throw new Error("Postmark can't be asked: its answer was not a list of messages");
  return messages.map((message) => foundId(message, id, kind)).find((found) => found !== null) ?? null;
}

/** A search that ignored our filter would name any message: where metadata is shown, it must be ours. */
function foundId(message: unknown, id: string, kind: MailKind): string | null {
  if (!isRecord(message) || typeof message.MessageID !== 'string') return null;
  return !isRecord(message.Metadata) || message.Metadata[idNames[kind]] === id ? message.MessageID : null;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
