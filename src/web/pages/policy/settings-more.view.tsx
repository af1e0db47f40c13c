import type { Form } from './answers.ts';
import { Boxes, NumberField, type Option, SelectField, TextField } from './parts.view.tsx';

/** P16, and the thank-you. */
export function StatementPart({ form }: { readonly form: Form }) {
  return (
    <section class="panel">
      <h2>Statements and thanks</h2>
      <div class="pair even">
        <SelectField
          form={form}
          name="statement.forWhom"
          label="A monthly statement goes to"
          hint="With all open invoices; it replaces the reminder of its day."
          options={[
            { value: 'nobody', words: 'Nobody' },
            { value: 'several_open', words: 'Whoever has several open invoices' },
            { value: 'everybody', words: 'Everybody who owes' },
          ]}
        />
        <NumberField form={form} name="statement.businessDay" label="On which business day of the month" />
      </div>
      <Boxes
        form={form}
        name="thankYou"
        label="Thanks"
        options={[{ value: 'yes', words: 'Whoever was reminded and has paid is thanked' }]}
      />
    </section>
  );
}

/** D10: named only with somebody's word that it may be. */
export function FeePart({ form, by }: { readonly form: Form; readonly by: string }) {
  return (
    <section class="panel">
      <h2>Late fee and interest</h2>
      <FeeFields form={form} by={by} />
    </section>
  );
}

/** What is computed, and on whose word. */
export function FeeFields({
  form,
  by,
  more = [],
}: {
  readonly form: Form;
  readonly by: string;
  /** What may be chosen before the kinds of fees. */
  readonly more?: readonly Option[];
}) {
  return (
    <>
      <p class="t-2 prose-duly">
        Shown on each customer’s page, with its reckoning; only a message that announces interest names a sum,
        and nothing is posted to the ledger. Individuals are never charged.
      </p>
      <SelectField
        form={form}
        name="lateFee.kind"
        label="What is computed"
        options={[
          ...more,
          { value: 'none', words: 'Nothing' },
          { value: 'statutory', words: 'Interest and fixed sums by law' },
          { value: 'contract', words: 'Interest by our own terms' },
        ]}
      />
      <div class="pair even">
        <TextField
          form={form}
          name="lateFee.yearlyRateBp"
          label="Rate of our terms, % a year"
          hint="Empty with interest by law."
          most={8}
        />
        <NumberField form={form} name="lateFee.graceDays" label="Days after the due date before it counts" />
      </div>
      <Boxes
        form={form}
        name="lateFee.attestedBy"
        label="What the business states"
        options={[
          {
            value: 'yes',
            words: `I, ${by}, state that our terms, agreed before the work, say so (or, by law, that nothing else was agreed)`,
          },
        ]}
      />
    </>
  );
}
