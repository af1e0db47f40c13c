import { Field } from '../../parts/form.view.tsx';
import type { Form } from './answers.ts';
import { NumberField, type Option, SelectField } from './parts.view.tsx';
import { NOTHING } from './settings-form.ts';

export const sendDayOptions: readonly Option[] = [
  { value: '1', words: 'Monday' },
  { value: '2', words: 'Tuesday' },
  { value: '3', words: 'Wednesday' },
  { value: '4', words: 'Thursday' },
  { value: '5', words: 'Friday' },
];

export function SequenceField({
  form,
  sequences,
  label,
  more = [],
}: {
  readonly form: Form;
  readonly sequences: readonly Option[];
  readonly label: string;
  /** What may be chosen before the sequences. */
  readonly more?: readonly Option[];
}) {
  return (
    <SelectField
      form={form}
      name="sequence"
      label={label}
      options={[...more, ...sequences, { value: NOTHING, words: 'None: send nothing' }]}
    />
  );
}

/** The hours in which anything leaves, where the reader is. */
export function WindowFields({ form }: { readonly form: Form }) {
  return (
    <fieldset class="field">
      <legend class="label-text">Hours, where the customer is</legend>
      <div class="pair even">
        {(['from', 'to'] as const).map((part) => (
          <Field
            key={part}
            label={part === 'from' ? 'From' : 'Until before'}
            fault={form.fault(`window.${part}`)}
          >
            <input
              class="input narrow"
              type="text"
              inputMode="numeric"
              autocomplete="off"
              maxLength={5}
              placeholder={part === 'from' ? '09:00' : '17:00'}
              {...form.control(`window.${part}`)}
            />
          </Field>
        ))}
      </div>
    </fieldset>
  );
}

/** How close contacts may follow each other, and what the policy waits for; the same for everybody and for one customer. */
export function PaceFields({ form }: { readonly form: Form }) {
  return (
    <div class="pair even">
      <NumberField form={form} name="minGapBusinessDays" label="Business days between two contacts" />
      <NumberField
        form={form}
        name="restAfterPaymentBusinessDays"
        label="Business days of rest after a payment"
      />
      <NumberField form={form} name="caps.perWeek" label="Most contacts in 7 days" />
      <NumberField form={form} name="caps.perMonth" label="Most contacts in 30 days" />
      <NumberField
        form={form}
        name="promiseGraceBusinessDays"
        label="Business days that a promise may be late"
      />
    </div>
  );
}
