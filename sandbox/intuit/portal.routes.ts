import type { FastifyInstance } from 'fastify';
import { decimalsOf } from '../books/decimals.ts';
import type { SandboxContext } from '../context.ts';
import { onlinePage } from '../pages/online.view.tsx';
import { BookView } from './book-view.ts';
import { amount } from './wire/amounts.ts';

type Params = { realmId: string; id: string };

/** Where `InvoiceLink` leads: the invoice as its receiver sees it online. */
export function portalRoutes(app: FastifyInstance, ctx: SandboxContext): void {
  app.get<{ Params: Params }>('/portal/:realmId/:id', async (request, reply) => {
    const { realmId, id } = request.params;
    const company = ctx.books.companies().find((one) => one.id === realmId && one.vendor === 'intuit');
    const invoice = company && ctx.books.invoices(realmId).find((one) => one.id === id);
    const online = company !== undefined && invoice?.status === 'open';
    const open = (): string =>
      invoice === undefined
        ? ''
        : amount(new BookView(ctx, realmId).balanceMinor(invoice), invoice.currency).toFixed(
            decimalsOf(invoice.currency),
          );
    const { status, html } = onlinePage(online ? { company: company.name, invoice, open: open() } : null);
    return reply.code(status).type('text/html; charset=utf-8').send(html);
  });
}
