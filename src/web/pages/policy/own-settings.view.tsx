import type { PolicyBody } from '../../../policies/document.ts';
import type { Form } from './answers.ts';
import { AmountFields, Boxes, SelectField } from './parts.view.tsx';
import { FeeFields } from './settings-more.view.tsx';
import { PaceFields, SequenceField, sendDayOptions, WindowFields } from './settings-parts.view.tsx';

/** What is different for a segment or a customer; what is left empty is as for everybody else. */
export function OwnSettings({
  form,
  body,
  currencies,
  by,
}: {
  readonly form: Form;
  readonly body: Pick<PolicyBody, 'sequences'>;
  readonly currencies: readonly string[];
  /** Who fills it in. */
  readonly by: string;
}) {
  return (
    <section class="panel">
      <h2>What is different</h2>
      <p class="t-2 prose-duly">What is left empty stays as the other rules have it.</p>
      <SequenceField
        form={form}
        label="Sequence"
        more={[{ value: '', words: 'As for everybody else' }]}
        sequences={body.sequences.map(({ key, name }) => ({ value: key, words: name }))}
      />
      <WindowFields form={form} />
      <Boxes
        form={form}
        name="sendDays"
        label="Days"
        hint="None ticked: as for everybody else."
        options={sendDayOptions}
      />
      <PaceFields form={form} />
      <AmountFields
        form={form}
        name="minimumBalance"
        label="Too little to be reminded of"
        currencies={currencies}
      />
      <div class="pair even">
        <SelectField
          form={form}
          name="statement.forWhom"
          label="A monthly statement"
          options={[
            { value: '', words: 'As for everybody else' },
            { value: 'nobody', words: 'None' },
            { value: 'several_open', words: 'With several open invoices' },
            { value: 'everybody', words: 'Whenever something is owed' },
          ]}
        />
        <SelectField
          form={form}
          name="thankYou"
          label="A thank-you after payment"
          options={[
            { value: '', words: 'As for everybody else' },
            { value: 'yes', words: 'Yes' },
            { value: 'no', words: 'No' },
          ]}
        />
      </div>
      <h3>Late fee and interest</h3>
      <FeeFields form={form} by={by} more={[{ value: '', words: 'As for everybody else' }]} />
    </section>
  );
}
