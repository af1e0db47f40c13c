import { formatMoney } from '../../../domain/money.ts';
import { Csrf } from '../../parts/form.view.tsx';
import { FormFault, HowField, TextField } from './fields.view.tsx';
import { type Cover, coverOf } from './form.ts';
import { type AgreementFormProps, ProposalForm } from './forms.view.tsx';

/** Laying a plan out, then its rows, which can be changed before it is agreed. */
export function PlanForms({ state, action, csrf }: AgreementFormProps) {
  const cover = coverOf(state.values, state.ground);
  return (
    <div class="stack-lg">
      <section class="panel" aria-label="Layout">
        <h2>1. Lay it out</h2>
        <ProposalForm state={{ ...state, id: `${state.id}-layout` }} action={action} />
      </section>
      {state.values.rows.length === 0 || 'faults' in cover ? null : (
        <RowsForm state={state} action={action} csrf={csrf} cover={cover.ask} />
      )}
    </div>
  );
}

function RowsForm({ state, action, csrf, cover }: AgreementFormProps & { readonly cover: Cover }) {
  const { values, ground, faults, id } = state;
  const money = formatMoney(cover.debtMinor, cover.currency, ground.locale);
  // one more than there are, so that one can be added without a script; empty rows are left out
  const rows = [...values.rows.filter((row) => row.on !== '' || row.amount !== ''), { on: '', amount: '' }];
  return (
    <form method="post" action={action} class="panel" noValidate aria-label="Plan">
      <Csrf token={csrf} />
      <input type="hidden" name="currency" value={cover.currency} />
      {(['count', 'rhythm', 'firstOn'] as const).map((name) => (
        <input key={name} type="hidden" name={name} value={values[name]} />
      ))}
      {(cover.invoiceIds ?? []).map((invoiceId) => (
        <input key={invoiceId} type="hidden" name="invoices" value={invoiceId} />
      ))}
      <h2>2. Agree it</h2>
      <FormFault faults={faults} />
      <p>
        <strong>{money}</strong> is open on{' '}
        {cover.invoiceIds === null ? 'all that is past due' : 'the invoices chosen'}. The instalments add up
        to it.
      </p>
      <table class="sheet tight">
        <caption class="sr-only">Instalments</caption>
        <thead>
          <tr>
            <th scope="col">No.</th>
            <th scope="col">Due on</th>
            <th scope="col" class="num">
              Amount, {cover.currency}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={index}>
              <td>{index + 1}</td>
              <td>
                <input
                  class="input input-sm"
                  type="date"
                  name="rowOn"
                  value={row.on}
                  min={ground.today}
                  aria-label={`Instalment ${index + 1}, due on`}
                  aria-describedby={faults.rows === undefined ? undefined : `${id}-rows-said`}
                />
              </td>
              <td>
                <input
                  class="input input-sm num text-right"
                  name="rowAmount"
                  value={row.amount}
                  inputMode="decimal"
                  maxLength={40}
                  autocomplete="off"
                  aria-label={`Instalment ${index + 1}, amount`}
                  aria-describedby={faults.rows === undefined ? undefined : `${id}-rows-said`}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {faults.rows === undefined ? (
        <p class="hint">An empty row is left out.</p>
      ) : (
        <p id={`${id}-rows-said`} class="hint t-late">
          {faults.rows}
        </p>
      )}
      <TextField
        state={state}
        name="saidBy"
        label="Agreed with"
        max={200}
        hint="For example “Jo Park, accounts payable”."
      />
      <HowField state={state} />
      <TextField
        state={state}
        name="grace"
        label="Grace in business days"
        numeric
        max={2}
        hint="An instalment missing after so many business days is a breach: then the invoices are chased again."
      />
      <TextField state={state} name="note" label="Note (optional)" max={500} />
      <button class="btn btn-primary" type="submit">
        Agree the plan of {money}
      </button>
    </form>
  );
}
