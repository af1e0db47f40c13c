import type { Currency } from '../../../domain/currency.ts';
import { formatDay } from '../../../domain/day.ts';
import { localeOf } from '../../../domain/locale.ts';
import { formatMoney } from '../../../domain/money.ts';
import type { Reason } from '../../../domain/reason.ts';
import type { InvoiceInterest } from '../../../dunning/interest-of.store.ts';
import { percent } from '../../../policies/law/interest.ts';
import type { LateFee } from '../../../policies/policy.ts';
import { counted, daysInWords } from '../../words.ts';
import type { CompanyFrame } from '../frame.store.ts';
import type { InterestShown } from './interest.store.ts';
import { InterestTable } from './interest-table.view.tsx';
import { PaidLatePart } from './paid-late.view.tsx';
import { Sourced } from './sourced.view.tsx';

interface InterestProps {
  readonly frame: CompanyFrame;
  readonly customerId: string;
  readonly shown: InterestShown;
  /** Credits that are applied to no invoice yet, in minor units by currency. */
  readonly credits: readonly { readonly currency: Currency; readonly minor: number }[];
}

/** D10: what late payment costs this customer by a day, invoice by invoice, with the law or the terms it rests on. */
export function InterestPart({ frame, customerId, shown, credits }: InterestProps) {
  const { found } = shown;
  const at = `/companies/${frame.company.company_id}/customers/${encodeURIComponent(customerId)}`;
  const locale = localeOf(frame.company.country);
  if (found.terms === null)
    return (
      <p class="t-small t-2" id="interest">
        Late-payment interest and fees: none for this customer, says <a href={`${at}/policy`}>their policy</a>
        .
      </p>
    );
  return (
    <section class="stack" id="interest" aria-labelledby="interest-title">
      <div>
        <h2 id="interest-title">Late-payment interest and fees</h2>
        <p class="t-small t-2 prose-duly">
          {termsWords(found.terms, locale)} Only shown here: nothing of it is posted to the ledger or added to
          an invoice. <a href={`${at}/policy`}>Their policy</a> · <a href={`${at}/law`}>Their law</a>
        </p>
      </div>
      {found.why.length > 0 ? (
        <WhyNot reasons={found.why} locale={locale} at={at} />
      ) : (
        <Reckoned {...{ shown, credits, locale, at }} />
      )}
    </section>
  );
}

function termsWords(terms: LateFee, locale: string): string {
  const grace = terms.graceDays === 0 ? '' : `, after ${counted(terms.graceDays, 'day')} of grace`;
  const what =
    terms.kind === 'statutory' || terms.yearlyRateBp === null
      ? `Interest and fixed sums by law${grace}.`
      : `Interest of ${percent(terms.yearlyRateBp)} a year by your terms${grace}.`;
  if (terms.attestedBy === null || terms.attestedOn === null) return what;
  const said = terms.kind === 'statutory' ? 'nothing else was agreed' : 'the signed terms say so';
  return `${what} ${terms.attestedBy} stated on ${daysInWords(terms.attestedOn, locale)} that ${said}.`;
}

/** One answer for the whole customer. */
function WhyNot({
  reasons,
  locale,
  at,
}: {
  readonly reasons: readonly Reason[];
  readonly locale: string;
  readonly at: string;
}) {
  return (
    <div class="panel">
      <p>
        <strong>Nothing is charged to this customer.</strong>
      </p>
      <ul class="stack">
        {reasons.map((reason) => (
          <li key={reason.rule}>
            <Sourced reason={reason} locale={locale} at={at} />
          </li>
        ))}
      </ul>
    </div>
  );
}

interface ReckonedProps extends Pick<InterestProps, 'shown' | 'credits'> {
  readonly locale: string;
  readonly at: string;
}

function Reckoned({ shown, credits, locale, at }: ReckonedProps) {
  const { invoices } = shown.found;
  const tables = [...Map.groupBy(invoices, (invoice) => invoice.currency)];
  const when = formatDay(shown.asOf, locale);
  return (
    <>
      <OtherDay shown={shown} at={at} locale={locale} />
      {invoices.length === 0 ? (
        <p>
          Of what is open now, nothing {shown.asOf < shown.today ? 'was' : 'is'} past due on {when}.
        </p>
      ) : null}
      {tables.map(([currency, rows]) => (
        <InterestTable key={currency} {...{ currency, rows, locale, at }} asOf={shown.asOf} />
      ))}
      {credits
        .filter(({ currency, minor }) => minor > 0 && tables.some(([known]) => known === currency))
        .map(({ currency, minor }) => (
          <p key={currency} class="t-small t-2">
            {formatMoney(minor, currency, locale)} of credits are applied to no invoice yet; they are not
            taken off before that.
          </p>
        ))}
      {!shown.cut ? null : (
        <p class="t-small t-soon">
          Only the {invoices.length} invoices longest past due are listed and added up.
        </p>
      )}
      <PaidLatePart list={shown.paidLate} locale={locale} at={at} />
      <Grounds reasons={groundsOf([...invoices, ...shown.paidLate.invoices])} locale={locale} at={at} />
    </>
  );
}

/** The rules of law that sums rest on, and what a person should look at; whose word terms are stands above. */
function groundsOf(invoices: readonly Pick<InvoiceInterest, 'answer'>[]): readonly Reason[] {
  const all = invoices.flatMap(({ answer }) =>
    answer.kind === 'sum' ? [...(answer.reference === null ? [] : answer.reasons), ...answer.warnings] : [],
  );
  return [...new Map(all.map((reason) => [reason.rule, reason])).values()];
}

function Grounds({
  reasons,
  locale,
  at,
}: Pick<ReckonedProps, 'locale' | 'at'> & { readonly reasons: readonly Reason[] }) {
  if (reasons.length === 0) return null;
  return (
    <ul class="t-small t-2">
      {reasons.map((reason) => (
        <li key={reason.rule}>
          <Sourced reason={reason} locale={locale} at={at} />
        </li>
      ))}
    </ul>
  );
}

/** A day to reckon up to; one that cannot be shown stays in its field, with the reason below. */
function OtherDay({ shown, at, locale }: Pick<ReckonedProps, 'shown' | 'at' | 'locale'>) {
  const { fault, typed, today, asOf, last } = shown;
  return (
    <form method="get" action={`${at}#interest`}>
      <div class="flex flex-wrap items-end gap-3">
        <label class="field min-w-44">
          <span class="label-text">Reckoned up to</span>
          <input
            class="input"
            type="date"
            name="asOf"
            value={typed}
            max={last}
            aria-invalid={fault === null ? undefined : 'true'}
            aria-describedby={fault === null ? 'as-of-hint' : 'as-of-fault'}
            autofocus={fault !== null}
          />
        </label>
        <button class="btn btn-plain" type="submit">
          Show that day
        </button>
        {asOf === today && fault === null ? null : (
          <span class="pb-2">
            <a href={`${at}#interest`}>Today</a>
          </span>
        )}
      </div>
      {fault === null ? (
        <p class="hint" id="as-of-hint">
          {whatIf(shown, locale)}
        </p>
      ) : (
        <p class="hint t-late" id="as-of-fault" role="alert">
          {fault} Below are the figures of today, {formatDay(today, locale)}.
        </p>
      )}
    </form>
  );
}

function whatIf({ asOf, today }: InterestShown, locale: string): string {
  if (asOf > today) return `If nothing is paid until ${formatDay(asOf, locale)}.`;
  return asOf < today
    ? 'Of the invoices that are open now.'
    : 'Today. Choose a later day to see what it will come to if nothing is paid.';
}
