import { Fragment } from 'preact';
import type { PolicyBody, PresetKey } from '../../../policies/document.ts';
import { presets, presetWords } from '../../../policies/presets/presets.ts';
import type { Step } from '../../../policies/step.ts';
import { channelWords, offsetWords } from '../../../policies/words/step-words.ts';
import { Page } from '../../layout.view.tsx';
import { capital } from '../../words.ts';
import type { CompanyFrame } from '../frame.store.ts';
import type { Working } from './draft.store.ts';
import { DraftBar, mayChange, PolicyForm, PolicyNav, policyAt } from './parts.view.tsx';
import type { ShownWording, WordedStep } from './wording.store.ts';
import { WordingPart } from './wording.view.tsx';

interface Props {
  readonly frame: CompanyFrame;
  readonly working: Working;
  readonly sample: (step: WordedStep) => ShownWording;
}

export const presetKeys: readonly PresetKey[] = ['gentle', 'standard', 'letter_first'];

/** The three to start from, side by side, each with its steps and their words. */
export function PresetsPage({ frame, working, sample }: Props) {
  return (
    <Page {...frame} title="Presets" active="policy">
      <div class="stack-lg">
        <PolicyNav frame={frame} here="/presets" />
        <div>
          <h1>Three ways to begin</h1>
          <p class="t-2 prose-duly">
            Each is complete, with its words, shown as your own customer would read them. Starting from one
            changes your draft: what you set yourself stays, and nothing is in force before you save.
          </p>
        </div>
        <DraftBar frame={frame} working={working} />
        <div class="three-col">
          {presetKeys.map((key) => (
            <Preset key={key} frame={frame} working={working} sample={sample} preset={key} />
          ))}
        </div>
      </div>
    </Page>
  );
}

function Preset({ frame, working, sample, preset }: Props & { readonly preset: PresetKey }) {
  const { name, words } = presetWords[preset];
  const body = presets[preset];
  const inForce = working.inForce.preset === preset;
  return (
    <section class="panel preset" aria-label={name}>
      <h2>{name}</h2>
      {inForce ? <p class="t-paid t-small">Your policy began with this one.</p> : null}
      <p>{words}</p>
      <ol class="rows">
        {mainSteps(body).map((step) => (
          <li key={step.key}>
            <StepLine step={step} body={body} />
            <details class="why">
              <summary>Read it</summary>
              <WordingPart wording={sample(step)} />
            </details>
          </li>
        ))}
      </ol>
      {mayChange(frame) ? (
        <PolicyForm frame={frame} action={`${policyAt(frame)}/presets/${preset}`}>
          <button class="btn btn-plain" type="submit">
            Start from {name}
          </button>
        </PolicyForm>
      ) : null}
    </section>
  );
}

function StepLine({ step, body }: { readonly step: Step; readonly body: PolicyBody }) {
  const only = step.conditions.segments?.map(
    (key) => body.segments.find((segment) => segment.key === key)?.name ?? key,
  );
  return (
    <Fragment>
      <p>
        <strong>{capital(step.name)}</strong>
      </p>
      <p class="t-small">
        {capital(offsetWords(step))}, <span class="whitespace-nowrap">{channelWords[step.channel]}</span>
        {step.channel === 'call' || step.sender === 'bookkeeper' ? '' : `, from the ${step.sender}`}
        {step.needsPerson ? ', a person releases it' : ''}
      </p>
      {only === undefined ? null : <p class="t-small t-2">Only: {only.join(', ').toLowerCase()}</p>}
    </Fragment>
  );
}

/** Of the sequence that everybody has unless a segment says otherwise. */
function mainSteps(body: PolicyBody): readonly Step[] {
  return body.sequences.find(({ key }) => key === body.settings.sequence)?.steps ?? [];
}
