import { may } from '../../../companies/roles.ts';
import { Csrf, Field, Fold } from '../../parts/form.view.tsx';
import type { Refused } from '../../refused.ts';
import type { CompanyFrame } from '../frame.store.ts';
import type { CustomerView } from './customer.store.ts';
import { HoldForms } from './hold-forms.view.tsx';
import { HoldsList } from './holds.view.tsx';

interface FormsProps {
  readonly frame: CompanyFrame;
  readonly view: CustomerView;
  readonly refused?: Refused | null | undefined;
}

/** What a person can state about a customer: each form is a fact with a name and an end. */
export function CustomerForms({ frame, view, refused }: FormsProps) {
  if (!may(frame.signedIn.role, 'hold'))
    return <p class="t-2">Your role does not include holds. The owner of the account can set them.</p>;
  const at = `/companies/${frame.company.company_id}/customers/${encodeURIComponent(view.customer.customer_id)}`;
  return (
    <>
      <HoldsList frame={frame} view={view} />
      <div class="stack">
        <h2>Tell Duly</h2>
        <div>
          <HoldForms {...{ frame, view, at, refused }} />
          {may(frame.signedIn.role, 'change_settings') ? (
            <>
              <TypeForm frame={frame} view={view} action={`${at}/type`} />
              <p>
                <a href={`${at}/people`}>Who else to write to or tell</a>
              </p>
            </>
          ) : null}
        </div>
      </div>
    </>
  );
}

interface FormProps extends FormsProps {
  readonly action: string;
}

const debtorTypes = {
  business: 'Business',
  sole_trader: 'Sole trader',
  consumer: 'Consumer',
  unknown: 'Not known',
} as const;

/** `allBusinesses`: the business has stated that all its customers are. */
function typeHint(setBy: string | null, allBusinesses: boolean): string {
  if (setBy !== null) return `Set by ${setBy}.`;
  return allBusinesses
    ? 'Nobody has said so far: counts as a business, as Settings say of all customers.'
    : 'Nobody has said so far: counts as a consumer, unless Settings say that all customers are businesses.';
}

function TypeForm({ frame, view, action }: FormProps) {
  const { customer } = view;
  return (
    <Fold summary="Say what kind of customer this is">
      <form method="post" action={action} class="stack">
        <Csrf token={frame.signedIn.csrfToken} />
        <Field
          label="Kind of customer"
          hint={typeHint(customer.debtor_type_by, frame.company.all_businesses_at !== null)}
        >
          <select class="select" name="type">
            {Object.entries(debtorTypes).map(([value, words]) => (
              <option key={value} value={value} selected={value === customer.debtor_type}>
                {words}
              </option>
            ))}
          </select>
        </Field>
        <button class="btn btn-primary btn-sm" type="submit">
          Save the kind
        </button>
      </form>
    </Fold>
  );
}
