import type { ComponentChildren } from 'preact';
import type { ActivePage, FrameCompany, PageProps } from '../layout.view.tsx';
import { ago, timeWords } from '../words.ts';

export interface NavigationProps {
  readonly active: ActivePage;
  readonly company: FrameCompany | null;
  readonly companies: NonNullable<PageProps['companies']>;
  readonly counts: PageProps['counts'];
}

interface Entry {
  readonly page: NonNullable<ActivePage>;
  readonly words: string;
  readonly href: string;
  readonly count?: number | undefined;
}

function entries({ company, counts }: NavigationProps): Entry[] {
  if (company === null) return [{ page: 'companies', words: 'Companies', href: '/companies' }];
  const at = (page: NonNullable<ActivePage>, words: string, count?: number): Entry => ({
    page,
    words,
    href: `/companies/${company.company_id}/${page}`,
    count,
  });
  return [
    at('receivables', 'Past due'),
    at('approve', 'Approve', counts?.approve),
    at('todo', 'To do', counts?.todo),
    at('problems', 'Problems', counts?.problems),
    at('agreements', 'Agreements'),
    at('preview', 'Next 30 days'),
    at('policy', 'Policy'),
    at('consequences', 'Consequences'),
    at('settings', 'Settings'),
    at('brand', 'Brand'),
    at('connection', 'Connection'),
  ];
}

function NavLink({ entry, active }: { readonly entry: Entry; readonly active: ActivePage }) {
  return (
    <a href={entry.href} aria-current={entry.page === active ? 'page' : undefined}>
      <span>{entry.words}</span>
      {entry.count ? <span class="count needs">{entry.count}</span> : null}
    </a>
  );
}

/** The rail: words, in the order in which one works. */
export function WordsNav(props: NavigationProps) {
  return (
    <nav aria-label="Pages">
      {entries(props).map((entry) => (
        <NavLink key={entry.page} entry={entry} active={props.active} />
      ))}
    </nav>
  );
}

/** The same on a phone: four, and the rest under "more". */
export function BottomBar(props: NavigationProps & { readonly children: ComponentChildren }) {
  const all = entries(props);
  return (
    <footer class="dock-bar">
      {all.slice(0, 4).map((entry) => (
        <NavLink key={entry.page} entry={entry} active={props.active} />
      ))}
      <details class="more">
        <summary>More</summary>
        <nav aria-label="More pages">
          {all.slice(4).map((entry) => (
            <NavLink key={entry.page} entry={entry} active={props.active} />
          ))}
          {props.companies
            .filter((other) => other.company_id !== props.company?.company_id)
            .slice(0, 8)
            .map((other) => (
              <a key={other.company_id} href={`/companies/${other.company_id}`}>
                <span>{other.name}</span>
              </a>
            ))}
          {props.company === null ? null : <a href="/companies">All companies</a>}
          {props.children}
        </nav>
      </details>
    </footer>
  );
}

export function Switcher({
  company,
  companies,
}: {
  readonly company: FrameCompany;
  readonly companies: NonNullable<PageProps['companies']>;
}) {
  const others = companies.filter((other) => other.company_id !== company.company_id);
  return (
    <details class="switcher">
      <summary>
        <span>{company.name}</span>
      </summary>
      <nav aria-label="Companies">
        {others.slice(0, 12).map((other) => (
          <a key={other.company_id} href={`/companies/${other.company_id}`}>
            <span>{other.name}</span>
          </a>
        ))}
        <a href="/companies">
          <span>All companies</span>
        </a>
      </nav>
    </details>
  );
}

const modeHints: Readonly<Record<string, string>> = {
  preview: 'Preview: nothing leaves',
  approve: 'Approve: a person releases each batch',
  autopilot: 'Autopilot: reminders leave by themselves',
};

/** Whether anything can leave, always in sight. */
export function ModeChip({ company }: { readonly company: FrameCompany }) {
  return (
    <a
      class={`chip ${company.mode}`}
      href={`/companies/${company.company_id}/settings`}
      title={modeHints[company.mode]}
      aria-label={`Mode: ${company.mode}`}
    >
      {company.mode}
    </a>
  );
}

/** How old the figures are, always in sight. */
export function ReadLine({
  company,
  now,
}: {
  readonly company: FrameCompany;
  readonly now?: Date | undefined;
}) {
  const at = company.books_read_at;
  if (at === null) return <span>books not read yet</span>;
  const exact = timeWords(at, company.time_zone, 'en-GB');
  return <span title={exact}>{`books read ${now === undefined ? exact : ago(at, now)}`}</span>;
}
