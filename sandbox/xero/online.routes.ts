import type { FastifyInstance } from 'fastify';
import type { SandboxContext } from '../context.ts';
import { onlinePage } from '../pages/online.view.tsx';
import { guid } from './wire/ids.ts';
import { decimalText } from './wire/money.ts';

/** Where an invoice is shown online: as at in.xero.com, a name that can't be guessed; here on this machine. */
export function onlineUrlOf({ config }: SandboxContext, invoiceId: string): string {
  return `${config.publicUrl}/xero/online/${keyOf(invoiceId)}`;
}

function keyOf(invoiceId: string): string {
  return guid(`online:${invoiceId}`).replaceAll('-', '');
}

/** Where `OnlineInvoiceUrl` leads: the invoice as its receiver sees it online. */
export function onlineRoutes(app: FastifyInstance, { books }: SandboxContext): void {
  app.get<{ Params: { key: string } }>('/online/:key', async (request, reply) => {
    const [found = null] = books
      .companies()
      .filter((company) => company.vendor === 'xero')
      .flatMap((company) =>
        books
          .invoices(company.id)
          .filter((invoice) => invoice.status === 'open' && keyOf(invoice.id) === request.params.key)
          .map((invoice) => ({
            company: company.name,
            invoice,
            open: decimalText(books.balanceMinor(company.id, invoice.id), invoice.currency),
          })),
      );
    const { status, html } = onlinePage(found);
    return reply.code(status).type('text/html; charset=utf-8').send(html);
  });
}
