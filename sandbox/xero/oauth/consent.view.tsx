import { page } from '../../pages/layout.tsx';
import type { XeroUser } from './users.ts';

/** What the consent page shows. */
export interface ConsentView {
  /** Path and query to post the decision to. */
  action: string;
  users: readonly XeroUser[];
  /** Empty when the app only asks who the person is. */
  organisations: readonly { id: string; name: string; connected: boolean; checked: boolean }[];
  wishes: readonly string[];
  problem?: string;
}

/** The page on which a person lets Duly in: who they are, which organisations, Allow or Cancel. */
export function consentPage(view: ConsentView): string {
  const signInOnly = view.organisations.length === 0;
  const body = (
    <form class="card consent" method="post" action={view.action}>
      <h1>{signInOnly ? 'Duly wants to know who you are' : 'Duly wants access to your Xero organisation'}</h1>
      <p class="quiet">This stands in for Xero’s consent page. Nothing here is real.</p>
      {view.problem && (
        <p class="message bad" role="alert">
          {view.problem}
        </p>
      )}
      <Users users={view.users} />
      {!signInOnly && <Organisations organisations={view.organisations} />}
      <h2>Duly will be able to</h2>
      <ul>
        {view.wishes.map((wish) => (
          <li key={wish}>{wish}</li>
        ))}
      </ul>
      <p class="quiet">You can disconnect Duly at any time under Settings, Connected apps.</p>
      <div class="row">
        <button type="submit" name="decision" value="allow">
          {signInOnly ? 'Continue' : 'Allow access'}
        </button>
        <button type="submit" name="decision" value="cancel" class="plain">
          Cancel
        </button>
      </div>
    </form>
  );
  return page('Connect Duly to Xero', body, { bare: true });
}

function Users({ users }: { users: readonly XeroUser[] }) {
  return (
    <fieldset>
      <legend>You are</legend>
      {users.map((user, at) => (
        <label key={user.key}>
          <input type="radio" name="user" value={user.key} checked={at === 0} /> {user.givenName}{' '}
          {user.familyName} <span class="quiet">{user.email}</span>
        </label>
      ))}
    </fieldset>
  );
}

function Organisations({ organisations }: { organisations: ConsentView['organisations'] }) {
  return (
    <fieldset>
      <legend>{organisations.length > 1 ? 'Organisations to connect' : 'Organisation to connect'}</legend>
      {organisations.map((each) => (
        <label key={each.id}>
          <input type="checkbox" name="tenant" value={each.id} checked={each.checked} /> {each.name}
          {each.connected && <span class="quiet"> already connected</span>}
        </label>
      ))}
    </fieldset>
  );
}

/** The page instead of a redirect when the app's request itself is wrong. */
export function consentFaultPage(error: string, words: string): string {
  return page(
    'Sorry, something went wrong',
    <div class="card">
      <h1>Sorry, something went wrong</h1>
      <p>The app’s request can’t be answered. Go back to Duly and try again, or tell whoever runs it:</p>
      <p>
        Error: <code>{error}</code>
      </p>
      <p class="quiet">{words}</p>
    </div>,
    { bare: true },
  );
}
