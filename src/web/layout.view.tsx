import type { ComponentChildren, VNode } from 'preact';
import { BottomBar, ModeChip, ReadLine, Switcher, WordsNav } from './parts/navigation.view.tsx';

/** What the frame shows of the company whose pages are open. `CompanyRow` fits. */
export interface FrameCompany {
  readonly company_id: string;
  readonly name: string;
  readonly mode: string;
  readonly books_read_at: Date | null;
  readonly time_zone: string;
}

/** The pages of the rail, by the last part of their address. */
export type ActivePage =
  | 'companies'
  | 'receivables'
  | 'preview'
  | 'policy'
  | 'consequences'
  | 'approve'
  | 'todo'
  | 'problems'
  | 'agreements'
  | 'brand'
  | 'connection'
  | 'settings'
  | null;

export interface Flash {
  readonly words: string;
  readonly bad?: boolean;
}

export interface PageProps {
  readonly title: string;
  /** Null: nobody is signed in; the page has no rail. */
  readonly signedIn: {
    readonly personName: string;
    readonly accountName: string;
    readonly csrfToken: string;
  } | null;
  readonly company?: FrameCompany | null | undefined;
  readonly companies?: readonly { readonly company_id: string; readonly name: string }[] | undefined;
  readonly active?: ActivePage | undefined;
  /** Where the stand-ins' own pages are; null when real ledgers are connected. */
  readonly sandboxUrl?: string | null | undefined;
  readonly flash?: Flash | string | null | undefined;
  /** For "4 min ago"; without it the time is written out. */
  readonly now?: Date | undefined;
  /** What waits, shown beside the words of the rail. */
  readonly counts?:
    | { readonly approve: number; readonly todo: number; readonly problems: number }
    | undefined;
  /** The state of the company's connection to its ledger; anything but `healthy` is said on every page. */
  readonly connection?: string | null | undefined;
  /** A person's hold of the whole company, in words; said on every page while it stands. */
  readonly paused?: string | null | undefined;
  /** Extra elements of the head, for example the refresh of a page that waits. */
  readonly head?: ComponentChildren;
  readonly children?: ComponentChildren;
}

/** Every staff page: the frame around its content. Works without script; script only adds keys and polling. */
export function Page(props: PageProps): VNode {
  const { signedIn, company = null, companies = [], now, counts } = props;
  const nav = { active: props.active ?? null, company, companies, counts };
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="robots" content="noindex" />
        <title>{`${props.title} · Duly`}</title>
        <link rel="icon" href="/assets/icon.svg" type="image/svg+xml" />
        <link rel="stylesheet" href="/assets/app.css" />
        <script src="/assets/htmx.min.js" defer />
        <script src="/assets/keys.js" defer />
        {props.head}
      </head>
      <body>
        <a class="skip-link" href="#content">
          Skip to the content
        </a>
        <div class={signedIn === null ? 'frame bare' : 'frame'}>
          {props.sandboxUrl ? <SandboxStrip url={props.sandboxUrl} /> : null}
          {signedIn === null ? null : (
            <>
              <header class="rail">
                <a href="/" class="brandmark px-3">
                  Duly
                </a>
                {company === null ? null : (
                  <>
                    <Switcher company={company} companies={companies} />
                    <div class="sight">
                      <ModeChip company={company} />
                      <ReadLine company={company} now={now} />
                    </div>
                  </>
                )}
                <WordsNav {...nav} />
                <WhoIsIn signedIn={signedIn} />
              </header>
              <PhoneTop company={company} now={now} />
            </>
          )}
          <main class="page" id="content">
            <FlashLine flash={props.flash ?? null} />
            <ConnectionLine {...props} />
            <PausedLine {...props} />
            {props.children}
          </main>
          {signedIn === null ? null : (
            <BottomBar {...nav}>
              <WhoIsIn signedIn={signedIn} />
            </BottomBar>
          )}
        </div>
      </body>
    </html>
  );
}

function SandboxStrip({ url }: { readonly url: string }) {
  return (
    <aside class="strip" aria-label="Sandbox">
      Sandbox: the ledgers, the mailbox and the clock are stand-ins. <a href={url}>Open the sandbox</a>
    </aside>
  );
}

function PhoneTop({
  company,
  now,
}: {
  readonly company: FrameCompany | null;
  readonly now?: Date | undefined;
}) {
  return (
    <header class="phone-top">
      <strong>{company === null ? 'Duly' : company.name}</strong>
      {company === null ? null : (
        <div class="sight">
          <ModeChip company={company} />
          <ReadLine company={company} now={now} />
        </div>
      )}
    </header>
  );
}

function WhoIsIn({ signedIn }: { readonly signedIn: NonNullable<PageProps['signedIn']> }) {
  return (
    <div class="mt-auto px-3 t-small t-2">
      <p>
        {signedIn.personName}, {signedIn.accountName}
      </p>
      <form method="post" action="/signout">
        <input type="hidden" name="_csrf" value={signedIn.csrfToken} />
        <button type="submit" class="link">
          Sign out
        </button>
      </form>
    </div>
  );
}

/** While the books cannot be read nothing leaves, whatever the mode says; the page of the connection says it itself. */
function ConnectionLine({ company, connection, active }: PageProps) {
  if (!company || connection === undefined || connection === 'healthy' || active === 'connection')
    return null;
  const lost = connection === 'reconnect_needed';
  return (
    <p class={lost ? 'flash bad' : 'flash'} role={lost ? 'alert' : undefined}>
      <strong>{lost ? 'The connection to the books is lost.' : 'This company is disconnected.'}</strong> What
      you see is as old as the last reading, and no reminders go out.{' '}
      <a href={`/companies/${company.company_id}/connection`}>Connect it again</a>
    </p>
  );
}

/** Nothing leaves while the company is paused; every page says so, and where to let it go on. */
function PausedLine({ company, paused }: PageProps) {
  if (!company || paused == null) return null;
  return (
    <p class="flash" role="status">
      <strong>All reminders are on hold.</strong> {paused}{' '}
      <a href={`/companies/${company.company_id}/settings#pause`}>See the pause</a>
    </p>
  );
}

function FlashLine({ flash }: { readonly flash: Flash | string | null }) {
  if (flash === null || flash === '') return null;
  const { words, bad = false } = typeof flash === 'string' ? { words: flash } : flash;
  return (
    <p class={bad ? 'flash bad' : 'flash'} role={bad ? 'alert' : 'status'}>
      {words}
    </p>
  );
}
