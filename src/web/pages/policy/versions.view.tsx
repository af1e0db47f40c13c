import { Page } from '../../layout.view.tsx';
import { timeWords } from '../../words.ts';
import type { CompanyFrame } from '../frame.store.ts';
import type { Working } from './draft.store.ts';
import { DraftBar, PolicyNav, policyAt } from './parts.view.tsx';
import type { Version } from './versions.store.ts';

interface Props {
  readonly frame: CompanyFrame;
  readonly working: Working;
  readonly versions: readonly Version[];
  /** The version that the next page begins below; null: these are the oldest. */
  readonly next: number | null;
  readonly locale: string;
}

/** Every version of the policy with its author and what it changed; decisions name the one they used. */
export function VersionsPage({ frame, working, versions, next, locale }: Props) {
  return (
    <Page {...frame} title="Versions of the policy" active="policy">
      <div class="stack-lg max-w-3xl">
        <PolicyNav frame={frame} here="/versions" />
        <div>
          <h1>Versions of the policy</h1>
          <p class="t-2 prose-duly">
            Every decision names the version that it followed. An old one can be read whole, and taken back.
          </p>
        </div>
        <DraftBar frame={frame} working={working} />
        <VersionList frame={frame} working={working} versions={versions} locale={locale} />
        {next === null ? null : (
          <p>
            <a href={`${policyAt(frame)}/versions?below=${next}`}>Older versions</a>
          </p>
        )}
      </div>
    </Page>
  );
}

function VersionList({ frame, working, versions, locale }: Omit<Props, 'next'>) {
  return (
    <ol class="rows panel">
      {versions.map((version) => (
        <li key={version.version}>
          <div class="head">
            <h2>
              <a href={`${policyAt(frame)}/versions/${version.version}`}>Version {version.version}</a>{' '}
              {version.version === working.inForce.version ? <span class="chip ml-1">in force</span> : null}
            </h2>
            <p class="t-2 t-small">
              {version.createdBy},{' '}
              <time dateTime={version.createdAt.toISOString()}>
                {timeWords(version.createdAt, frame.company.time_zone, locale)}
              </time>
            </p>
          </div>
          <Changes version={version} at={`${policyAt(frame)}/versions/${version.version}`} />
        </li>
      ))}
    </ol>
  );
}

/** A switch of the preset changes everything: so much is read on the version's own page. */
const MOST_CHANGES = 8;

function Changes({ version: { changes }, at }: { readonly version: Version; readonly at: string }) {
  if (changes.length === 0) return <p class="t-2">What the company began with.</p>;
  const more = changes.length - MOST_CHANGES;
  const folded = more > 1;
  const shown = folded ? changes.slice(0, MOST_CHANGES) : changes;
  return (
    <>
      <ul class="list-disc pl-5">
        {shown.map((words) => (
          <li key={words}>{words}</li>
        ))}
      </ul>
      {folded ? (
        <details class="why">
          <summary>{more} more changes</summary>
          <ul>
            {changes.slice(MOST_CHANGES).map((words) => (
              <li key={words}>{words}</li>
            ))}
            <li>
              <a href={at}>The whole version</a>
            </li>
          </ul>
        </details>
      ) : null}
    </>
  );
}
