import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import type { Duly } from '../../../platform/context.ts';
import { inCompany } from '../../../platform/db.ts';
import { UserError } from '../../../platform/errors.ts';
import { getDocument } from '../../../policies/document.store.ts';
import type { PolicyBody, Sequence } from '../../../policies/document.ts';
import { redirectSaying } from '../../flash.ts';
import { fieldOf } from '../../form-fields.ts';
import { sendPage } from '../../render.ts';
import { deskOf, edit, openDesk, POLICY, paramOf, queryOf, sequenceIn } from './desk.ts';
import { pauseAtOnce, pausedWords } from './pause.store.ts';
import { rowRemoved } from './row-removed.ts';
import { SequencePage } from './sequence.view.tsx';
import { copyStep, freshKey, moveStep, removeSequence, removeStep, withSequence } from './sequence-edit.ts';

const SEQUENCES = `${POLICY}/sequences`;
const onSequence = { config: { standsOn: `${SEQUENCES}/:sequence` } };

/** A sequence's page: its steps in order, moved, copied and taken out in the person's draft; pausing is at once. */
export function sequencesRoutes(duly: Duly): FastifyPluginAsync {
  return async (app) => {
    app.get(`${SEQUENCES}/:sequence`, async (request, reply) => {
      const desk = await deskOf(duly, request, 'see');
      const { frame, working } = await openDesk(duly, request, reply, desk, async () => null);
      const sequence = sequenceIn(working.body, paramOf(request, 'sequence'));
      const focus = { step: queryOf(request, 'step'), doing: queryOf(request, 'doing') };
      return sendPage(reply, SequencePage({ frame, working, sequence, focus, locale: desk.locale }));
    });
    app.post(SEQUENCES, (request, reply) => create(duly, request, reply));
    app.post(`${SEQUENCES}/:sequence/rename`, async (request, reply) => {
      const name = fieldOf(request.body, 'name', 80);
      return await changed(
        duly,
        request,
        reply,
        (one) => ({ ...one, name }),
        () => ({
          said: `It is called “${name}”.`,
          focus: '',
        }),
      );
    });
    app.post(`${SEQUENCES}/:sequence/remove`, { config: { standsOn: POLICY } }, async (request, reply) => {
      const desk = await deskOf(duly, request, 'change_settings');
      await edit(duly, desk, (body) => withoutSequence(body, paramOf(request, 'sequence')));
      return redirectSaying(reply, desk.at, 'The sequence is out of your draft.');
    });
    for (const doing of ['pause', 'resume'] as const)
      app.post(`${SEQUENCES}/:sequence/${doing}`, (request, reply) => pause(duly, request, reply, doing));
    for (const doing of ['up', 'down', 'copy', 'remove'] as const)
      app.post(`${SEQUENCES}/:sequence/steps/:step/${doing}`, onSequence, (request, reply) =>
        stepChanged(duly, request, reply, doing),
      );
  };
}

async function changed(
  duly: Duly,
  request: FastifyRequest,
  reply: FastifyReply,
  change: (sequence: Sequence) => Sequence,
  tell: (before: Sequence) => { readonly said: string; readonly focus: string },
): Promise<FastifyReply> {
  const desk = await deskOf(duly, request, 'change_settings');
  const key = paramOf(request, 'sequence');
  let told = { said: '', focus: '' };
  await edit(duly, desk, (body) => {
    told = tell(sequenceIn(body, key));
    return withSequence(body, key, change);
  });
  return redirectSaying(reply, `${desk.at}/sequences/${key}${told.focus}`, told.said);
}

const stepSaid = {
  up: 'Moved up in your draft; it took over the day of the step before.',
  down: 'Moved down in your draft; it took over the day of the step after.',
  copy: 'Copied in your draft, a week after the original.',
} as const;

async function stepChanged(
  duly: Duly,
  request: FastifyRequest,
  reply: FastifyReply,
  doing: keyof typeof stepSaid | 'remove',
): Promise<FastifyReply> {
  const { company_id: companyId } = (await deskOf(duly, request, 'change_settings')).company;
  const key = paramOf(request, 'step');
  const { version } = await inCompany(duly.db, companyId, (tx) => getDocument(tx, companyId));
  const change = (one: Sequence): Sequence => {
    const taken = one.steps.map((step) => step.key);
    const name = one.steps.find((step) => step.key === key)?.name ?? 'step';
    if (doing === 'remove') return removeStep(one, key);
    if (doing === 'copy') return copyStep(one, key, freshKey(name, version + 1, taken));
    return moveStep(one, key, doing === 'up' ? -1 : 1);
  };
  // the keyboard stays where it was: on the same button of the same step, or at the step that took its place
  return await changed(duly, request, reply, change, ({ steps }) => {
    const { said, focus } =
      doing === 'remove'
        ? rowRemoved(steps, key)
        : { said: stepSaid[doing], focus: `${encodeURIComponent(key)}&doing=${doing}` };
    return { said, focus: `?step=${focus}` };
  });
}

/** A new one begins as a copy of another, as no sequence is without steps. */
async function create(duly: Duly, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const desk = await deskOf(duly, request, 'change_settings');
  const name = fieldOf(request.body, 'name', 80);
  const from = fieldOf(request.body, 'from', 40);
  if (name === '') return redirectSaying(reply, `${desk.at}#new`, 'The new sequence needs a name.', true);
  let key = '';
  await edit(duly, desk, (body) => {
    const { steps } = sequenceIn(body, from);
    key = freshKey(
      name,
      1,
      body.sequences.map((one) => one.key),
    );
    return { ...body, sequences: [...body.sequences, { key, name, steps, paused: false }] };
  });
  return redirectSaying(
    reply,
    `${desk.at}/sequences/${key}`,
    `“${name}” is in your draft, with the steps copied.`,
  );
}

function withoutSequence(body: PolicyBody, key: string): PolicyBody {
  sequenceIn(body, key);
  if (body.settings.sequence !== key) return removeSequence(body, key);
  throw new UserError(
    'conflict',
    'Everybody without a segment follows this sequence.',
    'Choose another one under “Rules for everybody” first.',
  );
}

async function pause(
  duly: Duly,
  request: FastifyRequest,
  reply: FastifyReply,
  doing: 'pause' | 'resume',
): Promise<FastifyReply> {
  const desk = await deskOf(duly, request, 'change_settings');
  const key = paramOf(request, 'sequence');
  const paused = doing === 'pause';
  await pauseAtOnce(duly, desk, { part: 'sequences', key, paused });
  const back = queryOf(request, 'back') === 'policy' ? desk.at : `${desk.at}/sequences/${key}`;
  return redirectSaying(reply, back, pausedWords(paused, 'of it'));
}
