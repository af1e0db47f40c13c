import type { FastifyInstance } from 'fastify';
import { viewOf, type XeroRuntime } from '../runtime.ts';
import { envelope } from '../wire/envelope.ts';
import { guid } from '../wire/ids.ts';
import { toBaseMinor } from '../wire/money.ts';
import { actions, organisation } from '../wire/organisation.ts';
import { notFound, validation } from '../wire/problem.ts';
import { agedReceivables } from '../wire/report.ts';
import { answer } from './reply.ts';
import { tenantOf } from './tenant.ts';

const SETTINGS = { config: { xeroScope: 'accounting.settings.read' } };
const AGED = { config: { xeroScope: 'accounting.reports.aged.read' } };
/** When the stand-in's organisations were made: before anything in their books. */
const FOUNDED = '2012-01-01T00:00:00.000Z';

/** `/Organisation`, its actions, the built-in reminders, and the ageing report of one contact. */
export function organisationRoutes(app: FastifyInstance, runtime: XeroRuntime): void {
  const now = () => runtime.ctx.clock.now();

  app.get('/Organisation', SETTINGS, async (request, reply) => {
    const { company } = viewOf(runtime, tenantOf(request));
    return answer(request, reply, envelope('Organisations', [organisation(company, FOUNDED)], now()));
  });

  app.get('/Organisation/Actions', SETTINGS, async (request, reply) =>
    answer(request, reply, envelope('Actions', actions(), now())),
  );

  app.get('/InvoiceReminders/Settings', SETTINGS, async (request, reply) => {
    const { company } = viewOf(runtime, tenantOf(request));
    return answer(request, reply, envelope('InvoiceReminders', [{ Enabled: company.remindersOn }], now()));
  });

  app.get<{ Querystring: { contactId?: string; contactID?: string; date?: string } }>(
    '/Reports/AgedReceivablesByContact',
    AGED,
    async (request, reply) => {
      const view = viewOf(runtime, tenantOf(request));
      const wanted = (request.query.contactId ?? request.query.contactID)?.toLowerCase();
      if (!wanted) throw validation({}, 'The contactID parameter is required.');
      const customer = view.customers().find((each) => guid(each.id) === wanted);
      if (!customer) throw notFound();
      const base = view.company.baseCurrency;
      const lines = view
        .invoices()
        .filter((row) => row.customerId === customer.id && row.status === 'open')
        .map((row) => view.invoiceFacts(row))
        .filter((facts) => facts.dueMinor !== 0)
        .map(({ invoice: row, paidMinor, creditedMinor, dueMinor }) => {
          const inBase = (minor: number) => toBaseMinor(minor, row.currency, base);
          return {
            invoiceId: row.id,
            number: row.number ?? '',
            date: row.date,
            dueDate: row.dueDate ?? '',
            totalMinor: inBase(row.totalMinor),
            paidMinor: inBase(paidMinor),
            creditedMinor: inBase(creditedMinor),
            dueMinor: inBase(dueMinor),
          };
        });
      const asOf = request.query.date ?? runtime.ctx.books.today(view.companyId);
      const report = agedReceivables(customer.name, lines, asOf, base, now());
      return answer(request, reply, envelope('Reports', [report], now()));
    },
  );
}
