import { page } from '../../pages/layout.tsx';
import type { Mail } from '../mails.ts';
import { headersOf } from '../wire/search.ts';
import { sizeWords, whenWords } from './words.ts';

export type Tab = 'html' | 'text' | 'headers';

/** A file that came with the mail. */
export interface AttachmentView {
  name: string;
  type: string;
  bytes: number;
}

/** One mail: as HTML in a locked frame, as text, or its headers and metadata. */
export function mailPage(mail: Mail, tab: Tab, attachments: readonly AttachmentView[]): string {
  return page(
    mail.subject || 'Mail',
    <>
      <link rel="stylesheet" href="/mailbox.css" />
      <p>
        <a href="/mailbox">← Mailbox</a>
      </p>
      <h1>{mail.subject || '(no subject)'}</h1>
      <dl class="facts card">
        <dt>From</dt>
        <dd>{mail.from}</dd>
        <dt>To</dt>
        <dd>{mail.recipients.join(', ')}</dd>
        <dt>Sent</dt>
        <dd>{whenWords(mail.at)}</dd>
        <dt>What happened</dt>
        <dd>{happened(mail)}</dd>
        {attachments.length > 0 && (
          <>
            <dt>Attached</dt>
            <dd>
              <Attachments mail={mail} attachments={attachments} />
            </dd>
          </>
        )}
      </dl>
      <Tabs mail={mail} tab={tab} />
      {tab === 'html' && (
        <iframe
          class="paper"
          title="The mail as it was received"
          src={`/mailbox/${mail.id}/html`}
          sandbox="allow-popups allow-popups-to-escape-sandbox"
        />
      )}
      {tab === 'text' && (
        <pre class="card">{String(mail.request.TextBody ?? 'This mail has no text part.')}</pre>
      )}
      {tab === 'headers' && <Headers mail={mail} />}
    </>,
  );
}

function Tabs({ mail, tab }: { mail: Mail; tab: Tab }) {
  const tabs: [Tab, string][] = [
    ['html', 'As received'],
    ['text', 'Text'],
    ['headers', 'Headers and metadata'],
  ];
  return (
    <nav class="tabs" aria-label="Parts of the mail">
      {tabs.map(([name, words]) => (
        <a
          key={name}
          href={`/mailbox/${mail.id}?tab=${name}`}
          aria-current={name === tab ? 'page' : undefined}
        >
          {words}
        </a>
      ))}
    </nav>
  );
}

function Headers({ mail }: { mail: Mail }) {
  return (
    <div class="card scroll">
      <h2>Headers</h2>
      <table class="headers">
        <tbody>
          {headersOf(mail).map(({ Name, Value }, at) => (
            <tr key={at}>
              <th scope="row">{Name}</th>
              <td>{Value}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <h2>Metadata</h2>
      {Object.keys(mail.metadata).length === 0 && <p class="quiet">None.</p>}
      <table class="headers">
        <tbody>
          {Object.entries(mail.metadata).map(([name, value]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>{value}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Attachments({ mail, attachments }: { mail: Mail; attachments: readonly AttachmentView[] }) {
  return (
    <>
      {attachments.map((file, at) => (
        <div key={at}>
          <a href={`/mailbox/${mail.id}/attachments/${at}`}>{file.name}</a>{' '}
          <span class="quiet">{sizeWords(file.bytes)}</span>
        </div>
      ))}
    </>
  );
}

function happened(mail: Mail): string {
  if (mail.events.length === 0) return 'Accepted';
  return mail.events
    .map((event) => `${event.type === 'SpamComplaint' ? 'Marked as spam' : event.type}: ${event.recipient}`)
    .join('; ');
}
