import type { PolicyDocument } from '../../../policies/document.ts';
import { Page } from '../../layout.view.tsx';
import { counted, timeWords } from '../../words.ts';
import type { CompanyFrame } from '../frame.store.ts';
import { followersOf, RulesTold, SegmentsTold, StepsTold } from './document.view.tsx';
import type { Working } from './draft.store.ts';
import { DraftBar, mayChange, PolicyForm, PolicyNav, policyAt } from './parts.view.tsx';

interface Props {
  readonly frame: CompanyFrame;
  readonly working: Working;
  readonly document: PolicyDocument;
  readonly createdBy: string;
  readonly createdAt: Date;
  /** What would change if it were in force again, in words; empty: nothing. */
  readonly back: readonly string[];
  readonly currencies: readonly string[];
  readonly locale: string;
}

/** One version of the policy, whole, as decisions of its time followed it. */
export function VersionPage(props: Props) {
  const { frame, working, document, createdBy, createdAt, currencies, locale } = props;
  const inForce = working.inForce.version === document.version;
  const title = `Version ${document.version} of the policy`;
  return (
    <Page {...frame} title={title} active="policy">
      <div class="stack-lg">
        <PolicyNav frame={frame} here="/versions" />
        <div>
          <p class="t-small">
            <a href={`${policyAt(frame)}/versions`}>Versions</a>
          </p>
          <h1>
            {title} {inForce ? <span class="chip">in force</span> : null}
          </h1>
          <p class="t-2">
            Saved by {createdBy}, {timeWords(createdAt, frame.company.time_zone, locale)}.
          </p>
        </div>
        <DraftBar frame={frame} working={working} />
        {inForce ? null : <TakeBack {...props} />}
        <section class="stack">
          <h2>For everybody</h2>
          <RulesTold body={document} currencies={currencies} locale={locale} />
        </section>
        <section class="stack">
          <h2>Sequences</h2>
          {document.sequences.map((sequence) => (
            <details
              key={sequence.key}
              class="panel sequence"
              open={sequence.key === document.settings.sequence}
            >
              <summary>
                <strong>{sequence.name}</strong>
                {sequence.paused ? <span class="chip bad">paused</span> : null}{' '}
                <span class="t-2 t-small">
                  {counted(sequence.steps.length, 'step')}, for {followersOf(document, sequence.key)}
                </span>
              </summary>
              <StepsTold sequence={sequence} body={document} locale={locale} />
            </details>
          ))}
        </section>
        <section class="stack">
          <h2>Segments, in this order; the first that fits decides</h2>
          <SegmentsTold body={document} currencies={currencies} locale={locale} />
        </section>
      </div>
    </Page>
  );
}

/** It comes into force as a new version, through the draft, where it is seen what that changes for whom. */
function TakeBack({ frame, working, document, back }: Props) {
  return (
    <section class="panel">
      <h2>Against what is in force now</h2>
      {back.length === 0 ? (
        <p>Nothing differs: what is in force says the same.</p>
      ) : (
        <>
          <p class="t-2">If this version were in force again:</p>
          <ul class="list-disc pl-5">
            {back.map((words) => (
              <li key={words}>{words}</li>
            ))}
          </ul>
        </>
      )}
      {back.length > 0 && mayChange(frame) ? (
        <PolicyForm
          frame={frame}
          action={`${policyAt(frame)}/versions/${document.version}/take-back`}
          class="stack"
        >
          <div class="actions">
            <button class="btn btn-primary" type="submit">
              Put version {document.version} into the draft
            </button>
          </div>
          <p class="t-small t-2">
            Nothing is in force before you save the draft; it then becomes a new version.
            {working.draftOf === null ? '' : ' What your draft says now is replaced.'}
          </p>
        </PolicyForm>
      ) : null}
    </section>
  );
}
