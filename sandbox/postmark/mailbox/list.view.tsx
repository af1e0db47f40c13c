import { page } from '../../pages/layout.tsx';
import type { Mail } from '../mails.ts';
import { whenWords } from './words.ts';

/** What the list shows: one page of mails, newest first. */
export interface ListView {
  mails: readonly Mail[];
  total: number;
  to: string;
  page: number;
  pages: number;
}

/** The mailbox: everything that was accepted for sending, newest first. */
export function listPage(view: ListView): string {
  return page(
    'Mailbox',
    <>
      <link rel="stylesheet" href="/mailbox.css" />
      <h1>Mailbox</h1>
      <p class="quiet">
        {view.total === 1 ? 'One mail' : `${view.total} mails`} accepted for sending. Nothing ever leaves this
        machine.
      </p>
      <form class="row search" method="get" action="/mailbox">
        <label>
          To
          <br />
          <input type="search" name="to" value={view.to} placeholder="part of an address" />
        </label>
        <button type="submit" class="plain">
          Find mail
        </button>
      </form>
      {view.mails.length === 0 ? <Empty to={view.to} /> : <List mails={view.mails} />}
      <Pages view={view} />
    </>,
  );
}

function Empty({ to }: { to: string }) {
  return (
    <div class="card">
      <p>
        {to
          ? `There is no mail to “${to}”.`
          : 'No mail yet. When Duly sends a reminder, it arrives here instead of at the customer.'}
      </p>
      {to && <a href="/mailbox">Show all mail</a>}
    </div>
  );
}

function List({ mails }: { mails: readonly Mail[] }) {
  return (
    <ol class="mails">
      {mails.map((mail) => (
        <li key={mail.id}>
          <a href={`/mailbox/${mail.id}`}>
            <span class="to">{mail.to.join(', ')}</span>
            <span class="subject">
              {mail.subject || '(no subject)'}
              {mail.events.some((event) => event.type !== 'Delivered') && (
                <span class="bounced"> · bounced</span>
              )}
            </span>
            <time class="when" dateTime={mail.at}>
              {whenWords(mail.at)}
            </time>
          </a>
        </li>
      ))}
    </ol>
  );
}

function Pages({ view }: { view: ListView }) {
  if (view.pages <= 1) return null;
  const address = (number: number) =>
    `/mailbox?${new URLSearchParams({ to: view.to, page: String(number) })}`;
  return (
    <nav class="row" aria-label="Pages">
      {view.page > 1 && <a href={address(view.page - 1)}>Newer</a>}
      <span class="quiet">
        Page {view.page} of {view.pages}
      </span>
      {view.page < view.pages && <a href={address(view.page + 1)}>Older</a>}
    </nav>
  );
}
