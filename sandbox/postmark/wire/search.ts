import type { Mail } from '../mails.ts';
import { parseAddress, splitAddresses } from './addresses.ts';
import { sevenDigits } from './message.ts';

type Wire = Record<string, unknown>;

/** One row of `GET /messages/outbound`. */
export function foundMessage(mail: Mail): Wire {
  return {
    Tag: mail.tag ?? '',
    MessageID: mail.id,
    MessageStream: mail.stream,
    To: boxes(mail.request.To),
    Cc: boxes(mail.request.Cc),
    Bcc: boxes(mail.request.Bcc),
    Recipients: mail.recipients,
    ReceivedAt: sevenDigits(mail.at),
    From: mail.from,
    Subject: mail.subject,
    Attachments: attachmentNames(mail),
    Status: 'Sent',
    TrackOpens: mail.request.TrackOpens === true,
    TrackLinks: 'None',
    Metadata: mail.metadata,
    Sandboxed: false,
  };
}

/** `GET /messages/outbound/{id}/details`. */
export function messageDetails(mail: Mail): Wire {
  return {
    TextBody: mail.request.TextBody ?? '',
    HtmlBody: mail.request.HtmlBody ?? '',
    Body: sourceOf(mail),
    ...foundMessage(mail),
    MessageEvents: mail.events.map((event) => ({
      Recipient: event.recipient,
      Type: event.type,
      ReceivedAt: sevenDigits(event.at),
      Details: event.details,
    })),
  };
}

/** The headers as the recipient would see them: those of the message, and the ones Postmark adds. */
export function headersOf(mail: Mail): { Name: string; Value: string }[] {
  const own = Array.isArray(mail.request.Headers)
    ? (mail.request.Headers as { Name: string; Value: string }[])
    : [];
  const base: [string, unknown][] = [
    ['From', mail.request.From],
    ['To', mail.request.To],
    ['Cc', mail.request.Cc],
    ['Reply-To', mail.request.ReplyTo],
    ['Subject', mail.subject],
    ['Date', new Date(mail.at).toUTCString()],
  ];
  const named = base.filter(([, value]) => typeof value === 'string' && value !== '');
  const keeps = own.some((header) => header.Name.toLowerCase() === 'message-id');
  return [
    ...named.map(([Name, Value]) => ({ Name, Value: String(Value) })),
    ...own,
    ...(keeps ? [] : [{ Name: 'Message-ID', Value: `<${mail.id}@mtasv.net>` }]),
    { Name: 'X-PM-Message-Id', Value: mail.id },
    { Name: 'X-PM-Message-Stream', Value: mail.stream },
  ];
}

function sourceOf(mail: Mail): string {
  const head = headersOf(mail).map(({ Name, Value }) => `${Name}: ${Value}`);
  return `${head.join('\r\n')}\r\n\r\n${String(mail.request.TextBody ?? mail.request.HtmlBody ?? '')}`;
}

function boxes(list: unknown): Wire[] {
  const found = typeof list === 'string' ? splitAddresses(list).map(parseAddress) : [];
  return found.filter((each) => each !== undefined).map(({ Email, Name }) => ({ Email, Name }));
}

function attachmentNames(mail: Mail): string[] {
  const list = mail.request.Attachments;
  return Array.isArray(list) ? list.map((each: { Name?: unknown }) => String(each?.Name ?? '')) : [];
}
