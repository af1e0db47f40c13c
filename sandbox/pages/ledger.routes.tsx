import type { FastifyInstance } from 'fastify';
import { BooksError } from '../books/model.ts';
import type { SandboxContext } from '../context.ts';
import { CustomersPage } from './customers.view.tsx';
import { amount, typedAmount } from './format.ts';
import { act, type Told } from './forms.tsx';
import { InvoicePage } from './invoice.view.tsx';
import { page } from './layout.tsx';
import { Ledger, type Show } from './ledger.view.tsx';

interface Company {
  Params: { id: string };
  Querystring: Told & { show?: string };
}
interface Invoice {
  Params: { id: string; invoiceId: string };
  Querystring: Told;
  Body: { amount?: string; unapplied?: string };
}

/** The pages of one ledger, and what a person does on them. */
export function ledgerRoutes(app: FastifyInstance, context: SandboxContext): void {
  const { books, vendors } = context;
  app.get<Company>('/ledger/:id', async ({ params, query }, reply) => {
    const company = books.company(params.id);
    const show: Show = query.show === 'all' || query.show === 'past-due' ? query.show : 'open';
    return reply
      .type('text/html; charset=utf-8')
      .send(page(company.name, <Ledger books={books} company={company} show={show} told={query} />));
  });
  app.get<Company>('/ledger/:id/customers', async ({ params, query }, reply) => {
    const company = books.company(params.id);
    return reply
      .type('text/html; charset=utf-8')
      .send(page('Customers', <CustomersPage {...{ books, company }} told={query} />));
  });
  app.post<{ Params: { id: string; customerId: string }; Body: { email?: string } }>(
    '/ledger/:id/customers/:customerId',
    async ({ params, body }, reply) =>
      act(reply, `/ledger/${params.id}/customers`, () => {
        // an emptied field takes the address away
        const change = { email: body.email?.trim() || undefined } as { email: string };
        return `Saved the address of ${books.updateCustomer(params.id, params.customerId, change).name}.`;
      }),
  );
  app.post<Company>('/ledger/:id/disconnect', async ({ params }, reply) =>
    act(reply, `/ledger/${params.id}`, async () => {
      await vendors.disconnect(books.company(params.id).vendor, params.id);
      return 'Duly is disconnected. It finds out at its next call.';
    }),
  );
  invoiceRoutes(app, context);
}

function invoiceRoutes(app: FastifyInstance, { books }: SandboxContext): void {
  const path = '/ledger/:id/invoices/:invoiceId';
  const back = (params: Invoice['Params']) => `/ledger/${params.id}/invoices/${params.invoiceId}`;
  app.get<Invoice>(path, async ({ params, query }, reply) => {
    const company = books.company(params.id);
    const invoice = books.invoice(params.id, params.invoiceId);
    const title = `Invoice ${invoice.number ?? ''}`;
    return reply
      .type('text/html; charset=utf-8')
      .send(page(title, <InvoicePage {...{ books, company, invoice }} told={query} />));
  });
  const typed = ({ params, body }: { params: Invoice['Params']; body: Invoice['Body'] }) => {
    const invoice = books.invoice(params.id, params.invoiceId);
    const minor = typedAmount(body.amount ?? '', invoice.currency);
    if (minor === undefined)
      throw new BooksError('invalid', `"${body.amount}" is not an amount in ${invoice.currency}.`);
    const { customerId, currency } = invoice;
    const money = {
      customerId,
      currency,
      date: books.today(params.id),
      totalMinor: minor,
      status: 'open',
    } as const;
    const applied = Math.min(minor, books.balanceMinor(params.id, invoice.id));
    return { money, applied, words: `${amount(minor, currency)} ${currency}`, invoiceId: invoice.id };
  };
  app.post<Invoice>(`${path}/pay`, async (request, reply) =>
    act(reply, back(request.params), () => {
      const { money, applied, words, invoiceId } = typed(request);
      books.addPayment(request.params.id, money, [{ invoiceId, amountMinor: applied }]);
      return `Recorded a payment of ${words}.`;
    }),
  );
  app.post<Invoice>(`${path}/credit`, async (request, reply) =>
    act(reply, back(request.params), () => {
      const { money, applied, words, invoiceId } = typed(request);
      const credit = books.addCredit(request.params.id, { ...money, kind: 'credit_note' });
      if (request.body.unapplied) return `Gave a credit of ${words}; it is not applied yet.`;
      const part = { sourceKind: 'credit', sourceId: credit.id, invoiceId, amountMinor: applied } as const;
      books.allocate(request.params.id, { ...part, date: money.date });
      return `Gave a credit of ${words}.`;
    }),
  );
  app.post<Invoice>(`${path}/email`, async ({ params }, reply) =>
    act(reply, back(params), () => {
      books.emailInvoice(params.id, params.invoiceId);
      return 'Marked as sent.';
    }),
  );
  app.post<Invoice>(`${path}/void`, async ({ params }, reply) =>
    act(reply, back(params), () => {
      books.voidInvoice(params.id, params.invoiceId);
      return 'The invoice is void. What was paid on it is unapplied now.';
    }),
  );
  app.post<{ Params: Invoice['Params'] & { paymentId: string } }>(
    `${path}/payments/:paymentId/delete`,
    async ({ params }, reply) =>
      act(reply, back(params), () => {
        books.deletePayment(params.id, params.paymentId);
        return 'The payment is deleted; the balances it covered are back.';
      }),
  );
  app.post<{ Params: Invoice['Params'] & { allocationId: string } }>(
    `${path}/allocations/:allocationId/remove`,
    async ({ params }, reply) =>
      act(reply, back(params), () => {
        books.removeAllocation(params.id, params.allocationId);
        return 'The credit is off the invoice and unapplied again.';
      }),
  );
}
