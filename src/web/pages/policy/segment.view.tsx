import type { Segment } from '../../../policies/document.ts';
import { debtorTypeWords } from '../../../policies/words/step-words.ts';
import { Page } from '../../layout.view.tsx';
import { capital } from '../../words.ts';
import type { CompanyFrame } from '../frame.store.ts';
import type { Form } from './answers.ts';
import type { Working } from './draft.store.ts';
import { OwnSettings } from './own-settings.view.tsx';
import {
  AmountFields,
  Boxes,
  DraftBar,
  NumberField,
  PolicyForm,
  PolicyNav,
  policyAt,
  RestOfFaults,
  TextField,
} from './parts.view.tsx';
import { segmentFields } from './segment-form.ts';
import { debtorTypes } from './step-form.ts';

interface Props {
  readonly frame: CompanyFrame;
  readonly working: Working;
  /** Null: it is being added. */
  readonly segmentKey: string | null;
  readonly form: Form;
  readonly currencies: readonly string[];
  /** The ledger's groups of this company. */
  readonly groups: readonly string[];
}

/** Who is in a segment, and what is different for them. */
export function SegmentPage(props: Props) {
  const { frame, working, segmentKey, form } = props;
  const at = `${policyAt(frame)}/segments`;
  const inForce = working.inForce.segments.find(({ key }) => key === segmentKey);
  const title = segmentKey === null ? 'Add a segment' : form.text('name') || 'Segment';
  return (
    <Page {...frame} title={title} active="policy">
      <div class="stack-lg max-w-3xl">
        <PolicyNav frame={frame} here="/segments" />
        <div>
          <p class="t-small">
            <a href={at}>Segments</a>
          </p>
          <h1>
            {title} {inForce?.paused === true ? <span class="chip bad">paused</span> : null}
          </h1>
        </div>
        {inForce === undefined ? null : <PausePart frame={frame} segment={inForce} />}
        <DraftBar frame={frame} working={working} />
        <RestOfFaults form={form} shown={segmentFields} />
        <PolicyForm frame={frame} action={segmentKey === null ? at : `${at}/${segmentKey}`} class="stack-lg">
          <Rule {...props} />
          <OwnSettings
            form={form}
            body={working.body}
            currencies={props.currencies}
            by={frame.signedIn.personName}
          />
          <div class="actions">
            <button class="btn btn-primary" type="submit">
              {segmentKey === null ? 'Add the segment to the draft' : 'Keep the segment in the draft'}
            </button>
            <a href={at}>Back without keeping it</a>
          </div>
        </PolicyForm>
      </div>
    </Page>
  );
}

/** At once, unlike what stands in the form below. */
function PausePart({ frame, segment }: { readonly frame: CompanyFrame; readonly segment: Segment }) {
  const doing = segment.paused ? 'resume' : 'pause';
  return (
    <PolicyForm
      frame={frame}
      action={`${policyAt(frame)}/segments/${segment.key}/${doing}`}
      class="flex flex-wrap items-center gap-3"
    >
      <button class="btn btn-sm btn-plain" type="submit">
        {segment.paused ? 'Resume reminders to this segment' : 'Pause reminders to this segment'}
      </button>
      <span class="t-small t-2">
        {segment.paused
          ? 'Nothing is sent to its customers. Once resumed, each goes on where it was.'
          : 'At once and for all its customers, until somebody resumes them.'}
      </span>
    </PolicyForm>
  );
}

function Rule({ form, currencies, groups }: Props) {
  return (
    <section class="panel">
      <h2>Who is in it</h2>
      <p class="t-2 prose-duly">
        Every condition that is filled in must hold. Late means over the last 24 months; a broken promise
        counts for 12 months.
      </p>
      <TextField form={form} name="name" label="Name" />
      <div class="pair even">
        <NumberField form={form} name="when.invoicesAtMost" label="Invoices so far, at most" />
        <NumberField form={form} name="when.settledAtLeast" label="Settled invoices, at least" />
        <NumberField form={form} name="when.latePercentAtLeast" label="Paid late, at least %" />
        <NumberField form={form} name="when.latePercentAtMost" label="Paid late, at most %" />
        <NumberField form={form} name="when.averageDaysLateAtLeast" label="Days late on average, at least" />
        <NumberField form={form} name="when.averageDaysLateAtMost" label="Days late on average, at most" />
        <NumberField form={form} name="when.brokenPromisesAtLeast" label="Broken promises, at least" />
        <NumberField form={form} name="when.brokenPromisesAtMost" label="Broken promises, at most" />
      </div>
      <AmountFields
        form={form}
        name="when.openAtLeast"
        label="Open balance, at least"
        hint="In any one of the currencies."
        currencies={currencies}
      />
      <Boxes
        form={form}
        name="when.debtorTypes"
        label="Only these kinds of customers"
        hint="None ticked: of any kind."
        options={debtorTypes.map((value) => ({ value, words: capital(debtorTypeWords[value]) }))}
      />
      <TextField
        form={form}
        name="when.groups"
        label="In any of these groups of the ledger"
        hint={
          groups.length === 0
            ? 'Names as the ledger has them, with commas between. Your ledger has none so far.'
            : `With commas between. Your ledger has: ${groups.join(', ')}.`
        }
        most={500}
      />
      <Boxes
        form={form}
        name="when.byHandOnly"
        label="By hand"
        options={[{ value: 'yes', words: 'Only whoever is put here by hand, on the customer’s page' }]}
      />
    </section>
  );
}
