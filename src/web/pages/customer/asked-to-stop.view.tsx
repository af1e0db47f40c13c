import { mayHold } from '../../../companies/roles.ts';
import { Csrf } from '../../parts/form.view.tsx';
import type { CompanyFrame } from '../frame.store.ts';
import type { CustomerView } from './customer.store.ts';

/** For whoever reads a “stop”: one click each, without a form to fill in. What is stopped already is not offered. */
export function AskedToStop({
  frame,
  view,
  at,
}: {
  readonly frame: CompanyFrame;
  readonly view: CustomerView;
  readonly at: string;
}) {
  const wish = { doing: 'set', kind: 'do_not_contact', scope: 'customer', own: false } as const;
  const stopped = view.holds.some((hold) => hold.kind === 'do_not_contact' && hold.scope === 'customer');
  if (stopped || !mayHold(frame.signedIn.role, wish)) return null;
  return (
    <form method="post" action={`${at}/asked-to-stop`} class="flex flex-wrap items-center gap-3 mb-3">
      <Csrf token={frame.signedIn.csrfToken} />
      <span>They asked us to stop writing:</span>
      {view.customer.email_consent === false ? null : (
        <button class="btn btn-plain btn-sm" type="submit" name="what" value="email">
          Stop e-mail
        </button>
      )}
      <button class="btn btn-plain btn-sm" type="submit" name="what" value="everything">
        Stop everything
      </button>
    </form>
  );
}
