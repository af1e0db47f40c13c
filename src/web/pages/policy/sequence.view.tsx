import { Fragment } from 'preact';
import type { Sequence } from '../../../policies/document.ts';
import type { Step } from '../../../policies/step.ts';
import { Page } from '../../layout.view.tsx';
import { Csrf, Fold } from '../../parts/form.view.tsx';
import { capital } from '../../words.ts';
import type { CompanyFrame } from '../frame.store.ts';
import type { Working } from './draft.store.ts';
import { DraftBar, mayChange, PolicyForm, PolicyNav, policyAt } from './parts.view.tsx';
import { faultsBelow, stepPath } from './places.ts';
import { RowButtons } from './row-buttons.view.tsx';
import { StepCells, StepHeads } from './steps-table.view.tsx';

interface Props {
  readonly frame: CompanyFrame;
  readonly working: Working;
  readonly sequence: Sequence;
  /** What was pressed last: its button keeps the focus. */
  readonly focus: { readonly step: string; readonly doing: string };
  readonly locale: string;
}

/** One sequence: its steps in order, each with what can be done to it. */
export function SequencePage(props: Props) {
  const { frame, working, sequence } = props;
  const at = policyAt(frame);
  return (
    <Page {...frame} title={sequence.name} active="policy">
      <div class="stack-lg">
        <PolicyNav frame={frame} here="" />
        <div class="head">
          <div>
            <p class="t-small">
              <a href={at}>Policy</a>
            </p>
            <h1>{sequence.name}</h1>
            <p class="t-2">{whoFollows(props)}</p>
          </div>
          {mayChange(frame) ? <PauseButton frame={frame} sequence={sequence} /> : null}
        </div>
        <DraftBar frame={frame} working={working} />
        <StepsForm {...props} />
        {mayChange(frame) ? <MoreAbout {...props} /> : null}
      </div>
    </Page>
  );
}

function whoFollows({ working: { body }, sequence }: Props): string {
  const segments = body.segments.filter(({ settings }) => settings.sequence === sequence.key);
  const whom = [
    ...(body.settings.sequence === sequence.key ? ['everybody whose segment says nothing else'] : []),
    ...segments.map(({ name }) => `“${name}”`),
  ];
  return whom.length === 0 ? 'Nobody follows it yet.' : `Followed by ${whom.join(', ')}.`;
}

/** Pausing is in force at once: who wants it does not want to wait for a draft. */
export function PauseButton({
  frame,
  sequence,
  back = '',
}: {
  readonly frame: CompanyFrame;
  readonly sequence: Sequence;
  readonly back?: string;
}) {
  const doing = sequence.paused ? 'resume' : 'pause';
  return (
    <PolicyForm frame={frame} action={`${policyAt(frame)}/sequences/${sequence.key}/${doing}${back}`}>
      <button class="btn btn-sm btn-plain" type="submit" aria-label={`${capital(doing)} ${sequence.name}`}>
        {capital(doing)}
      </button>
    </PolicyForm>
  );
}

function StepsForm(props: Props) {
  const { frame, working, sequence, locale } = props;
  const allowed = mayChange(frame);
  return (
    <form method="post" class="stack" action={`${policyAt(frame)}/sequences/${sequence.key}/steps`}>
      <Csrf token={frame.signedIn.csrfToken} />
      <div class="panel-flush">
        <table class="sheet cards">
          <caption class="sr-only">The steps of {sequence.name}</caption>
          <thead>
            <tr>
              <StepHeads />
              {allowed ? <th scope="col">Change</th> : null}
            </tr>
          </thead>
          <tbody>
            {sequence.steps.map((step, index) => (
              <Fragment key={step.key}>
                <tr id={`step-${step.key}`}>
                  <StepCells step={step} body={working.body} locale={locale} />
                  {allowed ? (
                    <td data-label="Change">
                      <RowButtons
                        at={`${policyAt(frame)}/sequences/${sequence.key}/steps/${step.key}`}
                        name={step.name}
                        doings={['up', 'down', 'copy', 'remove']}
                        index={index}
                        last={sequence.steps.length - 1}
                        pressed={props.focus.step === step.key ? props.focus.doing : null}
                      />
                    </td>
                  ) : null}
                </tr>
                <FaultRow {...props} step={step} />
              </Fragment>
            ))}
          </tbody>
        </table>
      </div>
      {sequence.steps.length === 0 ? <p class="t-late">A sequence needs at least one step.</p> : null}
      {allowed ? (
        <p>
          <a
            class="btn btn-plain"
            href={`${policyAt(frame)}/sequences/${sequence.key}/new-step`}
            autofocus={props.focus.doing === 'remove'}
          >
            Add a step
          </a>
        </p>
      ) : null}
    </form>
  );
}

function FaultRow({ working, sequence, step, frame }: Props & { readonly step: Step }) {
  const path = stepPath(working.body, sequence.key, step.key);
  const faults = [...faultsBelow(working.faults, path).values()];
  const warnings = [...faultsBelow(working.faults, path, 'warn').values()];
  if (faults.length + warnings.length === 0) return null;
  return (
    <tr class="under">
      <td colSpan={mayChange(frame) ? 8 : 7}>
        {faults.map((words) => (
          <p key={words} class="t-late">
            {words}
          </p>
        ))}
        {warnings.map((words) => (
          <p key={words} class="t-soon">
            {words}
          </p>
        ))}
      </td>
    </tr>
  );
}

function MoreAbout({ frame, sequence }: Props) {
  const at = `${policyAt(frame)}/sequences/${sequence.key}`;
  return (
    <div>
      <Fold summary="Rename the sequence">
        <PolicyForm frame={frame} action={`${at}/rename`} class="stack">
          <label class="field">
            <span class="label-text">Name of the sequence</span>
            <input class="input" name="name" maxLength={80} value={sequence.name} required />
          </label>
          <button class="btn btn-plain" type="submit">
            Keep the name in the draft
          </button>
        </PolicyForm>
      </Fold>
      <Fold summary="Remove the sequence">
        <PolicyForm frame={frame} action={`${at}/remove`} class="stack">
          <p class="t-2">
            Segments that follow it then follow the company’s sequence. What customers have been through
            stays: they go on at the same stage.
          </p>
          <button class="btn btn-plain" type="submit">
            Remove {sequence.name} from the draft
          </button>
        </PolicyForm>
      </Fold>
    </div>
  );
}
