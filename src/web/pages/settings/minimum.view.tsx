import { decimalText } from '../../../domain/money.ts';
import { Csrf, Field, FormFault } from '../../parts/form.view.tsx';
import { type Refused, Typed } from '../../refused.ts';
import type { CompanyFrame } from '../frame.store.ts';
import type { Minimum } from './minimum.store.ts';

/** What is too little to be reminded of, one field a currency. */
export function MinimumPart({
  frame,
  allowed,
  minimums,
  refused,
}: {
  readonly frame: CompanyFrame;
  readonly allowed: boolean;
  readonly minimums: readonly Minimum[];
  readonly refused?: Refused | null | undefined;
}) {
  const { company, signedIn } = frame;
  const typed = new Typed('minimum', refused);
  return (
    <section class="stack" id="minimum">
      <h2>Too little to be reminded of</h2>
      <p class="t-2 prose-duly">
        A customer who owes this much or less, after payments and credits, gets no reminder. Each currency
        stands for itself: where the field is empty everything is reminded of, and nothing is converted.
      </p>
      <form method="post" action={`/companies/${company.company_id}/settings/minimum`} class="panel">
        <Csrf token={signedIn.csrfToken} />
        <FormFault words={typed.rest(minimums.map(({ currency }) => `minimum-${currency}`))} />
        {minimums.map(({ currency, minor }) => (
          <Field key={currency} label={`In ${currency}`} fault={typed.fault(`minimum-${currency}`)}>
            <input
              class="input"
              inputMode="decimal"
              autocomplete="off"
              maxLength={20}
              {...typed.control(`minimum-${currency}`, minor === null ? '' : decimalText(minor, currency))}
              disabled={!allowed}
            />
          </Field>
        ))}
        {allowed ? (
          <button class="btn btn-primary" type="submit">
            Save the amounts
          </button>
        ) : null}
      </form>
    </section>
  );
}
