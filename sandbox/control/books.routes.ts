import type { FastifyInstance } from 'fastify';
import type { SandboxCredit, SandboxCustomer, SandboxInvoice, SandboxPayment } from '../books/model.ts';
import type { SandboxContext } from '../context.ts';
import {
  type ApplyTo,
  type CompanyParams,
  creditOf,
  customerOf,
  invoiceOf,
  paymentOf,
  type RowParams,
  withoutNulls,
} from './bodies.ts';
import { type Change, carryOut } from './changes.ts';

/** The rows of one company. Answers carry what the arithmetic says besides what is stored. */
export function booksRoutes(app: FastifyInstance, context: SandboxContext): void {
  customerRoutes(app, context);
  invoiceRoutes(app, context);
  moneyRoutes(app, context);
  changesRoute(app, context);
}

/** Many changes in one call, in their order: all or none. */
function changesRoute(app: FastifyInstance, { books, clock, store }: SandboxContext): void {
  app.post<CompanyParams & { Body: Change[] }>('/control/companies/:id/changes', async ({ params, body }) => {
    const now = clock.now().toISOString();
    store.transaction(() => {
      for (const change of body) carryOut(books, params.id, change, now);
    });
    return { done: body.length };
  });
}

function customerRoutes(app: FastifyInstance, { books }: SandboxContext): void {
  const base = '/control/companies/:id/customers';
  const shown = (companyId: string, row: SandboxCustomer) => ({
    ...row,
    balanceMinor: books.customerBalanceMinor(companyId, row.id),
  });
  app.get<CompanyParams>(base, async ({ params }) =>
    books.customers(params.id).map((row) => shown(params.id, row)),
  );
  app.get<RowParams>(`${base}/:rowId`, async ({ params }) =>
    shown(params.id, books.customer(params.id, params.rowId)),
  );
  app.post<CompanyParams & { Body: Partial<SandboxCustomer> }>(base, async ({ params, body }, reply) => {
    const row = books.addCustomer(params.id, customerOf(books, params.id, body));
    return reply.code(201).send(shown(params.id, row));
  });
  app.patch<RowParams & { Body: Partial<SandboxCustomer> }>(`${base}/:rowId`, async ({ params, body }) =>
    shown(params.id, books.updateCustomer(params.id, params.rowId, withoutNulls(body))),
  );
  app.post<RowParams & { Body: { into: string } }>(`${base}/:rowId/merge`, async ({ params, body }) => {
    books.mergeCustomer(params.id, params.rowId, body.into);
    return shown(params.id, books.customer(params.id, params.rowId));
  });
}

function invoiceRoutes(app: FastifyInstance, { books, clock, store }: SandboxContext): void {
  const base = '/control/companies/:id/invoices';
  const shown = (companyId: string, row: SandboxInvoice) => ({
    ...row,
    balanceMinor: books.balanceMinor(companyId, row.id),
  });
  const again = ({ id, rowId }: RowParams['Params']) => shown(id, books.invoice(id, rowId));
  app.get<CompanyParams>(base, async ({ params }) =>
    books.invoices(params.id).map((row) => shown(params.id, row)),
  );
  app.get<RowParams>(`${base}/:rowId`, async ({ params }) => again(params));
  type Given = Partial<SandboxInvoice>;
  app.post<CompanyParams & { Body: Given | Given[] }>(base, async ({ params, body }, reply) => {
    const now = clock.now().toISOString();
    const add = (given: Given) => books.addInvoice(params.id, invoiceOf(books, params.id, given, now));
    // a list is one change: thousands at once are made in a second
    const rows = store.transaction(() => (Array.isArray(body) ? body : [body]).map(add));
    const all = rows.map((row) => shown(params.id, row));
    return reply.code(201).send(Array.isArray(body) ? all : all[0]);
  });
  app.patch<RowParams & { Body: Partial<SandboxInvoice> }>(`${base}/:rowId`, async ({ params, body }) =>
    shown(params.id, books.updateInvoice(params.id, params.rowId, withoutNulls(body))),
  );
  const acts = { void: books.voidInvoice, delete: books.deleteInvoice, email: books.emailInvoice };
  for (const [verb, act] of Object.entries(acts)) {
    app.post<RowParams>(`${base}/:rowId/${verb}`, async ({ params }) => {
      act(params.id, params.rowId);
      return again(params);
    });
  }
  noteRoutes(app, books);
}

/** Notes on invoices: those of apps, and what a person writes, rewrites and deletes beside them. */
function noteRoutes(app: FastifyInstance, books: SandboxContext['books']): void {
  const onInvoice = '/control/companies/:id/invoices/:rowId/notes';
  const one = '/control/companies/:id/notes/:rowId';
  app.get<RowParams>(onInvoice, async ({ params }) => books.notes(params.id, params.rowId));
  app.get<CompanyParams>('/control/companies/:id/notes', async ({ params }) => books.notes(params.id));
  app.post<RowParams & { Body: { text: string; author?: string } }>(
    onInvoice,
    async ({ params, body }, reply) =>
      reply
        .code(201)
        .send(books.addNote(params.id, params.rowId, 'app', body.text, body.author ?? 'Ada Clerk')),
  );
  app.patch<RowParams & { Body: { text: string } }>(one, async ({ params, body }) =>
    books.updateNote(params.id, params.rowId, body.text),
  );
  app.delete<RowParams>(one, async ({ params }, reply) => {
    books.removeNote(params.id, params.rowId);
    return reply.code(204).send();
  });
}

function moneyRoutes(app: FastifyInstance, { books }: SandboxContext): void {
  const company = '/control/companies/:id';
  const payment = (id: string, row: SandboxPayment) => ({
    ...row,
    unallocatedMinor: books.unallocatedMinor(id, 'payment', row.id),
    allocations: books.allocationsFrom(id, 'payment', row.id),
  });
  const credit = (id: string, row: SandboxCredit) => ({
    ...row,
    unallocatedMinor: books.unallocatedMinor(id, 'credit', row.id),
    allocations: books.allocationsFrom(id, 'credit', row.id),
  });
  app.get<CompanyParams>(`${company}/payments`, async ({ params: { id } }) =>
    books.payments(id).map((row) => payment(id, row)),
  );
  app.post<CompanyParams & { Body: Partial<SandboxPayment> & { applyTo?: ApplyTo[] } }>(
    `${company}/payments`,
    async ({ params: { id }, body }, reply) => {
      const { row, applyTo } = paymentOf(books, id, body);
      return reply.code(201).send(payment(id, books.addPayment(id, row, applyTo)));
    },
  );
  for (const [verb, act] of Object.entries({ void: books.voidPayment, delete: books.deletePayment })) {
    app.post<RowParams>(`${company}/payments/:rowId/${verb}`, async ({ params: { id, rowId } }) => {
      act(id, rowId);
      return payment(id, books.payment(id, rowId));
    });
  }
  app.get<CompanyParams>(`${company}/credits`, async ({ params: { id } }) =>
    books.credits(id).map((row) => credit(id, row)),
  );
  app.post<CompanyParams & { Body: Partial<SandboxCredit> }>(`${company}/credits`, async (request, reply) => {
    const { id } = request.params;
    return reply.code(201).send(credit(id, books.addCredit(id, creditOf(books, id, request.body))));
  });
  for (const [verb, act] of Object.entries({ void: books.voidCredit, delete: books.deleteCredit })) {
    app.post<RowParams>(`${company}/credits/:rowId/${verb}`, async ({ params: { id, rowId } }) => {
      act(id, rowId);
      return credit(id, books.credit(id, rowId));
    });
  }
  app.get<CompanyParams>(`${company}/allocations`, async ({ params }) => books.allocations(params.id));
  app.post<CompanyParams & { Body: Omit<Parameters<typeof books.allocate>[1], 'date'> & { date?: string } }>(
    `${company}/allocations`,
    async ({ params: { id }, body }, reply) =>
      reply.code(201).send(books.allocate(id, { date: books.today(id), ...body })),
  );
  app.delete<RowParams>(`${company}/allocations/:rowId`, async ({ params: { id, rowId } }, reply) => {
    books.removeAllocation(id, rowId);
    return reply.code(204).send();
  });
}
