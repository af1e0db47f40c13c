import { Csrf, Field, FormFault } from '../../parts/form.view.tsx';
import { type Refused, Typed } from '../../refused.ts';
import type { CompanyFrame } from '../frame.store.ts';

/** Where a copy of every message goes. */
export function BccPart({
  frame: { company, signedIn },
  allowed,
  refused,
}: {
  readonly frame: CompanyFrame;
  readonly allowed: boolean;
  readonly refused?: Refused | null | undefined;
}) {
  const typed = new Typed('bcc', refused);
  return (
    <section class="stack" id="bcc">
      <h2>A copy for you</h2>
      <p class="t-2 prose-duly">
        Each message goes to this address too, once it has gone to the customer. The customer does not see
        that.
      </p>
      <form method="post" action={`/companies/${company.company_id}/settings/bcc`} class="panel">
        <Csrf token={signedIn.csrfToken} />
        <FormFault words={typed.rest(['bccEmail'])} />
        <Field label="E-mail address (optional)" fault={typed.fault('bccEmail')}>
          <input
            class="input"
            type="email"
            autocomplete="off"
            maxLength={254}
            {...typed.control('bccEmail', company.bcc_email ?? '')}
            disabled={!allowed}
          />
        </Field>
        {allowed ? (
          <button class="btn btn-plain" type="submit">
            Save the address
          </button>
        ) : null}
      </form>
    </section>
  );
}
