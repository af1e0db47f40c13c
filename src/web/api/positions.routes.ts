import { type FastifyPluginAsyncTypebox, Type } from '@fastify/type-provider-typebox';
import type { FastifyReply } from 'fastify';
import { invoicePrint } from '../../books/papers.job.ts';
import type { Duly } from '../../platform/context.ts';
import { sendPrint } from '../send-print.ts';
import { type ApiApp, inKeyCompany } from './caller.plugin.ts';
import { listInvoices } from './invoices.store.ts';
import { listPositions } from './positions.store.ts';
import {
  CompanyParams,
  CurrencyCode,
  DayText,
  failures,
  HoldReasons,
  Instant,
  LedgerId,
  Money,
  orNull,
  PageOf,
  PageQuery,
  Reasons,
} from './schema.ts';
import { readTieOut } from './tie-out.store.ts';

const LineState = Type.Enum(['ask', 'not_due', 'held', 'left_out']);

const Line = Type.Object({
  invoiceId: Type.String(),
  customerId: Type.String({ description: 'Whose invoice it is; not always who is asked for it (R12).' }),
  number: orNull(Type.String()),
  issuedOn: DayText,
  dueOn: orNull(DayText),
  open: Money,
  total: Money,
  daysLate: Type.Integer({ description: '0 until the day after the due date.' }),
  state: LineState,
  reasons: Reasons,
  holds: HoldReasons,
});

const PositionBody = Type.Object({
  customerId: Type.String(),
  customerName: orNull(Type.String()),
  currency: CurrencyCode,
  open: Money,
  notDue: Money,
  pastDue: Money,
  ages: Type.Object(
    { from1To30Days: Money, from31To60Days: Money, from61To90Days: Money, over90Days: Money },
    { description: 'The past due by days late; adds up to pastDue.' },
  ),
  held: Money,
  credits: Money,
  creditsBehind: Type.Array(
    Type.Object({
      kind: Type.Enum(['credit_note', 'overpayment', 'prepayment', 'payment', 'negative_invoice']),
      id: Type.String({ description: 'The ledger’s id of the credit, payment or invoice.' }),
      amount: Money,
    }),
    { description: 'What the credits are made of (R4).' },
  ),
  ask: Type.Object(Money.properties, {
    description: 'What a reminder asks for: past due − held − credits, never below zero.',
  }),
  oldestDueOn: orNull(DayText),
  holds: HoldReasons,
  lines: Type.Array(Line),
  ledger: orNull(Money),
  tiesOut: Type.Boolean(),
  nextEventOn: orNull(DayText),
  computedOn: DayText,
  computedAt: Instant,
});

const InvoiceBody = Type.Object({
  invoiceId: Type.String(),
  number: orNull(Type.String()),
  customerId: Type.String(),
  issuedOn: DayText,
  dueOn: orNull(DayText),
  total: Money,
  open: Money,
  status: Type.Enum(['draft', 'open', 'closed', 'void', 'deleted'], { description: 'As the ledger says.' }),
  sent: Type.Enum(['yes', 'no', 'unknown']),
  reference: orNull(Type.String()),
  daysLate: orNull(Type.Integer()),
  state: orNull(LineState),
  why: Reasons,
  customerHolds: HoldReasons,
  chasedAt: orNull(Type.String({ description: 'The customer who is asked for it (R12).' })),
  onlineUrl: orNull(
    Type.String({
      description: 'Where its customer sees and pays it, as the ledger said; null: nowhere, or not asked.',
    }),
  ),
});

const TieOutBody = Type.Object({
  tiedOutAt: orNull(Instant),
  totals: Type.Array(
    Type.Object({
      currency: CurrencyCode,
      ours: Money,
      ledger: Money,
      difference: Money,
      differing: Type.Integer({ description: 'Customers whose figures differ; each of them is held.' }),
      notCompared: Type.Integer({
        description: 'Customers for whom the ledger gave no figure yet: in no sum.',
      }),
    }),
  ),
  items: Type.Array(
    Type.Object({
      customerId: Type.String(),
      customerName: orNull(Type.String()),
      ours: Money,
      ledger: orNull(
        Type.Object(Money.properties, {
          description:
            'As the ledger said when the sums were last compared; null: not compared since ours changed.',
        }),
      ),
      difference: orNull(Money),
      tiesOut: Type.Boolean({ description: 'false: this customer is held until both figures agree.' }),
      differsSince: orNull(Instant),
    }),
  ),
  next: orNull(Type.String()),
});

/** Bytes have no JSON schema. */
const PdfBody = Type.Unsafe<FastifyReply>({
  description: 'The PDF.',
  content: { 'application/pdf': { schema: { type: 'string', format: 'binary' } } },
});

const tags = ['positions'];

/** What is owed, the invoices behind it and why each is or is not asked for, and the tie-out (R15). */
export function positionRoutes(duly: Duly): FastifyPluginAsyncTypebox {
  return async (app) => {
    figures(app, duly);
    invoices(app, duly);
  };
}

/** Positions, and how they compare with the ledger. */
function figures(app: ApiApp, duly: Duly): void {
  app.get(
    '/positions',
    {
      schema: {
        operationId: 'listPositions',
        summary: 'What each customer owes per currency, with the invoices behind each figure',
        tags,
        params: CompanyParams,
        querystring: PageQuery({
          customerId: Type.Optional(LedgerId),
          pastDue: Type.Optional(Type.Boolean({ description: 'true: only with something past due.' })),
          attention: Type.Optional(
            Type.Boolean({
              description:
                'true: only those at whom a person should look; not who was put off until a later day (reviewOn).',
            }),
          ),
        }),
        response: { 200: PageOf(PositionBody), ...failures },
      },
    },
    (request) =>
      inKeyCompany(duly, request, (tx, id) => listPositions(tx, id, request.query, duly.clock.now())),
  );
  app.get(
    '/tie-out',
    {
      schema: {
        operationId: 'getTieOut',
        summary: 'Our sums beside the ledger’s own (R15)',
        description:
          'ours = open invoices − unapplied credits; difference = ours − ledger. Totals are over all customers.',
        tags,
        params: CompanyParams,
        querystring: PageQuery({
          differing: Type.Optional(
            Type.Boolean({ description: 'true: only customers whose figures differ.' }),
          ),
        }),
        response: { 200: TieOutBody, ...failures },
      },
    },
    (request) => inKeyCompany(duly, request, (tx, id) => readTieOut(tx, id, request.query)),
  );
}

/** Invoices and their place in the positions. */
function invoices(app: ApiApp, duly: Duly): void {
  app.get(
    '/invoices',
    {
      schema: {
        operationId: 'listInvoices',
        summary: 'Invoices of the books, with the state of each in its position and why',
        description:
          'state and why follow the position: ask, not_due, held or left_out; null when nothing is owed on it.',
        tags,
        params: CompanyParams,
        querystring: PageQuery({
          customerId: Type.Optional(LedgerId),
          invoiceId: Type.Optional(LedgerId),
          open: Type.Optional(Type.Boolean({ description: 'true: only with an open balance.' })),
        }),
        response: { 200: PageOf(InvoiceBody), ...failures },
      },
    },
    (request) =>
      inKeyCompany(duly, request, (tx, id) => listInvoices(tx, id, request.query, duly.clock.now())),
  );
  app.get(
    '/invoices/:invoiceId/pdf',
    {
      schema: {
        operationId: 'getInvoicePdf',
        summary: 'An invoice as the ledger prints it',
        description:
          'Kept by the invoice’s version: asking again for an unchanged invoice costs no read of the ledger.',
        tags,
        params: Type.Object({ ...CompanyParams.properties, invoiceId: LedgerId }),
        response: { 200: PdfBody, ...failures },
      },
    },
    async (request, reply) =>
      sendPrint(reply, await invoicePrint(duly, request.keyCompanyId, request.params.invoiceId)),
  );
}
