import type { ComponentChildren } from 'preact';
import { formatDay } from '../../../domain/day.ts';
import { formatMoney } from '../../../domain/money.ts';
import { hows } from '../../../receivables/agreements/agreement.ts';
import type { OpenInvoice } from '../../agreement-open.ts';
import { howWords } from '../../agreement-words.ts';
import { capital, counted } from '../../words.ts';
import type { Faults, FieldName, FormGround, Values } from './form.ts';

/** A form as it is shown: what it holds, what is wrong with it, and what it is about. */
export interface FormState {
  readonly values: Values;
  readonly faults: Faults;
  readonly ground: FormGround;
  /** Sets the forms of one page apart: ids begin with it. */
  readonly id: string;
}

interface AskProps {
  readonly state: FormState;
  readonly name: FieldName;
  readonly label: string;
  readonly hint?: string | undefined;
  /** Draws the control with these properties. */
  readonly control: (props: {
    readonly id: string;
    readonly 'aria-describedby': string | undefined;
    readonly 'aria-invalid': 'true' | undefined;
  }) => ComponentChildren;
}

/** A label, its control, and below it what is wrong with it or a hint. */
function Ask({ state, name, label, hint, control }: AskProps) {
  const id = `${state.id}-${name}`;
  const fault = state.faults[name];
  const said = fault !== undefined || hint !== undefined;
  return (
    <div class="field">
      <label class="label-text" for={id}>
        {label}
      </label>
      {control({
        id,
        'aria-describedby': said ? `${id}-said` : undefined,
        'aria-invalid': fault === undefined ? undefined : 'true',
      })}
      {said ? (
        <p id={`${id}-said`} class={fault === undefined ? 'hint' : 'hint t-late'}>
          {fault ?? hint}
        </p>
      ) : null}
    </div>
  );
}

/** What the server refused although each field is in order. */
export function FormFault({ faults }: { readonly faults: Faults }) {
  if (Object.keys(faults).length === 0) return null;
  return (
    <p class="trouble bad" role="alert">
      {faults.form ?? 'Nothing was saved yet: something is missing or wrong below.'}
    </p>
  );
}

export function DayField(props: Omit<AskProps, 'control'> & { readonly name: 'date' | 'firstOn' }) {
  const { values, ground } = props.state;
  return (
    <Ask
      {...props}
      control={(more) => (
        <input
          class="input"
          type="date"
          name={props.name}
          min={ground.today}
          value={values[props.name]}
          {...more}
        />
      )}
    />
  );
}

export function TextField(
  props: Omit<AskProps, 'control'> & {
    readonly name: 'amount' | 'percent' | 'saidBy' | 'note' | 'count' | 'grace';
    readonly numeric?: boolean;
    readonly max: number;
  },
) {
  const { numeric = false, max, ...ask } = props;
  return (
    <Ask
      {...ask}
      control={(more) => (
        <input
          class="input"
          name={ask.name}
          value={ask.state.values[ask.name]}
          maxLength={max}
          autocomplete="off"
          inputMode={numeric ? 'decimal' : undefined}
          {...more}
        />
      )}
    />
  );
}

export function HowField({ state }: { readonly state: FormState }) {
  return (
    <Ask
      state={state}
      name="how"
      label="How"
      control={(more) => (
        <select class="select" name="how" {...more}>
          {hows.map((how) => (
            <option key={how} value={how} selected={how === state.values.how}>
              {capital(howWords[how])}
            </option>
          ))}
        </select>
      )}
    />
  );
}

/** What it is about: all that is past due, or the invoices ticked. The list opens by itself when one must be chosen. */
export function InvoicesField({ state }: { readonly state: FormState }) {
  const { values, faults, ground, id } = state;
  const late = Map.groupBy(
    ground.open.filter((one) => one.daysLate > 0),
    (one) => one.currency,
  );
  const sums = [...late].map(([currency, lines]) =>
    formatMoney(
      lines.reduce((sum, one) => sum + one.openMinor, 0),
      currency,
      ground.locale,
    ),
  );
  // all that is past due can be agreed at once only while none of it is agreed already
  const all = late.size > 0 && ground.open.every((one) => one.daysLate === 0 || !one.agreed);
  const open = values.invoices.length > 0 || faults.invoices !== undefined || !all;
  return (
    <div class="stack">
      {late.size > 1 ? <CurrencyField state={state} currencies={[...late.keys()]} /> : null}
      <details class="fold" open={open}>
        <summary>
          {all ? `All that is past due, ${sums.join(' or ')}. Choose only some` : 'Which invoices'}
        </summary>
        <fieldset
          class="pick"
          aria-describedby={faults.invoices === undefined ? undefined : `${id}-invoices-said`}
        >
          <legend class="sr-only">Only these invoices</legend>
          {ground.open.slice(0, MOST_SHOWN).map((one) => (
            <InvoiceChoice
              key={one.invoiceId}
              one={one}
              id={id}
              ground={ground}
              ticked={values.invoices.includes(one.invoiceId)}
            />
          ))}
        </fieldset>
        {ground.open.length > MOST_SHOWN ? (
          <p class="hint">
            The oldest {MOST_SHOWN} of {ground.open.length} are listed.
          </p>
        ) : null}
      </details>
      {faults.invoices === undefined ? null : (
        <p id={`${id}-invoices-said`} class="hint t-late">
          {faults.invoices}
        </p>
      )}
    </div>
  );
}

const MOST_SHOWN = 100;

function InvoiceChoice({
  one,
  id,
  ground,
  ticked,
}: {
  readonly one: OpenInvoice;
  readonly id: string;
  readonly ground: FormGround;
  readonly ticked: boolean;
}) {
  const due =
    one.dueOn === null
      ? 'no due date'
      : one.daysLate > 0
        ? `${counted(one.daysLate, 'day')} past due`
        : `due ${formatDay(one.dueOn, ground.locale)}`;
  return (
    <label class="pick-one">
      <input
        class="checkbox checkbox-sm"
        id={`${id}-invoices-${one.invoiceId}`}
        type="checkbox"
        name="invoices"
        value={one.invoiceId}
        checked={ticked}
        disabled={one.agreed}
      />
      <span>
        {one.number ?? 'No number'}, {formatMoney(one.openMinor, one.currency, ground.locale)}
        <span class="hint">{one.agreed ? 'agreed already' : due}</span>
      </span>
    </label>
  );
}

function CurrencyField({
  state,
  currencies,
}: {
  readonly state: FormState;
  readonly currencies: readonly string[];
}) {
  return (
    <Ask
      state={state}
      name="currency"
      label="Currency"
      control={(more) => (
        <select class="select" name="currency" {...more}>
          <option value="">Choose one</option>
          {currencies.map((currency) => (
            <option key={currency} value={currency} selected={currency === state.values.currency}>
              {currency}
            </option>
          ))}
        </select>
      )}
    />
  );
}
