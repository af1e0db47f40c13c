import type { Segment, Sequence } from '../../../policies/document.ts';
import { presetWords } from '../../../policies/presets/presets.ts';
import { namingOf, settingChanges } from '../../../policies/what-changed.ts';
import { ruleWords } from '../../../policies/words/rule-words.ts';
import { settingFields, settingWords } from '../../../policies/words/setting-words.ts';
import { Page } from '../../layout.view.tsx';
import { Field, Fold } from '../../parts/form.view.tsx';
import { capital, counted, timeWords } from '../../words.ts';
import type { CompanyFrame } from '../frame.store.ts';
import type { Working } from './draft.store.ts';
import { toldRule, toldSetting } from './in-currencies.ts';
import { LinkPart, type PublicLink } from './link.view.tsx';
import { DraftBar, mayChange, PolicyForm, PolicyNav, policyAt } from './parts.view.tsx';
import { PauseButton } from './sequence.view.tsx';
import { StepCells, StepHeads } from './steps-table.view.tsx';
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
  const naming = namingOf(inForce, locale);
  return (
    <section class="stack">
      <div class="head">
        <h2>For everybody</h2>
        {mayChange(frame) ? <a href={`${policyAt(frame)}/settings`}>Change the rules</a> : null}
      </div>
      <ul class="panel said">
        {settingFields.map((field) => (
          <li key={field}>{settingWords(field, toldSetting(field, inForce.settings, currencies), naming)}</li>
        ))}
      </ul>
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
  const followers = [
    ...(main ? ['everybody else'] : []),
    ...inForce.segments
      .filter(({ settings }) => settings.sequence === sequence.key)
      .map(({ name }) => `“${name}”`),
  ];
  const summary = followers.length === 0 ? 'nobody' : followers.join(', ');
  return (
    <details class="panel sequence" open={main}>
      <summary>
        <strong>{sequence.name}</strong>
        {sequence.paused ? <span class="chip bad">paused</span> : null}{' '}
        <span class="t-2 t-small">
          {counted(sequence.steps.length, 'step')}, for {summary}
        </span>
      </summary>
      <div class="panel-flush">
        <table class="sheet cards">
          <caption class="sr-only">The steps of {sequence.name}</caption>
          <thead>
            <tr>
              <StepHeads />
            </tr>
          </thead>
          <tbody>
            {sequence.steps.map((step) => (
              <tr key={step.key}>
                <StepCells step={step} body={inForce} locale={locale} />
              </tr>
            ))}
          </tbody>
        </table>
      </div>
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
      {fresh.map((sequence) => (
        <a key={sequence.key} href={`${policyAt(frame)}/sequences/${sequence.key}`}>
          {sequence.name}
        </a>
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
      {inForce.segments.length === 0 ? (
        <p class="t-2">There are none: the rules for everybody hold for everybody.</p>
      ) : (
        <div class="panel-flush">
          <table class="sheet cards">
            <caption class="sr-only">Segments</caption>
            <thead>
              <tr>
                <th scope="col">Segment</th>
                <th scope="col">Who</th>
                <th scope="col">What is different</th>
              </tr>
            </thead>
            <tbody>
              {inForce.segments.map((segment) => (
                <tr key={segment.key}>
                  <th scope="row">
                    {segment.name} {segment.paused ? <span class="chip bad">paused</span> : null}
                  </th>
                  <td data-label="Who">{capital(ruleWords(toldRule(segment.when, currencies), locale))}</td>
                  <td data-label="Different">
                    <div>
                      {differences(segment, namingOf(inForce, locale)).map((words) => (
                        <p key={words}>{words}</p>
                      ))}
                    </div>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

export function differences(
  { settings }: Segment,
  naming: Parameters<typeof settingChanges>[2],
): readonly string[] {
  const words = settingChanges({}, settings, naming);
  return words.length === 0 ? ['Nothing.'] : words;
}
