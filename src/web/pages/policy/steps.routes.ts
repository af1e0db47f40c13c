import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import type { Duly } from '../../../platform/context.ts';
import { inCompany } from '../../../platform/db.ts';
import { UserError } from '../../../platform/errors.ts';
import type { PolicyBody } from '../../../policies/document.ts';
import type { Step } from '../../../policies/step.ts';
import { redirectSaying } from '../../flash.ts';
import { sendPage, sendPart } from '../../render.ts';
import { type Answers, answersIn, type FieldFaults, Form } from './answers.ts';
import { consequenceOptions } from './consequences.store.ts';
import { currenciesOf, type Desk, deskOf, edit, openDesk, POLICY, paramOf, sequenceIn } from './desk.ts';
import type { Working } from './draft.store.ts';
import { faultsBelow, stepPath } from './places.ts';
import { addStep, freshKey, nextStep, replaceStep, withSequence } from './sequence-edit.ts';
import { readStep, type StepChoices, stepAnswers } from './step-form.ts';
import { StepPage } from './step-form.view.tsx';
import { wordingSamples } from './wording.store.ts';
import { WordingPart } from './wording.view.tsx';

const STEPS = `${POLICY}/sequences/:sequence/steps`;

/** The form of one step, new or there already. What is kept goes into the person's draft. */
export function stepsRoutes(duly: Duly): FastifyPluginAsync {
  return async (app) => {
    app.get(`${POLICY}/sequences/:sequence/new-step`, async (request, reply) => {
      const desk = await deskOf(duly, request, 'change_settings');
      return await show(duly, request, reply, { desk, stepKey: null, refused: null });
    });
    app.get(`${STEPS}/:step`, async (request, reply) => {
      const desk = await deskOf(duly, request, 'change_settings');
      return await show(duly, request, reply, { desk, stepKey: paramOf(request, 'step'), refused: null });
    });
    app.post(STEPS, (request, reply) => keep(duly, request, reply, null));
    app.post(`${STEPS}/:step`, (request, reply) => keep(duly, request, reply, paramOf(request, 'step')));
    wording(app, duly);
  };
}

interface Shown {
  readonly desk: Desk;
  /** Null: a new one. */
  readonly stepKey: string | null;
  readonly refused: { readonly answers: Answers; readonly faults: FieldFaults } | null;
}

async function show(
  duly: Duly,
  request: FastifyRequest,
  reply: FastifyReply,
  { desk, stepKey, refused }: Shown,
): Promise<FastifyReply> {
  const opened = await openDesk(duly, request, reply, desk, async (tx, { body }) => ({
    currencies: await currenciesOf(tx, desk.company),
    consequences: await consequenceOptions(tx, desk.whose.companyId, body),
    sample: await wordingSamples(tx, desk.company, desk.by, desk.now),
  }));
  const { frame, working, found } = opened;
  const sequence = sequenceIn(working.body, paramOf(request, 'sequence'));
  const choices: StepChoices = { currencies: found.currencies, segments: working.body.segments };
  const begun = stepKey === null ? nextStep(sequence) : stepIn(sequence.steps, stepKey);
  const path = stepKey === null ? '' : stepPath(working.body, sequence.key, stepKey);
  const { answers, faults } = refused ?? {
    answers: stepAnswers(begun, choices),
    faults: path === '' ? new Map() : faultsBelow(working.faults, path),
  };
  const form = new Form(answers, faults);
  const worded = refused === null ? begun : readStep(answers, begun, choices).step;
  const warnings = path === '' ? [] : [...faultsBelow(working.faults, path, 'warn').values()];
  const page = StepPage({
    frame,
    working,
    sequence,
    stepKey,
    form,
    warnings,
    choices,
    consequences: found.consequences,
    wording: found.sample(worded),
  });
  return sendPage(reply, page, refused === null ? 200 : 400);
}

/**
 * A form that can be read is kept in the draft, faults of the policy included, as another step may have to change first;
 * it is then shown again with them. One that cannot be read comes back as it was typed.
 */
async function keep(
  duly: Duly,
  request: FastifyRequest,
  reply: FastifyReply,
  stepKey: string | null,
): Promise<FastifyReply> {
  const desk = await deskOf(duly, request, 'change_settings');
  const key = paramOf(request, 'sequence');
  const answers = answersIn(request.body);
  const { working, found } = await openDesk(duly, request, reply, desk, (tx) =>
    currenciesOf(tx, desk.company),
  );
  const sequence = sequenceIn(working.body, key);
  const before = stepKey === null ? nextStep(sequence) : stepIn(sequence.steps, stepKey);
  const { step, reader } = readStep(answers, before, {
    currencies: found,
    segments: working.body.segments,
  });
  if (reader.faults.size > 0)
    return await show(duly, request, reply, { desk, stepKey, refused: { answers, faults: reader.faults } });
  const kept = stepKey ?? newKey(working, step, sequence.steps);
  const change = (body: PolicyBody): PolicyBody =>
    withSequence(body, key, (one) =>
      stepKey === null ? addStep(one, { ...step, key: kept }) : replaceStep(one, { ...step, key: kept }),
    );
  await edit(duly, desk, change);
  const { working: after } = await openDesk(duly, request, reply, desk, async () => null);
  const faults = faultsBelow(after.faults, stepPath(after.body, key, kept));
  const at = `${desk.at}/sequences/${key}`;
  return faults.size > 0
    ? redirectSaying(
        reply,
        `${at}/steps/${kept}`,
        'Kept in your draft, but it can’t be saved like this.',
        true,
      )
    : redirectSaying(reply, `${at}?step=${kept}#step-${kept}`, `“${step.name}” is kept in your draft.`);
}

function newKey(working: Working, step: Step, steps: readonly Step[]): string {
  return freshKey(
    step.name,
    working.inForce.version + 1,
    steps.map((one) => one.key),
  );
}

function stepIn(steps: readonly Step[], key: string): Step {
  const found = steps.find((one) => one.key === key);
  if (found !== undefined) return found;
  throw new UserError('not_found', 'The sequence has no such step.', 'Choose one from its list.');
}

/** The words of a wording alone, for the form while somebody chooses. */
function wording(app: Parameters<FastifyPluginAsync>[0], duly: Duly): void {
  app.get(`${POLICY}/wording`, async (request, reply) => {
    const desk = await deskOf(duly, request, 'see');
    const answers = answersIn(request.query);
    const before = nextStep({ key: '', name: '', steps: [], paused: false });
    const { step } = readStep(answers, before, { currencies: [], segments: [] });
    const sample = await inCompany(duly.db, desk.whose.companyId, (tx) =>
      wordingSamples(tx, desk.company, desk.by, desk.now),
    );
    return sendPart(reply, WordingPart({ wording: sample({ ...step, payWithinDays: 7 }) }));
  });
}
