import { Page } from '../../layout.view.tsx';

export interface ProviderWords {
  readonly key: string;
  readonly signInKey: string;
  readonly label: string;
}

export interface ConnectProps {
  readonly providers: readonly ProviderWords[];
  readonly sandboxUrl: string | null;
}

/** The start for somebody who is not signed in: what Duly does, and the way in. */
export function ConnectPage({ providers, sandboxUrl }: ConnectProps) {
  return (
    <Page title="Get paid, keep the customer" signedIn={null} sandboxUrl={sandboxUrl}>
      <div class="stack-lg py-10">
        <p class="brandmark">Duly</p>
        <h1>Gets you paid, keeps the customer, and puts every word of it in your books</h1>
        <div class="stack prose-duly">
          <p>Duly reads your invoices and payments and shows who is past due, by how much and since when.</p>
          <p>
            It writes to them in your name or as your receivables service, politely and on time, and never to
            somebody who has paid, promised or disagrees.
          </p>
          <p>
            Every contact appears as a note on the invoice in your ledger, so that nobody has to ask what was
            said.
          </p>
        </div>
        <ConnectButtons providers={providers} />
        <p class="t-2">
          Nothing is sent when you connect: every company starts in preview, and you see each e-mail before
          the first one leaves.
        </p>
        <p>
          Connected before? Sign in with{' '}
          {providers.map((provider, index) => (
            <>
              {index > 0 ? ' or ' : ''}
              <a href={`/signin/${provider.signInKey}`}>{provider.label}</a>
            </>
          ))}
          .
        </p>
        <FootLinks />
      </div>
    </Page>
  );
}

/** One button a ledger; a link, because the server answers it with the vendor's own consent page. */
export function ConnectButtons({ providers }: { readonly providers: readonly ProviderWords[] }) {
  if (providers.length === 0)
    return (
      <p class="trouble">No ledger is configured here. Whoever hosts this service has to set one up first.</p>
    );
  return (
    <p class="flex flex-wrap gap-3">
      {providers.map((provider) => (
        <a key={provider.key} class="btn btn-primary" href={`/connect/${provider.key}`}>
          Connect {provider.label}
        </a>
      ))}
    </p>
  );
}

export function FootLinks() {
  return (
    <p class="t-small t-2 flex gap-5">
      <a href="/privacy">Privacy</a>
      <a href="/terms">Terms</a>
      <a href="/support">Support</a>
    </p>
  );
}
