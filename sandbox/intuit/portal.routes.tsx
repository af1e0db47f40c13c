import type { FastifyInstance } from 'fastify';
import type { SandboxContext } from '../context.ts';
import { page } from '../pages/layout.tsx';
import { BookView } from './book-view.ts';
import { amount, decimalsOf } from './wire/amounts.ts';

type Params = { realmId: string; id: string };

/** Where `InvoiceLink` leads: the invoice as its receiver sees it online. */
export function portalRoutes(app: FastifyInstance, ctx: SandboxContext): void {
  app.get<{ Params: Params }>('/portal/:realmId/:id', async (request, reply) => {
    const { realmId, id } = request.params;
    const company = ctx.books.companies().find((one) => one.id === realmId && one.vendor === 'intuit');
    const invoice = company && ctx.books.invoices(realmId).find((one) => one.id === id);
    reply.type('text/html; charset=utf-8');
    if (company === undefined || invoice === undefined || invoice.status !== 'open') {
      return reply.code(404).send(page('Invoice', <p>This invoice is no longer online.</p>, { bare: true }));
    }
    const view = new BookView(ctx, realmId);
    const open = amount(view.balanceMinor(invoice), invoice.currency).toFixed(decimalsOf(invoice.currency));
    const body = (
      <section class="card">
        <p class="quiet">{company.name}</p>
        <h1>Invoice {invoice.number ?? invoice.id}</h1>
        <p class="figure">
          {open} {invoice.currency}
        </p>
        <p>
          Open balance. Dated {invoice.date}
          {invoice.dueDate === undefined ? '' : `, due ${invoice.dueDate}`}.
        </p>
      </section>
    );
    return reply.send(page(`Invoice ${invoice.number ?? ''}`, body, { bare: true }));
  });
}
