import type { FastifyInstance } from 'fastify';
import type { SandboxInvoice } from '../../books/model.ts';
import { tinyPdf } from '../../pdf.ts';
import { changedSince } from '../query/since.ts';
import { viewOf, type XeroRuntime } from '../runtime.ts';
import type { XeroView } from '../view.ts';
import { envelope } from '../wire/envelope.ts';
import { guid } from '../wire/ids.ts';
import { type InvoiceDetail, invoice, invoiceStatus } from '../wire/invoice.ts';
import { decimalText } from '../wire/money.ts';
import { notFound, validation } from '../wire/problem.ts';
import { among, list, listingOf } from './listing.ts';
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
    const found = view
      .invoices()
      .filter((row) => changedSince(view.stampOf(row), asked.since) && ids?.(guid(row.id)))
      .filter((row) => contacts?.(guid(row.customerId)) && numbers?.(row.number ?? ''))
      .map((row) => view.invoiceFacts(row))
      .filter((facts) => statuses?.(invoiceStatus(facts)));
    const { rows, pagination } = list(found, asked, invoiceRow, 'InvoiceID');
    const detail: InvoiceDetail = asked.summary ? 'summary' : asked.paged ? 'full' : 'short';
    const wires = rows.map((facts) => invoice(facts, detail));
    return answer(request, reply, envelope('Invoices', wires, now(), pagination));
  });

  app.get<WithId>('/Invoices/:id', READ, async (request, reply) => {
    const view = viewOf(runtime, tenantOf(request));
    const row = findInvoice(view, request.params.id);
    if (!row) throw notFound();
    if ((request.headers.accept ?? '').includes('application/pdf')) {
      return reply.type('application/pdf').send(pdfOf(view, row));
    }
    return answer(request, reply, envelope('Invoices', [invoice(view.invoiceFacts(row), 'full')], now()));
  });

  app.get<WithId>('/Invoices/:id/OnlineInvoice', READ, async (request, reply) => {
    const view = viewOf(runtime, tenantOf(request));
    const row = findInvoice(view, request.params.id);
    if (!row) throw notFound();
    if (row.status !== 'open') {
      throw validation({ InvoiceID: guid(row.id) }, 'Invoice is not of valid status for an online invoice.');
    }
    const OnlineInvoiceUrl = `https://in.xero.com/${guid(`online:${row.id}`).replaceAll('-', '')}`;
    return answer(request, reply, envelope('OnlineInvoices', [{ OnlineInvoiceUrl }], now()));
  });
}

/** By InvoiceID or by InvoiceNumber. */
function findInvoice(view: XeroView, name: string): SandboxInvoice | undefined {
  const wanted = name.toLowerCase();
  return view.invoices().find((row) => row.id === wanted || guid(row.id) === wanted || row.number === name);
}

function pdfOf(view: XeroView, row: SandboxInvoice): Buffer {
  const facts = view.invoiceFacts(row);
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
