import type { Models } from 'postmark';
import type { MailKind, OutgoingMail } from '../../src/ports/mailer.ts';

/** Under which name our id goes along. Only a touch's comes back in events as a touch id. */
export const idNames: Readonly<Record<MailKind, string>> = { touch: 'ob', notice: 'no', copy: 'cp' };

/** Keeps a References header on what mail systems surely carry; RFC 5322 allows 998 characters a line. */
const referencesLimit = 900;

/** Our mail in Postmark's words: one recipient, no tracking, our own Message-ID, and the ids to find it again by. */
export function postmarkMessage(mail: OutgoingMail, stream: string): Models.Message {
  return {
    From: mailbox(mail.from),
    To: mailbox(mail.to),
    ReplyTo: oneLine(mail.replyTo),
    Subject: oneLine(mail.subject),
    HtmlBody: mail.html,
    TextBody: mail.text,
    MessageStream: stream,
    TrackOpens: false,
    TrackLinks: 'None' as Models.LinkTrackingOptions,
    Metadata: { [idNames[mail.kind ?? 'touch']]: mail.touchId, co: mail.companyId },
    Headers: headers(mail),
  };
}

function headers(mail: OutgoingMail): Models.Header[] {
  const thread = [...mail.references, ...(mail.inReplyTo === null ? [] : [mail.inReplyTo])];
  const references = shortened([...new Set(thread)].map(bracketed));
  const named: [string, string | null][] = [
    ['Message-ID', bracketed(mail.messageId)],
    // without it Postmark's relay puts an id of its own in place of ours
    ['X-PM-KeepID', 'true'],
    ['In-Reply-To', mail.inReplyTo === null ? null : bracketed(mail.inReplyTo)],
    ['References', references === '' ? null : references],
    // a machine wrote this (RFC 3834): other machines shall not answer with receipts; an absence note is welcome
    ['Auto-Submitted', 'auto-generated'],
    ['X-Auto-Response-Suppress', 'DR, RN, NRN'],
  ];
  return named.flatMap(([Name, Value]) => (Value === null ? [] : [{ Name, Value }]));
}

/** `"Name" <address>`, or the bare address when there is no name. */
function mailbox(who: { readonly name: string; readonly email: string }): string {
  const email = oneLine(who.email).replaceAll(/[<>\s]/g, '');
  const name = oneLine(who.name).slice(0, 100).trim();
  return name === '' ? email : `"${name.replaceAll(/[\\"]/g, '\\$&')}" <${email}>`;
}

function bracketed(id: string): string {
  return `<${oneLine(id).replaceAll(/[<>\s]/g, '')}>`;
}

/** The first id, which names the conversation, and as many of the latest as fit. */
function shortened(ids: readonly string[]): string {
  const [first, ...rest] = ids;
  if (first === undefined) return '';
  const kept: string[] = [];
  let length = first.length;
  for (const id of rest.reverse()) {
    length += id.length + 1;
    if (length > referencesLimit) break;
    kept.unshift(id);
  }
  return [first, ...kept].join(' ');
}

/** No value may start a header of its own. */
function oneLine(value: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
  return value.replaceAll(/[\u0000-\u001f\u007f]+/g, ' ').trim();
}
