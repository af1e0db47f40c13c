import type { VNode } from 'preact';
import type { SandboxCompany } from '../../books/model.ts';
import { ACCOUNTING, type AuthorizeRequest } from './authorize.ts';
import { type IntuitPerson, PEOPLE } from './people.ts';

interface ConsentProps {
  readonly request: AuthorizeRequest;
  readonly companies: readonly SandboxCompany[];
  readonly action: string;
}

/** Intuit's consent page: who you are, which company, yes or no. A sign-in without books asks for no company. */
export function ConsentPage({ request, companies, action }: ConsentProps): VNode {
  const books = request.scopes.includes(ACCOUNTING);
  return (
    <section class="card consent" aria-labelledby="ask">
      <h1 id="ask">{books ? 'Connect Duly to QuickBooks' : 'Sign in to Duly with Intuit'}</h1>
      <p class="quiet">This stands in for Intuit’s consent page. Nothing here is real.</p>
      <p>
        {books
          ? 'Duly asks to read customers, invoices, payments and credits, and to write notes on invoices.'
          : 'Duly asks who you are. It gets no access to any books.'}
      </p>
      <form method="post" action={action}>
        <Carried request={request} />
        <People />
        {books && <Companies companies={companies} />}
        <p class="row">
          <button type="submit" name="decision" value="connect">
            {books ? 'Connect' : 'Sign in'}
          </button>
          <button class="plain" type="submit" name="decision" value="refuse">
            No thanks
          </button>
        </p>
      </form>
      <p class="quiet">You can disconnect at any time inside QuickBooks, under Apps.</p>
    </section>
  );
}

/** The request itself, so that the answer to the form needs no memory on the server. */
function Carried({ request }: { readonly request: AuthorizeRequest }): VNode {
  return (
    <>
      <input type="hidden" name="client_id" value={request.clientId} />
      <input type="hidden" name="response_type" value="code" />
      <input type="hidden" name="scope" value={request.scopes.join(' ')} />
      <input type="hidden" name="redirect_uri" value={request.redirectUri} />
      <input type="hidden" name="state" value={request.state} />
      {request.nonce !== undefined && <input type="hidden" name="nonce" value={request.nonce} />}
    </>
  );
}

function People(): VNode {
  return (
    <fieldset>
      <legend>You are</legend>
      {PEOPLE.map((person, at) => (
        <label key={person.sub}>
          <input type="radio" name="user" value={person.sub} checked={at === 0} /> {nameOf(person)}{' '}
          <span class="quiet">
            {person.email}
            {person.emailVerified ? '' : ' (not verified)'}
          </span>
        </label>
      ))}
    </fieldset>
  );
}

function nameOf(person: IntuitPerson): string {
  return `${person.givenName} ${person.familyName}`;
}

function Companies({ companies }: { readonly companies: readonly SandboxCompany[] }): VNode {
  const [only] = companies;
  if (only === undefined) return <p>There is no QuickBooks company in the sandbox.</p>;
  if (companies.length === 1) {
    return (
      <p class="only">
        Company: <strong>{only.name}</strong>
        <input type="hidden" name="realm" value={only.id} />
      </p>
    );
  }
  return (
    <fieldset>
      <legend>Company</legend>
      {companies.map((company, at) => (
        <label key={company.id}>
          <input type="radio" name="realm" value={company.id} checked={at === 0} /> {company.name}{' '}
          <span class="quiet">
            {company.country}, {company.baseCurrency}
          </span>
        </label>
      ))}
    </fieldset>
  );
}

/** Shown in place of a redirect when nothing can safely be sent back. */
export function RefusedPage({ words }: { readonly words: string }): VNode {
  return (
    <section class="card" aria-labelledby="sorry">
      <p class="quiet">Intuit stand-in</p>
      <h1 id="sorry">This request can't be answered</h1>
      <p>{words}</p>
      <p class="quiet">Go back to the app and start again from there.</p>
    </section>
  );
}
