import type { FastifyInstance } from 'fastify';
import type { SandboxInvoice } from '../../books/model.ts';
import { tinyPdf } from '../../pdf.ts';
import { onlineUrlOf } from '../online.routes.ts';
import { changedSince } from '../query/since.ts';
import { viewOf, type XeroRuntime } from '../runtime.ts';
import type { XeroView } from '../view.ts';
import { envelope } from '../wire/envelope.ts';
import { guid } from '../wire/ids.ts';
import { type InvoiceDetail, type InvoiceFacts, invoice, invoiceStatus } from '../wire/invoice.ts';
import { decimalText } from '../wire/money.ts';
import { notFound, validation } from '../wire/problem.ts';
import { among, answerList, list, listingOf } from './listing.ts';
import { answer } from './reply.ts';
import { invoiceRow } from './rows.ts';
import { tenantOf } from './tenant.ts';

const READ = { config: { xeroScope: 'accounting.invoices.read' } };
type WithId = { Params: { id: string } };

/** `/Invoices`, one invoice as JSON, XML or PDF, and its online address. */
export function invoiceRoutes(app: FastifyInstance, runtime: XeroRuntime): void {
  const now = () => runtime.ctx.clock.now();

  app.get('/Invoices', READ, async (request, reply) => {
    const view = viewOf(runtime, tenantOf(request));
    const asked = listingOf(request, true);
    const { IDs, ContactIDs, InvoiceNumbers, Statuses } = asked.query;
    const [ids, contacts, numbers, statuses] = [IDs, ContactIDs, InvoiceNumbers, Statuses].map(among);
    const wanted = (row: SandboxInvoice, stamp: string) =>
      changedSince(stamp, asked.since) &&
      ids?.(guid(row.id)) &&
      contacts?.(guid(row.customerId)) &&
      numbers?.(row.number ?? '');
    const found = [
      ...view
        .invoices()
        .filter((row) => wanted(row, view.stampOf(row)))
        .map((row) => view.invoiceFacts(row)),
      ...view.bills().filter((bill) => wanted(bill.invoice, bill.stampedAt)),
    ].filter((facts) => statuses?.(invoiceStatus(facts)));
    const { rows, pagination } = list(found, asked, invoiceRow, 'InvoiceID');
    const detail: InvoiceDetail = asked.summary ? 'summary' : asked.paged ? 'full' : 'short';
    const wires = rows.map((facts) => invoice(facts, detail));
    return answerList(runtime, request, reply, asked, { name: 'Invoices', rows: wires, pagination });
  });

  app.get<WithId>('/Invoices/:id', READ, async (request, reply) => {
    const view = viewOf(runtime, tenantOf(request));
    const facts = findInvoice(view, request.params.id);
    if (!facts) throw notFound();
    if ((request.headers.accept ?? '').includes('application/pdf')) {
      return reply.type('application/pdf').send(pdfOf(view, facts));
    }
    return answer(request, reply, envelope('Invoices', [invoice(facts, 'full')], now()));
  });

  app.get<WithId>('/Invoices/:id/OnlineInvoice', READ, async (request, reply) => {
    const facts = findInvoice(viewOf(runtime, tenantOf(request)), request.params.id);
    if (!facts) throw notFound();
    const { id } = facts.invoice;
    // approved (AUTHORISED or PAID) sales invoices only
    if (facts.invoice.status !== 'open' || facts.type === 'ACCPAY') {
      throw validation({ InvoiceID: guid(id) }, 'Invoice is not of valid status for an online invoice.');
    }
    const OnlineInvoiceUrl = onlineUrlOf(runtime.ctx, id);
    return answer(request, reply, envelope('OnlineInvoices', [{ OnlineInvoiceUrl }], now()));
  });
}

/** By InvoiceID or by InvoiceNumber. */
function findInvoice(view: XeroView, name: string): InvoiceFacts | undefined {
  const wanted = name.toLowerCase();
  const row = view
    .invoices()
    .find((each) => each.id === wanted || guid(each.id) === wanted || each.number === name);
  return row === undefined
    ? view.bills().find(({ invoice: bill }) => bill.id === wanted || bill.number === name)
    : view.invoiceFacts(row);
}

function pdfOf(view: XeroView, facts: InvoiceFacts): Buffer {
  const { invoice: row } = facts;
  const money = (minor: number) => `${decimalText(minor, row.currency)} ${row.currency}`;
  return tinyPdf([
    view.company.legalName,
    `Invoice ${row.number ?? ''}`,
    `To: ${facts.customer.name}`,
    `Date: ${row.date}    Due: ${row.dueDate ?? '-'}`,
    '',
    ...row.lines.map((line) => `${line.description}    ${money(line.amountMinor)}`),
    '',
    `Total: ${money(row.totalMinor)}`,
    `Amount due: ${money(facts.dueMinor)}`,
  ]);
}
