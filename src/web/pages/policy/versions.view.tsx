import { Page } from '../../layout.view.tsx';
import { timeWords } from '../../words.ts';
import type { CompanyFrame } from '../frame.store.ts';
import { PolicyNav, policyAt } from './parts.view.tsx';
import type { Version } from './versions.store.ts';

interface Props {
  readonly frame: CompanyFrame;
  readonly versions: readonly Version[];
  /** The version that the next page begins below; null: these are the oldest. */
  readonly next: number | null;
  readonly locale: string;
}

/** Every version of the policy with its author and what it changed; decisions name the one they used. */
export function VersionsPage({ frame, versions, next, locale }: Props) {
  return (
    <Page {...frame} title="Versions of the policy" active="policy">
      <div class="stack-lg max-w-3xl">
        <PolicyNav frame={frame} here="/versions" />
        <div>
          <h1>Versions of the policy</h1>
          <p class="t-2">Every decision names the version that it followed.</p>
        </div>
        <VersionList frame={frame} versions={versions} locale={locale} />
        {next === null ? null : (
          <p>
            <a href={`${policyAt(frame)}/versions?below=${next}`}>Older versions</a>
          </p>
        )}
      </div>
    </Page>
  );
}

function VersionList({ frame, versions, locale }: Omit<Props, 'next'>) {
  return (
    <ol class="rows panel">
      {versions.map((version) => (
        <li key={version.version}>
          <p>
            <strong>Version {version.version}</strong>, {version.createdBy},{' '}
            {timeWords(version.createdAt, frame.company.time_zone, locale)}
          </p>
          {version.changes.length === 0 ? (
            <p class="t-2">What the company began with.</p>
          ) : (
            <ul class="list-disc pl-5">
              {version.changes.map((words) => (
                <li key={words}>{words}</li>
              ))}
            </ul>
          )}
        </li>
      ))}
    </ol>
  );
}
