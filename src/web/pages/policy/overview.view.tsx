import { Fragment } from 'preact';
import type { Sequence } from '../../../policies/document.ts';
import { presetWords } from '../../../policies/presets/presets.ts';
import { Page } from '../../layout.view.tsx';
import { Field, Fold } from '../../parts/form.view.tsx';
import { counted, timeWords } from '../../words.ts';
import type { CompanyFrame } from '../frame.store.ts';
import { followersOf, RulesTold, SegmentsTold, StepsTold } from './document.view.tsx';
import type { Working } from './draft.store.ts';
import { LinkPart, type PublicLink } from './link.view.tsx';
import { DraftBar, mayChange, PolicyForm, PolicyNav, policyAt } from './parts.view.tsx';
import { PauseButton } from './sequence.view.tsx';
import type { Version } from './versions.store.ts';

export interface OverviewProps {
  readonly frame: CompanyFrame;
  readonly working: Working;
  /** The version in force. */
  readonly latest: Version | null;
  readonly link: PublicLink;
  /** Those that customers owe in. */
  readonly currencies: readonly string[];
  readonly locale: string;
}

/** The policy in force, in words. */
export function OverviewPage(props: OverviewProps) {
  const { frame, working } = props;
  const { inForce } = working;
  return (
    <Page {...frame} title="Policy" active="policy">
      <div class="stack-lg">
        <PolicyNav frame={frame} here="" />
        <div>
          <h1>Payment policy</h1>
          <p class="prose-duly">
            It began with the preset {presetWords[inForce.preset].name}: {presetWords[inForce.preset].words}
          </p>
          <VersionLine {...props} />
        </div>
        {mayChange(frame) ? null : (
          <p class="trouble">
            Your role shows the policy. The owner, accountant or bookkeeper of the account can change it.
          </p>
        )}
        <DraftBar frame={frame} working={working} />
        <Rules {...props} />
        <section class="stack">
          <h2>Sequences</h2>
          {inForce.sequences.map((sequence) => (
            <SequencePart key={sequence.key} {...props} sequence={sequence} />
          ))}
          <DraftedSequences {...props} />
          {mayChange(frame) ? <NewSequence {...props} /> : null}
        </section>
        <SegmentsPart {...props} />
        <LinkPart frame={frame} link={props.link} />
      </div>
    </Page>
  );
}

function VersionLine({ frame, latest, locale }: OverviewProps) {
  if (latest === null) return null;
  return (
    <details class="why">
      <summary>
        Version {latest.version}, {latest.createdBy},{' '}
        {timeWords(latest.createdAt, frame.company.time_zone, locale)}
      </summary>
      <ul>
        {latest.changes.length === 0 ? <li>What the company began with.</li> : null}
        {latest.changes.map((words) => (
          <li key={words}>{words}</li>
        ))}
        <li>
          <a href={`${policyAt(frame)}/versions`}>All versions</a>
        </li>
      </ul>
    </details>
  );
}

function Rules({ frame, working: { inForce }, currencies, locale }: OverviewProps) {
  return (
    <section class="stack">
      <div class="head">
        <h2>For everybody</h2>
        {mayChange(frame) ? <a href={`${policyAt(frame)}/settings`}>Change the rules</a> : null}
      </div>
      <RulesTold body={inForce} currencies={currencies} locale={locale} />
    </section>
  );
}

function SequencePart({
  frame,
  working: { inForce },
  sequence,
  locale,
}: OverviewProps & { readonly sequence: Sequence }) {
  const main = inForce.settings.sequence === sequence.key;
  return (
    <details class="panel sequence" open={main}>
      <summary>
        <strong>{sequence.name}</strong>
        {sequence.paused ? <span class="chip bad">paused</span> : null}{' '}
        <span class="t-2 t-small">
          {counted(sequence.steps.length, 'step')}, for {followersOf(inForce, sequence.key)}
        </span>
      </summary>
      <StepsTold sequence={sequence} body={inForce} locale={locale} />
      {mayChange(frame) ? (
        <div class="actions">
          <a href={`${policyAt(frame)}/sequences/${sequence.key}`}>Change {sequence.name}</a>
          <PauseButton frame={frame} sequence={sequence} back="?back=policy" />
        </div>
      ) : null}
    </details>
  );
}

/** Sequences that stand only in the draft: else nobody would find them again. */
function DraftedSequences({ frame, working: { inForce, body } }: OverviewProps) {
  const known = new Set(inForce.sequences.map(({ key }) => key));
  const fresh = body.sequences.filter(({ key }) => !known.has(key));
  if (fresh.length === 0) return null;
  return (
    <p>
      In your draft:{' '}
      {fresh.map((sequence, index) => (
        <Fragment key={sequence.key}>
          {index === 0 ? '' : ' · '}
          <a href={`${policyAt(frame)}/sequences/${sequence.key}`}>{sequence.name}</a>
        </Fragment>
      ))}
    </p>
  );
}

function NewSequence({ frame, working: { body } }: OverviewProps) {
  return (
    <Fold summary="Build another sequence">
      <PolicyForm frame={frame} action={`${policyAt(frame)}/sequences`} class="stack">
        <Field label="Name of the new sequence">
          <input class="input" name="name" id="new" maxLength={80} autocomplete="off" required />
        </Field>
        <Field label="Begin with the steps of">
          <select class="select" name="from">
            {body.sequences.map(({ key, name }) => (
              <option key={key} value={key} selected={key === body.settings.sequence}>
                {name}
              </option>
            ))}
          </select>
        </Field>
        <button class="btn btn-plain" type="submit">
          Add the sequence to the draft
        </button>
      </PolicyForm>
    </Fold>
  );
}

function SegmentsPart({ frame, working: { inForce }, currencies, locale }: OverviewProps) {
  return (
    <section class="stack">
      <div class="head">
        <h2>Segments, in this order; the first that fits decides</h2>
        <a href={`${policyAt(frame)}/segments`}>Who is in which segment</a>
      </div>
      <SegmentsTold body={inForce} currencies={currencies} locale={locale} />
    </section>
  );
}
