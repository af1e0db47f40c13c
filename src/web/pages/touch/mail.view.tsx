import { may } from '../../../companies/roles.ts';
import { localeOf } from '../../../domain/locale.ts';
import { formatMoney } from '../../../domain/money.ts';
import { copyWords } from '../../../dunning/copies.ts';
import { Csrf, Fold } from '../../parts/form.view.tsx';
import type { CompanyFrame } from '../frame.store.ts';
import type { CopySeen, TouchMail, TouchPageView } from './touch.store.ts';

/** A person makes it. */
export function isTask({ channel }: Pick<TouchPageView, 'channel'>): boolean {
  return channel === 'call' || channel === 'letter';
}

/** It may be in the post, and nobody has said yet whether it is. */
export function isPrinted({ printed, state }: Pick<TouchPageView, 'printed' | 'state'>): boolean {
  return printed !== null && state === 'approved';
}

/** What the frame below shows. */
function whatIt(touch: TouchPageView): string {
  if (touch.channel === 'call') return 'call sheet';
  return touch.channel === 'letter' ? 'letter' : 'e-mail';
}

interface MailProps {
  readonly frame: CompanyFrame;
  readonly touch: TouchPageView;
  readonly mail: TouchMail;
  readonly at: string;
}

/** The heads of a message and the message itself, as it left or would leave. */
export function MailPart(props: MailProps) {
  const { touch, mail, at } = props;
  const what = whatIt(touch);
  const page = `${at}/touches/${touch.touchId}/mail`;
  return (
    <>
      <Heads {...props} />
      <div class="stack">
        <p class="t-2 t-small">{keptWords(touch, mail, what)}</p>
        <iframe class="mail" src={page} title={`The ${what}: ${mail.subject}`} sandbox="" />
        <OnPaper {...props} what={what} page={page} />
        <Fold summary="The same as plain text">
          <pre class="panel t-small whitespace-pre-wrap">{mail.text}</pre>
        </Fold>
      </div>
    </>
  );
}

function OnPaper({ frame, touch, what, page }: MailProps & { readonly what: string; readonly page: string }) {
  if (!isTask(touch)) return null;
  if (touch.channel === 'letter' && touch.state === 'approved' && touch.printed === null)
    return <PrintForm frame={frame} touchId={touch.touchId} />;
  return (
    <p>
      <a href={page} target="_blank" rel="noopener">
        Open the {what} {touch.channel === 'call' ? 'to print it' : 'by itself'}
      </a>
    </p>
  );
}

/** Reads the books once more, keeps the page as it is then, and opens it to be printed. */
export function PrintForm({ frame, touchId }: { readonly frame: CompanyFrame; readonly touchId: string }) {
  if (!may(frame.signedIn.role, 'approve')) return null;
  const at = `/companies/${frame.company.company_id}/touches/${touchId}/print`;
  return (
    <form method="post" action={at} target="_blank" rel="noopener">
      <Csrf token={frame.signedIn.csrfToken} />
      <button class="btn btn-plain btn-sm" type="submit">
        Print the letter
      </button>
    </form>
  );
}

function Heads({ frame, touch, mail }: MailProps) {
  const task = isTask(touch);
  return (
    <dl class="facts">
      <dt>{touch.channel === 'call' ? 'Caller' : 'From'}</dt>
      <dd>{task ? mail.fromName : `${mail.fromName} (${mail.fromEmail})`}</dd>
      <dt>To</dt>
      <dd>{toWords(touch)}</dd>
      {task ? null : (
        <>
          <dt>Answers go to</dt>
          <dd>{mail.replyTo}</dd>
        </>
      )}
      {touch.copies.length === 0 ? null : (
        <>
          <dt>Copies</dt>
          <dd>
            <ul>
              {touch.copies.map((copy) => (
                <li key={copy.email}>{copySentence(copy)}</li>
              ))}
            </ul>
          </dd>
        </>
      )}
      <dt>Subject</dt>
      <dd>{mail.subject}</dd>
      <dt>Asks for</dt>
      <dd>{formatMoney(touch.askMinor, touch.currency, localeOf(frame.company.country))}</dd>
      <dt>Reference</dt>
      <dd>{touch.reference}</dd>
    </dl>
  );
}

function toWords(touch: TouchPageView): string {
  if (touch.channel === 'call')
    return `${touch.recipientName} (${touch.recipientPhone ?? 'no telephone number in the books'})`;
  if (touch.channel === 'letter')
    return [touch.recipientName, ...(touch.recipientAddress ?? '').split('\n')].filter(Boolean).join(', ');
  return `${touch.recipientName} (${touch.recipientEmail})`;
}

const copyStates: Readonly<Record<string, string>> = {
  ahead: 'when it was accepted',
  waiting: 'not gone yet',
  reserved: 'leaving now',
  uncertain: 'we are finding out whether it left',
  sent: 'sent',
  failed: 'did not leave',
  cancelled: 'not sent',
};

const copyDeliveries: Readonly<Record<string, string>> = {
  delivered: ', delivered',
  returned: ', but it came back for now',
  bounced: ', but it came back',
  complained: ', and marked as spam by its reader',
};

function copySentence({ name, email, why, state, reason, delivery }: CopySeen): string {
  const who = name === '' ? email : `${name} (${email})`;
  const because = reason === null || state === 'sent' ? '' : `, ${reason}`;
  return `${who}: ${copyWords[why]}; ${copyStates[state] ?? state}${because}${copyDeliveries[delivery ?? ''] ?? ''}`;
}

function keptWords(touch: TouchPageView, mail: TouchMail, what: string): string {
  if (touch.channel === 'call')
    return mail.kept
      ? 'This is the sheet as it was when the call was made.'
      : 'This is the sheet as it stands now.';
  if (touch.channel === 'letter')
    return mail.kept
      ? touch.printed === null
        ? 'This is the letter as it was when it was marked as posted.'
        : 'This is the letter exactly as it was printed.'
      : 'This is the letter with the figures of now. Print it on the day on which you post it: the books are read once more, and the page is kept as it is then.';
  return mail.kept
    ? `This is the exact ${what}, as it was received.`
    : 'This is the e-mail as it would leave now. Right before it leaves, the amounts are read from the ledger again, and “View and pay” is put in where the ledger shows the invoice online.';
}
