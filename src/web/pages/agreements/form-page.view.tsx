import { formatDay } from '../../../domain/day.ts';
import { localeOf } from '../../../domain/locale.ts';
import { decimalText, formatMoney } from '../../../domain/money.ts';
import type { AgreementKind } from '../../../receivables/agreements/agreement.ts';
import { percentOff } from '../../agreement-figures.ts';
import { Page } from '../../layout.view.tsx';
import { Csrf } from '../../parts/form.view.tsx';
import type { CompanyFrame } from '../frame.store.ts';
import type { FormState } from './fields.view.tsx';
import type { Values } from './form.ts';
import { OfferForm, PromiseForm } from './forms.view.tsx';
import { PlanForms } from './plan.view.tsx';
import type { OfferAsk } from './read-promise.ts';

export const titles = {
  promise: 'Note a promise to pay',
  plan: 'Agree a plan',
  offer: 'Offer a settlement',
} as const satisfies Record<AgreementKind, string>;

export interface FormPageProps {
  readonly frame: CompanyFrame;
  readonly kind: AgreementKind;
  readonly customer: { readonly id: string; readonly name: string };
  readonly state: FormState;
  /** An offer that was looked at and is in order. */
  readonly looked?: OfferAsk | undefined;
}

/** One form on a page of its own: where it is filled in at leisure, and where it comes back with what is wrong. */
export function AgreementFormPage({ frame, kind, customer, state, looked }: FormPageProps) {
  const at = `/companies/${frame.company.company_id}/customers/${encodeURIComponent(customer.id)}`;
  const props = { state, action: `${at}/agreements/${kind}`, csrf: frame.signedIn.csrfToken };
  return (
    <Page {...frame} title={`${titles[kind]}: ${customer.name}`} active="agreements">
      <div class="stack-lg max-w-xl">
        <div>
          <p class="t-small">
            <a href={at}>{customer.name}</a>
          </p>
          <h1>{titles[kind]}</h1>
        </div>
        {state.ground.open.length === 0 ? (
          <p class="empty">Nothing is open at {customer.name}, so there is nothing to agree.</p>
        ) : (
          <FormOf kind={kind} looked={looked} frame={frame} {...props} />
        )}
      </div>
    </Page>
  );
}

function FormOf({
  kind,
  looked,
  frame,
  ...props
}: Pick<FormPageProps, 'kind' | 'looked' | 'frame' | 'state'> & {
  readonly action: string;
  readonly csrf: string;
}) {
  if (kind === 'plan') return <PlanForms {...props} />;
  return (
    <div class="stack-lg">
      {looked === undefined ? null : (
        <LookedAt ask={looked} values={props.state.values} action={props.action} frame={frame} />
      )}
      <div class="panel">
        {kind === 'promise' ? (
          <PromiseForm {...props} />
        ) : (
          <OfferForm {...props} looked={looked !== undefined} />
        )}
      </div>
    </div>
  );
}

/** Both figures of an offer, and the button that writes exactly these down. */
function LookedAt({
  ask,
  values,
  action,
  frame,
}: {
  readonly ask: OfferAsk;
  readonly values: Values;
  readonly action: string;
  readonly frame: CompanyFrame;
}) {
  const locale = localeOf(frame.company.country);
  const money = (minor: number): string => formatMoney(minor, ask.currency, locale);
  const fields = {
    currency: ask.currency,
    amount: decimalText(ask.reducedMinor, ask.currency),
    date: ask.validUntil,
    how: ask.how,
    note: values.note,
  };
  return (
    <section class="panel" aria-label="The offer">
      <p class="figure">{money(ask.reducedMinor)}</p>
      <p>
        instead of {money(ask.debtMinor)}: {money(ask.debtMinor - ask.reducedMinor)} less, a discount of{' '}
        {percentOff(ask.debtMinor, ask.reducedMinor).toLocaleString(locale)} per cent, if it is paid by{' '}
        {formatDay(ask.validUntil, locale, true)}.
      </p>
      <form method="post" action={action}>
        <Csrf token={frame.signedIn.csrfToken} />
        {(ask.invoiceIds ?? []).map((invoiceId) => (
          <input key={invoiceId} type="hidden" name="invoices" value={invoiceId} />
        ))}
        {Object.entries(fields).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <button class="btn btn-primary" type="submit">
          Offer {money(ask.reducedMinor)}
        </button>
      </form>
    </section>
  );
}
