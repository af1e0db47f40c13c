import { type FastifyPluginAsyncTypebox, Type } from '@fastify/type-provider-typebox';
import { printLetter } from '../../delivery/print.job.ts';
import { taskDone } from '../../delivery/task-done.store.ts';
import { callResults } from '../../dunning/done.ts';
import { notPosted } from '../../dunning/printed.store.ts';
import { rescheduleTouch } from '../../dunning/reschedule.store.ts';
import { resendTouch } from '../../dunning/resend.store.ts';
import { sendNow } from '../../dunning/send-now.store.ts';
import { skipStep } from '../../dunning/skip.store.ts';
import type { Duly } from '../../platform/context.ts';
import type { Tx } from '../../platform/db.ts';
import { type ApiApp, actor, inKeyCompany } from './caller.plugin.ts';
import { By, CompanyParams, DayText, failures, Input, PageOf, PageQuery, Uuid, Words } from './schema.ts';
import { OVERRIDE, TouchBody, TouchWithMessage } from './touch-bodies.ts';
import { listTouches, readTouch } from './touches.store.ts';

const TouchParams = Type.Object({ companyId: Uuid, touchId: Uuid });
const tags = ['touches'];

/** A person's word on one touch, and the list of what people have to do. */
export function touchChangeRoutes(duly: Duly): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.get(
      '/todo',
      {
        schema: {
          operationId: 'listToDo',
          summary: 'Calls to make and letters to post, oldest first',
          tags,
          params: CompanyParams,
          querystring: PageQuery({}),
          response: { 200: PageOf(TouchBody), ...failures },
        },
      },
      (request) =>
        inKeyCompany(duly, request, (tx, id) => listTouches(tx, id, { ...request.query, todo: true })),
    );
    stepsToChange(app, duly);
    messagesToSend(app, duly);
    lettersToPrint(app, duly);
    tasksToDo(app, duly);
  };
}

type Answer = ReturnType<typeof readTouch>;

async function after(tx: Tx, companyId: string, touchId: string, work: Promise<unknown>): Answer {
  await work;
  return await readTouch(tx, companyId, touchId);
}

function stepsToChange(app: ApiApp, duly: Duly): void {
  app.post(
    '/touches/:touchId/skip',
    {
      schema: {
        operationId: 'skipTouch',
        summary: 'Pass over the step of a touch that has not left; the next step follows (S1)',
        description: 'The customer is not stopped: `cancel` does that.',
        tags,
        params: TouchParams,
        body: Input({ reason: Words(300, 'Why this step is passed over.'), by: By }),
        response: { 200: TouchWithMessage, ...failures },
      },
    },
    (request) =>
      inKeyCompany(duly, request, (tx, id) => {
        const { touchId } = request.params;
        const { reason, by } = request.body;
        return after(tx, id, touchId, skipStep(tx, id, touchId, reason, actor(by), duly.clock.now()));
      }),
  );
  app.post(
    '/touches/:touchId/reschedule',
    {
      schema: {
        operationId: 'rescheduleTouch',
        summary: 'Move a touch that has not left to another day or time that the rules allow',
        tags,
        params: TouchParams,
        body: Input({
          on: DayText,
          time: Type.Optional(
            Type.String({
              pattern: '^\\d{2}:\\d{2}$',
              description:
                '`HH:MM` in the customer’s own zone, as the day; absent: as soon as that day allows.',
            }),
          ),
          by: By,
        }),
        response: { 200: TouchWithMessage, ...failures },
      },
    },
    (request) =>
      inKeyCompany(duly, request, (tx, id) => {
        const { touchId } = request.params;
        const { by, ...wanted } = request.body;
        return after(tx, id, touchId, rescheduleTouch(tx, id, touchId, wanted, actor(by), duly.clock.now()));
      }),
  );
}

function messagesToSend(app: ApiApp, duly: Duly): void {
  app.post(
    '/touches/:touchId/send-now',
    {
      schema: {
        operationId: 'sendTouchNow',
        summary:
          'Release a message and let it go outside the company’s own hours; the law’s hours, gap and caps hold',
        tags,
        params: TouchParams,
        body: Input({ reason: Type.Optional(Words(300, OVERRIDE)), by: By }),
        response: { 200: TouchWithMessage, ...failures },
      },
    },
    (request) =>
      inKeyCompany(duly, request, (tx, id) => {
        const { touchId } = request.params;
        const { by, reason } = request.body;
        return after(tx, id, touchId, sendNow(tx, id, touchId, actor(by), duly.clock.now(), reason));
      }),
  );
  app.post(
    '/touches/:touchId/resend',
    {
      schema: {
        operationId: 'resendTouch',
        summary: 'Send the exact same message of a touch once more; answers with the new touch',
        tags,
        params: TouchParams,
        body: Input({
          email: Type.Optional(Words(254, 'A corrected address; absent: the same one.')),
          reason: Type.Optional(Words(300, OVERRIDE)),
          by: By,
        }),
        response: { 200: TouchWithMessage, ...failures },
      },
    },
    (request) =>
      inKeyCompany(duly, request, async (tx, id) => {
        const { by, ...wanted } = request.body;
        const now = duly.clock.now();
        const again = await resendTouch(tx, id, request.params.touchId, wanted, actor(by), now);
        return await readTouch(tx, id, again);
      }),
  );
}

function lettersToPrint(app: ApiApp, duly: Duly): void {
  app.post(
    '/touches/:touchId/print',
    {
      schema: {
        operationId: 'printTouch',
        summary: 'Read the books, and keep a letter’s page as it is now: from here on it may be in the post',
        tags,
        params: TouchParams,
        body: Input({ by: By }),
        response: { 200: TouchWithMessage, ...failures },
      },
    },
    async (request) => {
      const { companyId, touchId } = request.params;
      // the key's right to the company, before the ledger is asked anything
      await inKeyCompany(duly, request, (tx, id) => readTouch(tx, id, touchId));
      await printLetter(duly, companyId, touchId, actor(request.body.by));
      return await inKeyCompany(duly, request, (tx, id) => readTouch(tx, id, touchId));
    },
  );
  app.post(
    '/touches/:touchId/not-posted',
    {
      schema: {
        operationId: 'touchNotPosted',
        summary: 'Write down that a printed letter was not posted: it is printed or planned anew',
        tags,
        params: TouchParams,
        body: Input({ by: By }),
        response: { 200: TouchWithMessage, ...failures },
      },
    },
    (request) =>
      inKeyCompany(duly, request, (tx, id) => {
        const { touchId } = request.params;
        return after(tx, id, touchId, notPosted(tx, id, touchId, actor(request.body.by), duly.clock.now()));
      }),
  );
}

function tasksToDo(app: ApiApp, duly: Duly): void {
  app.post(
    '/touches/:touchId/done',
    {
      schema: {
        operationId: 'touchDone',
        summary: 'Write down that a call was made or a letter posted, and how it went; it can’t be undone',
        tags,
        params: TouchParams,
        body: Input({
          result: Type.Optional(Type.Enum([...callResults])),
          postedOn: Type.Optional(DayText),
          note: Type.Optional(Words(1_000, 'What was said.')),
          anyway: Type.Optional(
            Type.Boolean({
              description:
                'The call was made although it was not its time, or on a day with another contact (S1, S3); without it such a call is refused with 409.',
            }),
          ),
          by: By,
        }),
        response: { 200: TouchWithMessage, ...failures },
      },
    },
    (request) =>
      inKeyCompany(duly, request, (tx, id) => {
        const { touchId } = request.params;
        const { by, ...said } = request.body;
        return after(tx, id, touchId, taskDone(duly, tx, id, touchId, said, actor(by)));
      }),
  );
}
