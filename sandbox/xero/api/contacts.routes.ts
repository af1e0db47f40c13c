import type { FastifyInstance } from 'fastify';
import { changedSince } from '../query/since.ts';
import { viewOf, type XeroRuntime } from '../runtime.ts';
import { type ContactDetail, contact } from '../wire/contact.ts';
import { envelope } from '../wire/envelope.ts';
import { guid } from '../wire/ids.ts';
import { notFound } from '../wire/problem.ts';
import { among, answerList, list, listingOf } from './listing.ts';
import { answer } from './reply.ts';
import { contactRow } from './rows.ts';
import { tenantOf } from './tenant.ts';

const READ = { config: { xeroScope: 'accounting.contacts.read' } };

/** `/Contacts`: archived ones only with includeArchived, or by their own id. */
export function contactRoutes(app: FastifyInstance, runtime: XeroRuntime): void {
  const now = () => runtime.ctx.clock.now();

  app.get('/Contacts', READ, async (request, reply) => {
    const view = viewOf(runtime, tenantOf(request));
    const asked = listingOf(request, true);
    const ids = among(asked.query.IDs);
    const archived = asked.query.includeArchived?.toLowerCase() === 'true';
    const term = asked.query.searchTerm?.toLowerCase();
    const found = view
      .customers()
      .filter(
        (row) => (archived || row.active) && changedSince(row.updatedAt, asked.since) && ids(guid(row.id)),
      )
      .filter((row) => !term || `${row.name} ${row.email ?? ''}`.toLowerCase().includes(term));
    const { rows, pagination } = list(found, asked, contactRow, 'ContactID');
    const detail: ContactDetail = asked.summary ? 'summary' : asked.paged ? 'full' : 'list';
    const wires = rows.map((row) =>
      contact(row, detail, view.isCustomer(row), view.balance(row), view.isSupplier(row)),
    );
    return answerList(runtime, request, reply, asked, { name: 'Contacts', rows: wires, pagination });
  });

  app.get<{ Params: { id: string } }>('/Contacts/:id', READ, async (request, reply) => {
    const view = viewOf(runtime, tenantOf(request));
    const wanted = request.params.id.toLowerCase();
    const row = view.customers().find((each) => guid(each.id) === wanted);
    if (!row) throw notFound();
    const wire = contact(row, 'full', view.isCustomer(row), view.balance(row), view.isSupplier(row));
    return answer(request, reply, envelope('Contacts', [wire], now()));
  });
}
