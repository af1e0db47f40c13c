import { may } from '../../../companies/roles.ts';
import { consequenceKinds } from '../../../policies/consequences/consequence.ts';
import { Page } from '../../layout.view.tsx';
import type { Refused } from '../../refused.ts';
import type { CompanyFrame } from '../frame.store.ts';
import { AnnouncedPart } from './announced.view.tsx';
import type { ConsequencesSeen } from './consequences.store.ts';
import { EntryPart } from './entry.view.tsx';

export interface ConsequencesProps {
  readonly frame: CompanyFrame;
  readonly seen: ConsequencesSeen;
  readonly refused: Refused | null;
}

/** P8: what the business may say it will do, approved beforehand, and what became of what it said. */
export function ConsequencesPage({ frame, seen, refused }: ConsequencesProps) {
  const { catalogue } = seen;
  return (
    <Page {...frame} title="Consequences" active="consequences">
      <div class="stack-lg max-w-3xl">
        <div class="stack">
          <h1>Consequences</h1>
          <p class="prose-duly">
            Never announce what you will not do. Only what is approved here can be announced, by a step that a
            person releases; then it is followed up until it is done or withdrawn.
          </p>
        </div>
        <AnnouncedPart frame={frame} announcements={seen.announcements} refused={refused} />
        <section class="stack" aria-label="What may be announced">
          <h2>What may be announced</h2>
          {may(frame.signedIn.role, 'change_settings') ? null : (
            <p class="t-2">
              The owner, the accountant or the bookkeeper of the account can approve a consequence.
            </p>
          )}
          {consequenceKinds.map((kind) => (
            <EntryPart key={kind} frame={frame} kind={kind} entry={catalogue.get(kind)} refused={refused} />
          ))}
          <p class="t-2 t-small">
            Which step announces one of these is chosen where the step is edited, in the{' '}
            <a href={`/companies/${frame.company.company_id}/policy`}>policy</a>.
          </p>
        </section>
      </div>
    </Page>
  );
}
