import type { ComponentChildren } from 'preact';
import { mayHold } from '../../../companies/roles.ts';
import { addBusinessDays, businessCalendar } from '../../../domain/calendar.ts';
import { addDays, dayAt } from '../../../domain/day.ts';
import {
  disputeCategories,
  type HoldCategory,
  type HoldKind,
  legalCategories,
} from '../../../domain/hold-kinds.ts';
import { categoryWords } from '../../hold-words.ts';
import { Csrf, Field, Fold } from '../../parts/form.view.tsx';
import type { CompanyFrame } from '../frame.store.ts';
import type { CustomerView } from './customer.store.ts';
import { InvoiceSelect } from './invoice-select.view.tsx';

interface FormsProps {
  readonly frame: CompanyFrame;
  readonly view: CustomerView;
  /** The customer's page, to which each form posts below. */
  readonly at: string;
}

/** The reasons not to chase that this person may state, each behind its own words. */
export function HoldForms({ frame, view, at }: FormsProps) {
  const allowed = (kind: HoldKind): boolean =>
    mayHold(frame.signedIn.role, { doing: 'set', kind, scope: 'customer', own: false });
  return (
    <>
      {allowed('pause') ? <PauseForm {...{ frame, view, at }} /> : null}
      {allowed('dispute') ? <DisputeForm {...{ frame, view, at }} /> : null}
      {allowed('reply') ? <ReplyForm {...{ frame, view, at }} /> : null}
      {allowed('stopped') ? <StopForm {...{ frame, view, at }} /> : null}
      {allowed('do_not_contact') ? <NoContactForm {...{ frame, view, at }} /> : null}
      {allowed('legal') ? <LegalForm {...{ frame, view, at }} /> : null}
    </>
  );
}

function PauseForm({ frame, view, at }: FormsProps) {
  const today = dayAt(frame.now, frame.company.time_zone);
  return (
    <Hold
      frame={frame}
      action={`${at}/hold`}
      summary={`Pause ${shortName(view.customer.name)}`}
      button="Pause reminders"
    >
      <InvoiceSelect view={view} frame={frame} all="All invoices" />
      <fieldset>
        <legend class="label-text">How long</legend>
        <label class="choice">
          <input class="radio radio-sm" type="radio" name="end" value="day" checked />
          <strong>Until a day, that day included</strong>
          <span class="hint">The next morning reminders go on by themselves.</span>
        </label>
        <Field label="Last day">
          <input class="input" type="date" name="until" min={today} value={addDays(today, 7)} />
        </Field>
        <label class="choice">
          <input class="radio radio-sm" type="radio" name="end" value="open" />
          <strong>Until somebody lifts it</strong>
          <span class="hint">It never ends by itself.</span>
        </label>
      </fieldset>
      <Field
        label="Look at it again on"
        hint="Until then the customer is not among those that need attention. May stay empty."
      >
        <input class="input" type="date" name="review" min={addDays(today, 1)} />
      </Field>
      <Reason hint="Shown here and in the record, for example “waiting for the new order number”." />
    </Hold>
  );
}

function DisputeForm({ frame, view, at }: FormsProps) {
  if (view.positions.every((position) => position.lines.length === 0)) return null;
  return (
    <Hold frame={frame} action={`${at}/dispute`} summary="Dispute an invoice" button="Mark as disputed">
      <InvoiceSelect view={view} frame={frame} />
      <Category label="What is disputed" known={disputeCategories} />
      <Field label="Amount in question" hint="In the invoice's currency. Empty: all that is open on it.">
        <input class="input" name="amount" inputMode="decimal" maxLength={40} autocomplete="off" />
      </Field>
      <Reason label="Note" hint="What the customer says is wrong." />
      <p class="hint">The customer's other invoices go on.</p>
    </Hold>
  );
}

/** S5: how long a reply may wait before somebody is reminded of it. */
const REPLY_BUSINESS_DAYS = 3;

function ReplyForm({ frame, at }: FormsProps) {
  const { country, region, time_zone: timeZone } = frame.company;
  const today = dayAt(frame.now, timeZone);
  return (
    <Hold
      frame={frame}
      action={`${at}/reply`}
      summary="A reply waits for an answer"
      button="Rest until it is answered"
    >
      <Field
        label="Look at it on"
        hint="By then somebody should have answered. Reminders rest until this hold is lifted."
      >
        <input
          class="input"
          type="date"
          name="review"
          required
          min={addDays(today, 1)}
          value={addBusinessDays(today, REPLY_BUSINESS_DAYS, businessCalendar(country, region, timeZone))}
        />
      </Field>
      <Reason hint="Who wrote or called, and what about." />
    </Hold>
  );
}

function StopForm({ frame, at }: FormsProps) {
  return (
    <Hold frame={frame} action={`${at}/stop`} summary="Stop reminders for good" button="Stop reminders">
      <Reason hint="Nothing is sent to this customer by itself until somebody lifts it." />
    </Hold>
  );
}

function NoContactForm({ frame, at }: FormsProps) {
  return (
    <Hold frame={frame} action={`${at}/no-contact`} summary="Do not contact" button="Do not contact">
      <p>No message leaves, by no channel, not even one that a person releases by hand.</p>
      <Reason hint="Who asked for it, and when." />
    </Hold>
  );
}

function LegalForm({ frame, at }: FormsProps) {
  return (
    <Hold
      frame={frame}
      action={`${at}/legal`}
      summary="Insolvent, deceased, or in legal hands"
      button="Hold for legal reasons"
    >
      <Category label="What happened" known={legalCategories} />
      <Reason label="Note" hint="For example the file number, or who acts for them." />
    </Hold>
  );
}

function Hold({
  frame,
  action,
  summary,
  button,
  children,
}: {
  readonly frame: CompanyFrame;
  readonly action: string;
  readonly summary: string;
  readonly button: string;
  readonly children: ComponentChildren;
}) {
  return (
    <Fold summary={summary}>
      <form method="post" action={action} class="stack">
        <Csrf token={frame.signedIn.csrfToken} />
        {children}
        <button class="btn btn-primary btn-sm" type="submit">
          {button}
        </button>
      </form>
    </Fold>
  );
}

function Category({ label, known }: { readonly label: string; readonly known: readonly HoldCategory[] }) {
  return (
    <Field label={label}>
      <select class="select" name="category" required>
        <option value="">Choose…</option>
        {known.map((category) => (
          <option key={category} value={category}>
            {categoryWords[category]}
          </option>
        ))}
      </select>
    </Field>
  );
}

function Reason({ label = 'Reason', hint }: { readonly label?: string; readonly hint: string }) {
  return (
    <Field label={label} hint={hint}>
      <input class="input" name="reason" required maxLength={300} autocomplete="off" />
    </Field>
  );
}

function shortName(name: string): string {
  return name.length <= 24 ? name : 'this customer';
}
