import type { FastifyPluginAsync } from 'fastify';
import { invoicePrint } from '../../../books/papers.job.ts';
import type { Duly } from '../../../platform/context.ts';
import { requireCompany } from '../../company.plugin.ts';
import { sendPrint } from '../../send-print.ts';

/** An invoice as the ledger prints it; the first look at a version of it costs a read. */
export function invoiceRoutes(duly: Duly): FastifyPluginAsync {
  return async (app) => {
    app.get('/companies/:companyId/invoices/:invoiceId/pdf', async (request, reply) => {
      const { company } = await requireCompany(request, 'see');
      const { invoiceId } = request.params as { invoiceId: string };
      return sendPrint(reply, await invoicePrint(duly, company.company_id, invoiceId));
    });
  };
}
