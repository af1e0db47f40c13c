import type { ComponentChildren } from 'preact';
import type { CustomerPeople } from '../../../receivables/customer-people.store.ts';
import { Page } from '../../layout.view.tsx';
import { Csrf, Field, FormFault } from '../../parts/form.view.tsx';
import { type Refused, Typed } from '../../refused.ts';
import type { CompanyFrame } from '../frame.store.ts';

interface PeopleProps {
  readonly frame: CompanyFrame;
  readonly customer: { readonly id: string; readonly name: string };
  readonly people: CustomerPeople;
  readonly refused: Refused | null;
}

const consents = [
  ['unknown', 'Nobody has asked'],
  ['yes', 'The customer agreed to e-mail'],
  ['no', 'The customer does not want e-mail'],
] as const;

/** Who else is written to or told about a customer: what no ledger knows. */
export function PeoplePage({ frame, customer, people, refused }: PeopleProps) {
  const at = `/companies/${frame.company.company_id}/customers/${encodeURIComponent(customer.id)}`;
  const typed = new Typed('people', refused);
  const consent = people.emailConsent === null ? 'unknown' : people.emailConsent ? 'yes' : 'no';
  return (
    <Page {...frame} title={`People: ${customer.name}`} active="receivables">
      <div class="stack-lg max-w-xl">
        <div>
          <p class="t-small">
            <a href={at}>{customer.name}</a>
          </p>
          <h1>Who else to write to or tell</h1>
          <p class="t-2">
            Invoices and their addresses come from your books. This is what your books can’t say.
          </p>
        </div>
        <form method="post" action={`${at}/people`} class="stack-lg">
          <Csrf token={frame.signedIn.csrfToken} />
          <FormFault words={typed.rest(['escalationEmail', 'escalationPhone', 'salesEmail'])} />
          <PersonFields
            typed={typed}
            name="escalation"
            person={people.escalation}
            legend="Copied in or called, at the customer"
            words="A manager or the head of the business. Only steps that say “copy in the escalation contact”, or call them, reach them, and only where the law allows it."
          >
            <Field
              label="Telephone"
              hint="Empty: they are called at the customer’s number."
              fault={typed.fault('escalationPhone')}
            >
              <input
                class="input"
                type="tel"
                maxlength={40}
                {...typed.control('escalationPhone', people.escalation?.phone ?? '')}
              />
            </Field>
          </PersonFields>
          <PersonFields
            typed={typed}
            name="sales"
            person={people.sales}
            legend="Told beforehand, at your business"
            words="Whoever owns the relationship. They hear of a step before it goes out; they are never asked to call."
          />
          <Field
            label="Consent to e-mail"
            hint="A few places, such as New York City, allow reminders to consumers by e-mail only if they agreed. Whoever does not want e-mail gets none anywhere."
          >
            <select class="select" name="consent">
              {consents.map(([value, words]) => (
                <option key={value} value={value} selected={value === typed.text('consent', consent)}>
                  {words}
                </option>
              ))}
            </select>
          </Field>
          <div>
            <button class="btn btn-primary" type="submit">
              Save these people
            </button>
          </div>
        </form>
      </div>
    </Page>
  );
}

function PersonFields({
  typed,
  name,
  person,
  legend,
  words,
  children,
}: {
  readonly typed: Typed;
  readonly name: 'escalation' | 'sales';
  readonly person: CustomerPeople['sales'];
  readonly legend: string;
  readonly words: string;
  readonly children?: ComponentChildren;
}) {
  return (
    <fieldset class="stack">
      <legend>
        <h2>{legend}</h2>
      </legend>
      <p class="t-2 t-small">{words}</p>
      <Field label="Name">
        <input class="input" maxlength={120} {...typed.control(`${name}Name`, person?.name ?? '')} />
      </Field>
      <Field label="E-mail address" fault={typed.fault(`${name}Email`)}>
        <input
          class="input"
          type="email"
          maxlength={254}
          {...typed.control(`${name}Email`, person?.email ?? '')}
        />
      </Field>
      {children}
    </fieldset>
  );
}
