import { Csrf } from '../../parts/form.view.tsx';
import { counted } from '../../words.ts';
import { DayField, FormFault, type FormState, HowField, InvoicesField, TextField } from './fields.view.tsx';

export interface AgreementFormProps {
  readonly state: FormState;
  readonly action: string;
  readonly csrf: string;
}

/** A promise to pay, as somebody there said it. */
export function PromiseForm({ state, action, csrf }: AgreementFormProps) {
  const { promiseGrace } = state.ground;
  const late = promiseGrace === 0 ? '' : `${counted(promiseGrace, 'business day')} after `;
  return (
    <form method="post" action={action} class="stack" noValidate>
      <Csrf token={csrf} />
      <FormFault faults={state.faults} />
      <DayField state={state} name="date" label="Promised for" />
      <TextField
        state={state}
        name="amount"
        label="Amount"
        numeric
        max={40}
        hint="Leave it empty if they promised to pay all of it."
      />
      <InvoicesField state={state} />
      <TextField
        state={state}
        name="saidBy"
        label="Who said it"
        max={200}
        hint="For example “Jo Park, accounts payable”."
      />
      <HowField state={state} />
      <TextField state={state} name="note" label="Note (optional)" max={500} />
      <button class="btn btn-primary btn-sm" type="submit">
        Note the promise
      </button>
      <p class="hint">
        {`Reminders for it rest until ${late}that day. The books decide whether it was kept.`}
      </p>
    </form>
  );
}

/** A smaller sum that settles everything, if it is paid by a day. */
export function OfferForm({
  state,
  action,
  csrf,
  looked = false,
}: AgreementFormProps & {
  /** Whether both figures stand above already, with the button that makes the offer: then that is the main one. */
  readonly looked?: boolean;
}) {
  return (
    <form method="post" action={action} class="stack" noValidate>
      <Csrf token={csrf} />
      <FormFault faults={state.faults} />
      <InvoicesField state={state} />
      <TextField state={state} name="amount" label="Reduced sum" numeric max={40} />
      <TextField
        state={state}
        name="percent"
        label="or a discount in per cent"
        numeric
        max={10}
        hint="Write one of the two. You see both before anything is saved."
      />
      <DayField state={state} name="date" label="Valid until, that day included" />
      <HowField state={state} />
      <TextField state={state} name="note" label="Note (optional)" max={500} />
      <button
        class={`btn ${looked ? 'btn-plain' : 'btn-primary'} btn-sm`}
        type="submit"
        name="look"
        value="yes"
      >
        {looked ? 'Look at the changed offer' : 'Look at the offer'}
      </button>
    </form>
  );
}

const rhythmWords = { weekly: 'Every week', fortnightly: 'Every two weeks', monthly: 'Every month' } as const;

/** How the instalments of a plan are to be laid out; nothing is saved by it. */
export function ProposalForm({ state, action }: Omit<AgreementFormProps, 'csrf'>) {
  const { values, faults, id } = state;
  return (
    <form method="get" action={action} class="stack" noValidate>
      <InvoicesField state={state} />
      <TextField state={state} name="count" label="Number of instalments" numeric max={3} />
      <div class="field">
        <label class="label-text" for={`${id}-rhythm`}>
          How often
        </label>
        <select class="select" name="rhythm" id={`${id}-rhythm`}>
          {Object.entries(rhythmWords).map(([rhythm, words]) => (
            <option key={rhythm} value={rhythm} selected={rhythm === values.rhythm}>
              {words}
            </option>
          ))}
        </select>
        {faults.rhythm === undefined ? null : <p class="hint t-late">{faults.rhythm}</p>}
      </div>
      <DayField state={state} name="firstOn" label="The first one on" />
      <button class="btn btn-plain btn-sm" type="submit">
        Lay out the instalments
      </button>
    </form>
  );
}
