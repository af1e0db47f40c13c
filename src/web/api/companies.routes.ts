import { type FastifyPluginAsyncTypebox, Type } from '@fastify/type-provider-typebox';
import { setBccEmail } from '../../companies/bcc.store.ts';
import {
  attestAllBusinesses,
  setMode,
  setTimeZone,
  stateInvoicesSentElsewhere,
  takeBackAllBusinesses,
} from '../../companies/company.store.ts';
import { getConnection } from '../../companies/connection.store.ts';
import { requireSendable } from '../../messages/sendable.store.ts';
import type { Duly } from '../../platform/context.ts';
import type { Tx } from '../../platform/db.ts';
import { UserError } from '../../platform/errors.ts';
import { addJob } from '../../platform/jobs.ts';
import { type ApiApp, actor, inKeyCompany } from './caller.plugin.ts';
import { readCompany } from './companies.store.ts';
import {
  By,
  CompanyParams,
  CurrencyCode,
  DayText,
  failures,
  Input,
  Instant,
  orNull,
  Words,
} from './schema.ts';

const Mode = Type.Enum(['preview', 'approve', 'autopilot'], {
  description:
    'preview: nothing leaves; approve: a person releases each batch; autopilot: reminders leave by themselves.',
});
const Attested = orNull(Type.Object({ by: Type.String(), at: Instant }));

const CompanyBody = Type.Object({
  companyId: Type.String(),
  name: Type.String(),
  legalName: Type.String(),
  country: Type.String({ description: 'ISO 3166-1 alpha-2.' }),
  region: orNull(Type.String()),
  timeZone: Type.String({ description: 'IANA name: "today" is a day in this zone.' }),
  baseCurrency: CurrencyCode,
  mode: Mode,
  attestations: Type.Object({
    allBusinesses: Attested,
    invoicesSentElsewhere: Attested,
  }),
  firstBatchReleasedAt: orNull(Instant),
  connection: orNull(
    Type.Object({
      provider: Type.String(),
      state: Type.Enum(['healthy', 'reconnect_needed', 'disconnected']),
      since: Instant,
      problem: orNull(Type.String()),
    }),
  ),
  books: Type.Object({
    state: Type.Enum(['never', 'running', 'ready', 'failed']),
    stage: orNull(Type.String()),
    rows: Type.Integer(),
    rowsTotal: orNull(Type.Integer()),
    problem: orNull(Type.String()),
    readAt: orNull(Instant),
    tiedOutAt: orNull(Instant),
    lockedUntil: orNull(DayText),
    ledgerRemindersOn: orNull(Type.Boolean({ description: 'R14; null: the ledger does not say.' })),
  }),
});

const Changes = Input({
  mode: Type.Optional(Mode),
  timeZone: Type.Optional(Words(60, 'IANA name.')),
  allBusinesses: Type.Optional(
    Type.Boolean({
      description:
        '`by` states that all customers of this company are businesses; false: `by` takes that back, and a customer of unknown type counts as a consumer again.',
    }),
  ),
  invoicesSentElsewhere: Type.Optional(
    Type.Literal(true, { description: '`by` states that invoices are sent outside the ledger (R13).' }),
  ),
  bccEmail: Type.Optional(orNull(Words(254, 'Where a copy of every message goes (CON-05); null: nowhere.'))),
  by: By,
});
type Changes = Type.Static<typeof Changes>;

const tags = ['companies'];

/** The key's company: what it is, its mode, what was stated about it, and "read the books now". */
export function companyRoutes(duly: Duly): FastifyPluginAsyncTypebox {
  return async (app) => {
    companyToRead(app, duly);
    companyToChange(app, duly);
  };
}

/** The company as it stands. */
function companyToRead(app: ApiApp, duly: Duly): void {
  app.get(
    '/companies',
    {
      schema: {
        operationId: 'listCompanies',
        summary: 'The company that this key opens',
        tags,
        response: { 200: Type.Object({ items: Type.Array(CompanyBody) }), ...failures },
      },
    },
    async (request) => ({ items: [await inKeyCompany(duly, request, readCompany)] }),
  );
  app.get(
    '/companies/:companyId',
    {
      schema: {
        operationId: 'getCompany',
        summary: 'One company',
        tags,
        params: CompanyParams,
        response: { 200: CompanyBody, ...failures },
      },
    },
    (request) => inKeyCompany(duly, request, readCompany),
  );
}

/** What a person may set or have done. */
function companyToChange(app: ApiApp, duly: Duly): void {
  app.patch(
    '/companies/:companyId',
    {
      schema: {
        operationId: 'changeCompany',
        summary: 'Set the mode or the time zone, or state something about the company',
        tags,
        params: CompanyParams,
        body: Changes,
        response: { 200: CompanyBody, ...failures },
      },
    },
    (request) =>
      inKeyCompany(duly, request, async (tx, companyId) => {
        await change(tx, companyId, request.body, duly.clock.now());
        return await readCompany(tx, companyId);
      }),
  );
  app.post(
    '/companies/:companyId/read',
    {
      schema: {
        operationId: 'readBooks',
        summary: 'Read the books now, whenever they were read last',
        tags,
        params: CompanyParams,
        response: { 202: Type.Object({ queued: Type.Literal(true) }), ...failures },
      },
    },
    async (request, reply) => {
      await inKeyCompany(duly, request, readNow);
      return reply.code(202).send({ queued: true });
    },
  );
}

async function change(tx: Tx, companyId: string, changes: Changes, now: Date): Promise<void> {
  const { mode, timeZone, allBusinesses, invoicesSentElsewhere, bccEmail } = changes;
  const stated = allBusinesses !== undefined || invoicesSentElsewhere === true;
  if (stated && (changes.by ?? '').trim() === '')
    throw new UserError('bad_input', 'A statement needs the name of who makes it.', 'Send `by` as well.');
  if (!stated && mode === undefined && timeZone === undefined && bccEmail === undefined)
    throw new UserError(
      'bad_input',
      'There is nothing to change.',
      'Send a mode, a time zone or a statement.',
    );
  const by = actor(changes.by);
  if (mode !== undefined && mode !== 'preview') await requireSendable(tx, companyId);
  if (mode !== undefined) await setMode(tx, companyId, mode, by, now);
  if (timeZone !== undefined) await setTimeZone(tx, companyId, timeZone, by, now);
  if (bccEmail !== undefined) await setBccEmail(tx, companyId, bccEmail, by, now);
  if (allBusinesses === true) await attestAllBusinesses(tx, companyId, by, now);
  if (allBusinesses === false) await takeBackAllBusinesses(tx, companyId, by, now);
  if (invoicesSentElsewhere === true) await stateInvoicesSentElsewhere(tx, companyId, by, now);
}

async function readNow(tx: Tx, companyId: string): Promise<void> {
  const connection = await getConnection(tx, companyId);
  if (connection?.state !== 'healthy')
    throw new UserError(
      'conflict',
      'The books can’t be read: the company is not connected to its ledger.',
      'Connect it again.',
    );
  await addJob(tx, 'sync', { companyId, read: true, purpose: 'person' });
}
