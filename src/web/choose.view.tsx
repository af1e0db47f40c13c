import type { VNode } from 'preact';
import type { AuthorisedBooks, LedgerProvider } from '../ports/ledger.ts';
import { type Flash, Page } from './layout.view.tsx';
import type { SignedIn } from './session.plugin.ts';

export interface ChooseProps {
  readonly provider: LedgerProvider;
  readonly books: readonly AuthorisedBooks[];
  /** Names what waits on our side; the books' ids never go into a page. */
  readonly choice: string;
  readonly signedIn: SignedIn | null;
  readonly sandboxUrl: string | null;
  /** Said once, above: for example that nothing was ticked. */
  readonly flash: Flash | null;
}

/** Several sets of books came with one authorisation: a person says which ones; none is ticked for them. */
export function ChoosePage({ provider, books, choice, signedIn, sandboxUrl, flash }: ChooseProps): VNode {
  const title = `Which ${provider.booksWord}?`;
  return (
    <Page title={title} signedIn={signedIn} sandboxUrl={sandboxUrl} flash={flash}>
      <section class="max-w-xl py-8">
        <h1>{title}</h1>
        <p class="mt-3">
          You opened {books.length} of them at {provider.label}. Only those you tick are connected; each
          becomes a company of its own.
        </p>
        <form method="post" action={`/connect/${provider.key}/choose`} class="mt-6">
          <input type="hidden" name="choice" value={choice} />
          {signedIn === null ? null : <input type="hidden" name="_csrf" value={signedIn.csrfToken} />}
          <fieldset class="flex flex-col gap-3">
            <legend class="sr-only">{title}</legend>
            {books.map((each, position) => (
              <label class="flex items-center gap-3">
                <input type="checkbox" class="checkbox" name="books" value={String(position)} />
                <span>{each.name}</span>
              </label>
            ))}
          </fieldset>
          <button type="submit" class="btn btn-primary mt-6">
            Connect the ticked {provider.booksWord}s
          </button>
        </form>
      </section>
    </Page>
  );
}
