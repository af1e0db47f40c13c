import { formatDay } from '../../../domain/day.ts';
import { localeOf } from '../../../domain/locale.ts';
import { formatAmount, formatMoney } from '../../../domain/money.ts';
import type { AgreementSeen } from '../../agreement-seen.store.ts';
import {
  howWords,
  instalmentWords,
  kindWords,
  stateWords,
  termsWords,
  toneOf,
} from '../../agreement-words.ts';
import { Csrf, Fold } from '../../parts/form.view.tsx';
import { counted } from '../../words.ts';
import type { CompanyFrame } from '../frame.store.ts';
import { mayWithdraw } from './rights.ts';

const toneClass = { paid: 't-paid', soon: 't-soon', late: 't-late', plain: undefined } as const;

/** One promise, plan or offer with its figures, who said it, its invoices, and the button that withdraws it. */
export function AgreementEntry({
  one,
  frame,
}: {
  readonly one: AgreementSeen;
  readonly frame: CompanyFrame;
}) {
  const locale = localeOf(frame.company.country);
  return (
    <li class="space-y-1">
      <p>
        <strong>{kindWords[one.kind]}</strong>: {termsWords(one, locale)}
      </p>
      <p class={toneClass[toneOf(one)]}>{stateWords(one, locale)}</p>
      {one.instalments.length > 0 ? <Instalments one={one} locale={locale} /> : null}
      <p class="t-small t-2">
        {one.saidBy === '' ? '' : `${one.saidBy}, `}
        {howWords[one.how]}; noted by {one.madeBy} on {formatDay(one.madeOn, locale)}.
        {one.note === '' ? '' : ` ${one.note}`}
      </p>
      <Covered one={one} locale={locale} />
      {canEnd(one) && mayWithdraw(frame.signedIn, one) ? <Withdraw one={one} frame={frame} /> : null}
    </li>
  );
}

/** A live one, or an accepted offer whose rest still holds its invoices. */
function canEnd({ live, state, invoices }: AgreementSeen): boolean {
  return live || (state === 'accepted' && invoices.some((invoice) => invoice.openMinor > 0));
}

interface PartProps {
  readonly one: AgreementSeen;
  readonly locale: string;
}

function Instalments({ one, locale }: PartProps) {
  return (
    <table class="sheet tight">
      <caption class="sr-only">Instalments</caption>
      <thead>
        <tr>
          <th scope="col">Due on</th>
          <th scope="col" class="num">
            {one.currency}
          </th>
          <th scope="col">State</th>
        </tr>
      </thead>
      <tbody>
        {one.instalments.map((each) => (
          <tr key={each.number}>
            <td>{formatDay(each.dueOn, locale)}</td>
            <td class="num">{formatAmount(each.amountMinor, one.currency, locale)}</td>
            <td class={each.state === 'late' ? 't-late' : each.state === 'paid' ? 't-paid' : undefined}>
              {each.state === 'part_paid'
                ? `${formatAmount(each.paidMinor, one.currency, locale)} paid`
                : instalmentWords[each.state]}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Covered({ one, locale }: PartProps) {
  const what = counted(one.invoices.length, 'invoice');
  return (
    <Fold summary={one.wholeCustomer ? `All that was past due: ${what}` : what}>
      <ul class="t-small">
        {one.invoices.map((invoice) => (
          <li key={invoice.invoiceId}>
            {invoice.number ?? 'No number'}: {formatMoney(invoice.openThenMinor, one.currency, locale)} then,{' '}
            {invoice.openMinor === 0
              ? 'nothing open now'
              : `${formatMoney(invoice.openMinor, one.currency, locale)} open now`}
          </li>
        ))}
      </ul>
    </Fold>
  );
}

function Withdraw({ one, frame }: { readonly one: AgreementSeen; readonly frame: CompanyFrame }) {
  const at = `/companies/${frame.company.company_id}/customers/${encodeURIComponent(one.customerId)}`;
  const kind = kindWords[one.kind].toLowerCase();
  const id = `why-${one.agreementId}`;
  return (
    <Fold summary={`Withdraw this ${kind}`}>
      <form method="post" action={`${at}/agreements/${one.agreementId}/withdraw`} class="stack">
        <Csrf token={frame.signedIn.csrfToken} />
        <div class="field">
          <label class="label-text" for={id}>
            Reason
          </label>
          <input class="input" id={id} name="reason" required maxLength={500} autocomplete="off" />
        </div>
        <button class="btn btn-plain btn-sm" type="submit">
          Withdraw the {kind}
        </button>
        <p class="hint">Its invoices are chased again.</p>
      </form>
    </Fold>
  );
}
