import { Page } from '../../layout.view.tsx';
import type { CompanyFrame } from '../frame.store.ts';
import type { Form } from './answers.ts';
import type { Working } from './draft.store.ts';
import {
  AmountFields,
  Boxes,
  DraftBar,
  type Option,
  PolicyForm,
  PolicyNav,
  policyAt,
  RestOfFaults,
} from './parts.view.tsx';
import { settingNames } from './settings-form.ts';
import { FeePart, StatementPart } from './settings-more.view.tsx';
import { PaceFields, SequenceField, sendDayOptions, WindowFields } from './settings-parts.view.tsx';

interface Props {
  readonly frame: CompanyFrame;
  readonly working: Working;
  readonly form: Form;
  readonly warnings: readonly string[];
  readonly currencies: readonly string[];
}

/** The rules that hold for every customer whose segment or own policy says nothing else. */
export function SettingsPage(props: Props) {
  const { frame, working, form } = props;
  return (
    <Page {...frame} title="Rules for everybody" active="policy">
      <div class="stack-lg max-w-3xl">
        <PolicyNav frame={frame} here="/settings" />
        <h1>Rules for everybody</h1>
        <DraftBar frame={frame} working={working} />
        <RestOfFaults form={form} shown={settingNames} />
        {props.warnings.map((words) => (
          <p key={words} class="trouble">
            {words}
          </p>
        ))}
        <PolicyForm frame={frame} action={`${policyAt(frame)}/settings`} class="stack-lg">
          <WhenPart {...props} />
          <TooLittlePart {...props} />
          <StatementPart form={form} />
          <FeePart form={form} by={frame.signedIn.personName} />
          <div class="actions">
            <button class="btn btn-primary" type="submit">
              Keep the rules in the draft
            </button>
            <a href={policyAt(frame)}>Back without keeping them</a>
          </div>
        </PolicyForm>
      </div>
    </Page>
  );
}

function WhenPart({ form, working }: Props) {
  const sequences: readonly Option[] = working.body.sequences.map(({ key, name }) => ({
    value: key,
    words: name,
  }));
  return (
    <section class="panel">
      <h2>Which reminders, and when</h2>
      <SequenceField form={form} sequences={sequences} label="Sequence, unless a segment names another" />
      <WindowFields form={form} />
      <Boxes
        form={form}
        name="sendDays"
        label="Days"
        hint="Never on a public holiday where the customer is."
        options={sendDayOptions}
      />
      <PaceFields form={form} />
    </section>
  );
}

function TooLittlePart({ form, currencies }: Props) {
  return (
    <section class="panel" id="minimum">
      <h2>Too little</h2>
      <p class="t-2 prose-duly">
        Each currency stands for itself: where a field is empty there is no minimum, and nothing is converted.
      </p>
      <AmountFields
        form={form}
        name="minimumBalance"
        label="Too little to be reminded of"
        hint="Who owes this much or less, after payments and credits, gets no reminder."
        currencies={currencies}
      />
      <AmountFields
        form={form}
        name="worthACall"
        label="Worth a call from"
        hint="Under it a call is passed over."
        currencies={currencies}
      />
      <AmountFields
        form={form}
        name="worthALetter"
        label="Worth a letter from"
        hint="Under it a letter is passed over."
        currencies={currencies}
      />
    </section>
  );
}
