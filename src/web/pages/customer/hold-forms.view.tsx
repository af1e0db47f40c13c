import { mayHold } from '../../../companies/roles.ts';
import { addBusinessDays, businessCalendar } from '../../../domain/calendar.ts';
import { addDays, dayAt } from '../../../domain/day.ts';
import { disputeCategories, type HoldKind, legalCategories } from '../../../domain/hold-kinds.ts';
import { Field } from '../../parts/form.view.tsx';
import { HowLong } from '../../parts/how-long.view.tsx';
import { type Refused, Typed } from '../../refused.ts';
import type { CompanyFrame } from '../frame.store.ts';
import { AskedToStop } from './asked-to-stop.view.tsx';
import type { CustomerView } from './customer.store.ts';
import { Category, Hold, Reason } from './hold-form-parts.view.tsx';
import { InvoiceSelect } from './invoice-select.view.tsx';

interface FormsProps {
  readonly frame: CompanyFrame;
  readonly view: CustomerView;
  /** The customer's page, to which each form posts below. */
  readonly at: string;
  /** The form of the page that was refused just now. */
  readonly refused?: Refused | null | undefined;
}

/** The reasons not to chase that this person may state, each behind its own words. */
export function HoldForms(props: FormsProps) {
  const { frame } = props;
  const allowed = (kind: HoldKind): boolean =>
    mayHold(frame.signedIn.role, { doing: 'set', kind, scope: 'customer', own: false });
  return (
    <>
      <AskedToStop {...props} />
      {allowed('pause') ? <PauseForm {...props} /> : null}
      {allowed('dispute') ? <DisputeForm {...props} /> : null}
      {allowed('reply') ? <ReplyForm {...props} /> : null}
      {allowed('stopped') ? <StopForm {...props} /> : null}
      {allowed('do_not_contact') ? <NoContactForm {...props} /> : null}
      {allowed('legal') ? <LegalForm {...props} /> : null}
    </>
  );
}

function PauseForm({ frame, view, at, refused }: FormsProps) {
  const typed = new Typed('hold', refused);
  const today = dayAt(frame.now, frame.company.time_zone);
  return (
    <Hold
      frame={frame}
      action={`${at}/hold`}
      typed={typed}
      summary={`Pause ${shortName(view.customer.name)}`}
      button="Pause reminders"
    >
      <InvoiceSelect view={view} frame={frame} typed={typed} all="All invoices" />
      <HowLong
        typed={typed}
        today={today}
        open={{ label: 'Until somebody lifts it', hint: 'It never ends by itself.' }}
      />
      <Field
        label="Look at it again on (optional)"
        fault={typed.fault('review')}
        hint="Until then the customer is not among those that need attention."
      >
        <input class="input" type="date" min={addDays(today, 1)} {...typed.control('review')} />
      </Field>
      <Reason
        typed={typed}
        hint="Shown here and in the record, for example “waiting for the new order number”."
      />
    </Hold>
  );
}

function DisputeForm({ frame, view, at, refused }: FormsProps) {
  const typed = new Typed('dispute', refused);
  if (view.positions.every((position) => position.lines.length === 0)) return null;
  return (
    <Hold
      frame={frame}
      typed={typed}
      action={`${at}/dispute`}
      summary="Dispute an invoice"
      button="Mark as disputed"
    >
      <InvoiceSelect view={view} frame={frame} typed={typed} />
      <Category typed={typed} label="What is disputed" known={disputeCategories} />
      <Field
        label="Amount in question (optional)"
        hint="Leave it empty if they dispute all of it."
        fault={typed.fault('amount')}
      >
        <input
          class="input"
          inputMode="decimal"
          maxLength={40}
          autocomplete="off"
          {...typed.control('amount')}
        />
      </Field>
      <Reason typed={typed} label="Note" hint="What the customer says is wrong." />
      <p class="hint">The customer's other invoices go on.</p>
    </Hold>
  );
}

/** S5: how long a reply may wait before somebody is reminded of it. */
const REPLY_BUSINESS_DAYS = 3;

function ReplyForm({ frame, at, refused }: FormsProps) {
  const typed = new Typed('reply', refused);
  const { country, region, time_zone: timeZone } = frame.company;
  const today = dayAt(frame.now, timeZone);
  return (
    <Hold
      frame={frame}
      action={`${at}/reply`}
      typed={typed}
      summary="A reply waits for an answer"
      button="Rest until it is answered"
    >
      <Field
        label="Look at it on"
        hint="By then somebody should have answered. Reminders rest until this hold is lifted."
        fault={typed.fault('review')}
      >
        <input
          class="input"
          type="date"
          required
          min={addDays(today, 1)}
          {...typed.control(
            'review',
            addBusinessDays(today, REPLY_BUSINESS_DAYS, businessCalendar(country, region, timeZone)),
          )}
        />
      </Field>
      <Reason typed={typed} hint="Who wrote or called, and what about." />
    </Hold>
  );
}

function StopForm({ frame, at, refused }: FormsProps) {
  const typed = new Typed('stop', refused);
  return (
    <Hold
      frame={frame}
      typed={typed}
      action={`${at}/stop`}
      summary="Stop reminders for good"
      button="Stop reminders"
    >
      <Reason typed={typed} hint="Nothing is sent to this customer by itself until somebody lifts it." />
    </Hold>
  );
}

function NoContactForm({ frame, at, refused }: FormsProps) {
  const typed = new Typed('no-contact', refused);
  return (
    <Hold
      frame={frame}
      typed={typed}
      action={`${at}/no-contact`}
      summary="Do not contact"
      button="Do not contact"
    >
      <p>No message leaves, by no channel, not even one that a person releases by hand.</p>
      <Reason typed={typed} hint="Who asked for it, and when." />
    </Hold>
  );
}

function LegalForm({ frame, at, refused }: FormsProps) {
  const typed = new Typed('legal', refused);
  return (
    <Hold
      frame={frame}
      typed={typed}
      action={`${at}/legal`}
      summary="Insolvent, deceased, or in legal hands"
      button="Hold for legal reasons"
    >
      <Category typed={typed} label="What happened" known={legalCategories} />
      <Reason typed={typed} label="Note" hint="For example the file number, or who acts for them." />
    </Hold>
  );
}

function shortName(name: string): string {
  return name.length <= 24 ? name : 'this customer';
}
