import type { Day } from '../../../domain/day.ts';
import { formatDay } from '../../../domain/day.ts';
import type { PolicyEffect } from '../../../dunning/effect.store.ts';
import type { Effect, NextUp } from '../../../dunning/effect.ts';
import { Page } from '../../layout.view.tsx';
import { capital, counted } from '../../words.ts';
import type { CompanyFrame } from '../frame.store.ts';
import { stepByChannel } from '../preview/preview.ts';
import type { Working } from './draft.store.ts';
import { PolicyForm, PolicyNav, policyAt } from './parts.view.tsx';
import { placeOf } from './places.ts';
import type { Version } from './versions.store.ts';

interface Props {
  readonly frame: CompanyFrame;
  readonly working: Working;
  /** Null: not asked for, or the draft cannot be carried out. */
  readonly effect: PolicyEffect | null;
  /** What others saved since the draft was begun, newest first. */
  readonly since: readonly Version[];
  readonly locale: string;
}

/** Before a policy is saved: its faults, what changes in it, and what that changes for whom. */
export function ReviewPage(props: Props) {
  const { frame, working, since } = props;
  const at = policyAt(frame);
  const refused = working.faults.filter(({ level }) => level === 'refuse');
  return (
    <Page {...frame} title="Check and save" active="policy">
      <div class="stack-lg max-w-3xl">
        <PolicyNav frame={frame} here="" />
        <h1>Check and save</h1>
        {working.draftOf === null ? (
          <p>
            You have no changes that are not in force. <a href={at}>Back to the policy</a>
          </p>
        ) : (
          <>
            {since.length > 0 ? <Conflict {...props} /> : null}
            <Faults {...props} />
            <Changes working={working} />
            {refused.length === 0 ? <EffectPart {...props} /> : null}
            <Buttons {...props} blocked={refused.length > 0 || since.length > 0} />
          </>
        )}
      </div>
    </Page>
  );
}

/** SEQ-18: two people changed the policy; nobody's change goes under without being seen. */
function Conflict({ frame, working, since, locale }: Props) {
  const versions = since.map(({ version }) => version);
  return (
    <section class="trouble stack" id="conflict">
      <h2>The policy was changed meanwhile</h2>
      <p>
        You began with version {working.draftOf}; version {Math.max(...versions)} is in force. Saving yours as
        it stands would undo what was changed since:
      </p>
      {since.map((version) => (
        <div key={version.version}>
          <p>
            <strong>{version.createdBy}</strong>, version {version.version},{' '}
            {formatDay(version.on as Day, locale)}:
          </p>
          <ul class="list-disc pl-5">
            {version.changes.map((words) => (
              <li key={words}>{words}</li>
            ))}
          </ul>
        </div>
      ))}
      <p>
        “What changes” below is measured against version {Math.max(...versions)} and says what yours would put
        back. Go on with yours if that is right; else throw your draft away and begin anew.
      </p>
      <PolicyForm frame={frame} action={`${policyAt(frame)}/draft/rebase`}>
        <button class="btn btn-plain" type="submit">
          Go on with mine on version {Math.max(...versions)}
        </button>
      </PolicyForm>
    </section>
  );
}

function Faults({ frame, working }: Props) {
  if (working.faults.length === 0)
    return (
      <p class="t-paid" role="status">
        ✓ Checked: nothing stands in the way.
      </p>
    );
  return (
    <section class="stack" id="faults">
      <h2>Checked</h2>
      <ul class="rows panel">
        {working.faults.map((fault) => {
          const place = placeOf(working.body, fault);
          return (
            <li key={`${fault.path}${fault.words}`}>
              <a href={`${policyAt(frame)}${place.path}`}>{place.words}</a>
              <p class={fault.level === 'refuse' ? 't-late' : 't-soon'}>
                {fault.level === 'refuse' ? '' : 'To know: '}
                {fault.words} {fault.action}
              </p>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function Changes({ working }: { readonly working: Working }) {
  return (
    <section class="stack">
      <h2>What changes in the policy</h2>
      {working.changes.length === 0 ? (
        <p>Nothing: your draft says the same as what is in force.</p>
      ) : (
        <ul class="list-disc pl-5 prose-duly">
          {working.changes.map((words) => (
            <li key={words}>{words}</li>
          ))}
        </ul>
      )}
    </section>
  );
}

/** Shown at most; the rest is counted. */
const MOST_SHOWN = 100;

function EffectPart({ frame, effect, locale }: Props) {
  if (effect === null) return null;
  const { changed, cases, more } = effect;
  return (
    <section class="stack" id="effect">
      <h2>What this changes for whom</h2>
      <p class="prose-duly">
        {changed.length === 0
          ? `Nobody’s next step changes: ${counted(cases, 'open case')} looked at.`
          : `${counted(changed.length, 'case')} of ${cases.toLocaleString('en')} get${changed.length === 1 ? 's' : ''} another next step.`}{' '}
        {more ? 'There are more open cases than were looked at. ' : ''}What waits already keeps the step it
        was planned with.
      </p>
      {changed.length === 0 ? null : (
        <div class="panel-flush">
          <table class="sheet cards">
            <caption class="sr-only">Cases with another next step</caption>
            <thead>
              <tr>
                <th scope="col">Customer</th>
                <th scope="col">Now</th>
                <th scope="col">Then</th>
              </tr>
            </thead>
            <tbody>
              {changed.slice(0, MOST_SHOWN).map((one) => (
                <EffectRow
                  key={`${one.customerId} ${one.currency}`}
                  one={one}
                  locale={locale}
                  at={`/companies/${frame.company.company_id}/customers`}
                />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {changed.length > MOST_SHOWN ? <p class="t-2">And {changed.length - MOST_SHOWN} more.</p> : null}
      <p>
        Look at{' '}
        <a href={`/companies/${frame.company.company_id}/preview?policy=draft`}>
          the next 30 days by your draft
        </a>
        , or{' '}
        <a href={`/companies/${frame.company.company_id}/replay?policy=draft&against=in_force`}>
          play it over the last twelve months
        </a>{' '}
        beside the policy in force.
      </p>
    </section>
  );
}

function EffectRow({
  one,
  locale,
  at,
}: {
  readonly one: Effect;
  readonly locale: string;
  readonly at: string;
}) {
  return (
    <tr>
      <th scope="row">
        <a href={`${at}/${encodeURIComponent(one.customerId)}`}>{one.customerName}</a>{' '}
        <span class="t-2">{one.currency}</span>
      </th>
      <td data-label="Now">{nextWords(one.before, locale)}</td>
      <td data-label="Then">
        <div>
          {nextWords(one.after, locale)}
          {one.after === null && one.why !== null ? <span class="t-2"> {one.why}</span> : null}
        </div>
      </td>
    </tr>
  );
}

function nextWords(next: NextUp | null, locale: string): string {
  if (next === null) return 'Nothing';
  return `${capital(stepByChannel(next.stepName, next.channel))}, ${formatDay(next.on, locale)}`;
}

function Buttons({ frame, blocked }: Props & { readonly blocked: boolean }) {
  const at = policyAt(frame);
  return (
    <div class="actions">
      <PolicyForm frame={frame} action={`${at}/draft/save`}>
        <button class="btn btn-primary" type="submit" disabled={blocked}>
          Save policy
        </button>
      </PolicyForm>
      <PolicyForm frame={frame} action={`${at}/draft/discard`}>
        <button class="btn btn-plain" type="submit">
          Throw my draft away
        </button>
      </PolicyForm>
      <a href={at}>Back to the policy</a>
    </div>
  );
}
