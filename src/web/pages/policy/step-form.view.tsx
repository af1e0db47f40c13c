import type { Sequence } from '../../../policies/document.ts';
import { stages } from '../../../policies/step.ts';
import { stepTemplates } from '../../../policies/templates.ts';
import { channelWords, debtorTypeWords, senderWords } from '../../../policies/words/step-words.ts';
import { stageNames, templateNames } from '../../../policies/words/wording-names.ts';
import { Page } from '../../layout.view.tsx';
import { capital } from '../../words.ts';
import type { CompanyFrame } from '../frame.store.ts';
import type { Form } from './answers.ts';
import type { Working } from './draft.store.ts';
import {
  AmountFields,
  Boxes,
  DraftBar,
  NumberField,
  type Option,
  PolicyForm,
  PolicyNav,
  policyAt,
  RestOfFaults,
  SelectField,
  TextField,
} from './parts.view.tsx';
import { debtorTypes, type StepChoices, stepChannels, stepFields } from './step-form.ts';
import type { ShownWording } from './wording.store.ts';
import { WordingPart } from './wording.view.tsx';

interface Props {
  readonly frame: CompanyFrame;
  readonly working: Working;
  readonly sequence: Sequence;
  /** Null: it is being added. */
  readonly stepKey: string | null;
  readonly form: Form;
  readonly warnings: readonly string[];
  readonly choices: StepChoices;
  readonly consequences: readonly Option[];
  readonly wording: ShownWording;
}

/** All that one step is: when, how, in which words, from whom, to whom, for whom. */
export function StepPage(props: Props) {
  const { frame, working, sequence, stepKey, form } = props;
  const at = `${policyAt(frame)}/sequences/${sequence.key}`;
  const title = stepKey === null ? 'Add a step' : capital(form.text('name') || 'Step');
  return (
    <Page {...frame} title={title} active="policy">
      <div class="stack-lg max-w-3xl">
        <PolicyNav frame={frame} here="" />
        <div>
          <p class="t-small">
            <a href={at}>{sequence.name}</a>
          </p>
          <h1>{title}</h1>
        </div>
        <DraftBar frame={frame} working={working} />
        <RestOfFaults form={form} shown={stepFields} />
        {props.warnings.map((words) => (
          <p key={words} class="trouble">
            {words}
          </p>
        ))}
        <PolicyForm
          frame={frame}
          action={stepKey === null ? `${at}/steps` : `${at}/steps/${stepKey}`}
          class="stack-lg"
        >
          <WhenAndHow {...props} />
          <ToWhom {...props} />
          <Conditions {...props} />
          <div class="actions">
            <button class="btn btn-primary" type="submit">
              {stepKey === null ? 'Add the step to the draft' : 'Keep the step in the draft'}
            </button>
            <a href={at}>Back without keeping it</a>
          </div>
        </PolicyForm>
      </div>
    </Page>
  );
}

const whenOptions: readonly Option[] = [
  { value: 'after calendar', words: 'days after the due date' },
  { value: 'before calendar', words: 'days before the due date' },
  { value: 'after business', words: 'business days after the due date' },
  { value: 'before business', words: 'business days before the due date' },
];

function WhenAndHow({ frame, form, wording, consequences }: Props) {
  const preview = `${policyAt(frame)}/wording`;
  return (
    <section class="panel">
      <h2>When and how</h2>
      <TextField form={form} name="name" label="Name" hint="What your people call it: “second reminder”." />
      <div class="pair even">
        <NumberField form={form} name="offsetDays" label="How many" />
        <SelectField form={form} name="when" label="Days" options={whenOptions} />
      </div>
      <div class="pair even">
        <SelectField
          form={form}
          name="channel"
          label="Channel"
          options={stepChannels.map((value) => ({ value, words: capital(channelWords[value]) }))}
        />
        <SelectField
          form={form}
          name="stage"
          label="Stage"
          hint="How strict it is. Stages never get milder, and a final one always needs a person."
          options={stages.map((value) => ({ value, words: stageNames[value] }))}
        />
      </div>
      <SelectField
        form={form}
        name="template"
        label="Wording"
        options={Object.entries(stepTemplates)
          .filter(([, { channel }]) => channel !== 'statement')
          .map(([value, { channel }]) => ({
            value,
            words: `${capital(channelWords[channel])}: ${templateNames[value] ?? value}`,
          }))}
        more={{
          'hx-get': preview,
          'hx-target': '#wording',
          'hx-swap': 'innerHTML',
          'hx-trigger': 'change',
          'hx-include': '[name=sender],[name=stage]',
        }}
      />
      <div id="wording" aria-live="polite">
        <WordingPart wording={wording} />
      </div>
      <NumberField
        form={form}
        name="payWithinDays"
        label="Days to pay, from the day it is sent"
        hint="The law of the customer’s country may give more."
      />
      {consequences.length === 0 ? null : (
        <SelectField
          form={form}
          name="consequence"
          label="Consequence it announces"
          hint={`Only in an e-mail or letter of the stage “${stageNames.third}” or “${stageNames.final}” that a person approves.`}
          options={[{ value: '', words: 'None' }, ...consequences]}
        />
      )}
    </section>
  );
}

function ToWhom({ form }: Props) {
  return (
    <section class="panel">
      <h2>From whom, to whom</h2>
      <SelectField
        form={form}
        name="sender"
        label="Sender"
        hint="Of a call: who makes it. The service writes only to businesses; where the law does not allow it, the bookkeeper does."
        options={Object.entries(senderWords).map(([value, words]) => ({ value, words: capital(words) }))}
      />
      <Boxes
        form={form}
        name="recipients"
        label="Besides the billing contact"
        options={[
          { value: 'contacts', words: 'Further contacts that the ledger marks for invoices' },
          { value: 'escalation', words: 'The escalation contact is copied in; a call is to them' },
          { value: 'informSales', words: 'Whoever owns the relationship hears of it before' },
        ]}
      />
      <Boxes
        form={form}
        name="needsPerson"
        label="Approval"
        options={[{ value: 'yes', words: 'A person releases it, whatever the mode' }]}
      />
      <NumberField
        form={form}
        name="waitsBusinessDays"
        label="Business days that a call or letter waits to be done"
        hint="Then it is passed over and the sequence goes on. Empty: it waits as long as it takes."
      />
    </section>
  );
}

function Conditions({ form, choices }: Props) {
  const { currencies, segments } = choices;
  return (
    <section class="panel">
      <h2>Only when</h2>
      <p class="t-small t-2">
        Where a condition is not met the step is passed over, and the next one follows.
      </p>
      {segments.length === 0 ? null : (
        <Boxes
          form={form}
          name="conditions.segments"
          label="Segments"
          options={segments.map(({ key, name }) => ({ value: key, words: name }))}
          hint="All of them ticked: for everybody."
        />
      )}
      <Boxes
        form={form}
        name="conditions.debtorTypes"
        label="Kinds of customers"
        options={debtorTypes.map((value) => ({ value, words: capital(debtorTypeWords[value]) }))}
      />
      <AmountFields
        form={form}
        name="conditions.minimum"
        label="At least this is asked for"
        hint="Empty: any amount."
        currencies={currencies}
      />
      <NumberField
        form={form}
        name="conditions.daysSincePayment"
        label="Days since the last payment"
        hint="Empty: only the rest after a payment that holds for everybody."
      />
      <div class="pair even">
        <NumberField
          form={form}
          name="repeat.everyDays"
          label="Again every so many days"
          hint="Only the last step of a sequence. Empty: it comes once."
        />
        <NumberField form={form} name="repeat.most" label="So many times more" />
      </div>
    </section>
  );
}
