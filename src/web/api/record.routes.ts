import { type FastifyPluginAsyncTypebox, Type } from '@fastify/type-provider-typebox';
import type { Duly } from '../../platform/context.ts';
import { inKeyCompany } from './caller.plugin.ts';
import { listActivities, listNotes, listProblems } from './record.store.ts';
import { CompanyParams, failures, Instant, LedgerId, orNull, PageOf, PageQuery, Uuid } from './schema.ts';

const NoteState = Type.Enum(['pending', 'written', 'failed', 'skipped']);

const NoteBody = Type.Object({
  touchId: Uuid,
  invoiceId: Type.String(),
  state: NoteState,
  marker: Type.String({ description: 'Stands in the text, and finds the note in the ledger.' }),
  text: Type.String(),
  attempts: Type.Integer(),
  nextAttemptAt: Instant,
  writtenAt: orNull(Instant),
  ledgerNoteId: orNull(Type.String()),
  seenInLedgerAt: orNull(Instant),
  differs: orNull(
    Type.Enum(['removed', 'changed', 'twice', 'missing'], {
      description: 'How the note in the ledger was found to differ from what was written.',
    }),
  ),
  failure: orNull(Type.String()),
});

const ActivityBody = Type.Object({
  activityId: Uuid,
  at: Instant,
  kind: Type.String(),
  actor: Type.String(),
  customerId: orNull(Type.String()),
  invoiceId: orNull(Type.String()),
  caseId: orNull(Type.String()),
  touchId: orNull(Type.String()),
  summary: Type.String(),
  data: Type.Unknown({ description: 'What belongs to this kind of activity.' }),
});

const ProblemBody = Type.Object({
  problemId: Uuid,
  kind: Type.String(),
  subject: Type.String({ description: 'What it is about: an invoice, customer or touch id.' }),
  customerId: orNull(Type.String()),
  what: Type.String({ description: 'What happened.' }),
  meaning: Type.String({ description: 'What it means for reminders.' }),
  action: Type.String({ description: 'What to do.' }),
  firstSeenAt: Instant,
  lastSeenAt: Instant,
  resolvedAt: orNull(Instant),
});

const tags = ['record'];

/** Notes in the ledger, everything that happened, and what needs a person. */
export function recordRoutes(duly: Duly): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.get(
      '/notes',
      {
        schema: {
          operationId: 'listNotes',
          summary: 'Notes written, or to be written, on the invoices in the ledger',
          tags,
          params: CompanyParams,
          querystring: PageQuery({
            state: Type.Optional(NoteState),
            touchId: Type.Optional(Uuid),
            invoiceId: Type.Optional(LedgerId),
          }),
          response: { 200: PageOf(NoteBody), ...failures },
        },
      },
      (request) => inKeyCompany(duly, request, (tx, id) => listNotes(tx, id, request.query)),
    );
    app.get(
      '/activities',
      {
        schema: {
          operationId: 'listActivities',
          summary: 'Everything that happened, oldest first; nothing in it ever changes',
          tags,
          params: CompanyParams,
          querystring: PageQuery({ customerId: Type.Optional(LedgerId) }),
          response: { 200: PageOf(ActivityBody), ...failures },
        },
      },
      (request) => inKeyCompany(duly, request, (tx, id) => listActivities(tx, id, request.query)),
    );
    app.get(
      '/problems',
      {
        schema: {
          operationId: 'listProblems',
          summary: 'What a person should look at',
          tags,
          params: CompanyParams,
          querystring: PageQuery({
            state: Type.Optional(
              Type.Enum(['open', 'resolved', 'all'], { description: 'open if not given.' }),
            ),
          }),
          response: { 200: PageOf(ProblemBody), ...failures },
        },
      },
      (request) => inKeyCompany(duly, request, (tx, id) => listProblems(tx, id, request.query)),
    );
  };
}
