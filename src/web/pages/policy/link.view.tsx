import { Field } from '../../parts/form.view.tsx';
import type { CompanyFrame } from '../frame.store.ts';
import { mayChange, PolicyForm, policyAt } from './parts.view.tsx';

/** The whole public address; null: there is none. */
export interface PublicLink {
  readonly address: string | null;
  /** Who made it, and when, in words. */
  readonly made: string;
}

/** P28: customers can read the policy, from a link on the invoice. */
export function LinkPart({ frame, link }: { readonly frame: CompanyFrame; readonly link: PublicLink }) {
  const at = `${policyAt(frame)}/link`;
  return (
    <section class="stack max-w-3xl" id="link">
      <h2>For your customers</h2>
      <p class="t-2 prose-duly">
        A page in your brand that says in plain words when you remind, how, and whom to turn to. It names no
        customer, no segment and nobody’s habits. Put its address into the message or the terms of your
        invoices.
      </p>
      {link.address === null ? (
        mayChange(frame) ? (
          <PolicyForm frame={frame} action={at}>
            <button class="btn btn-plain" type="submit">
              Make a public page
            </button>
          </PolicyForm>
        ) : (
          <p>There is no public page.</p>
        )
      ) : (
        <div class="panel">
          <Field label="Copy this into your invoices" hint={`Made by ${link.made}.`}>
            <input class="input" type="text" readOnly value={link.address} />
          </Field>
          <div class="actions">
            <a href={link.address}>Look at the page</a>
            {mayChange(frame) ? (
              <PolicyForm frame={frame} action={`${at}/revoke`}>
                <button class="btn btn-sm btn-plain" type="submit">
                  Take the address back
                </button>
              </PolicyForm>
            ) : null}
          </div>
        </div>
      )}
    </section>
  );
}
