import { randomInt, randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { agedReceivables } from '../books/ageing.ts';
import { bookTruth } from '../books/book.ts';
import { BooksError, type SandboxCompany } from '../books/model.ts';
import type { SandboxContext } from '../context.ts';
import { type CompanyParams, withoutNulls } from './bodies.ts';

/** Companies as a whole: list, make, change, ageing, and the truth of a loaded book. */
export function companyRoutes(app: FastifyInstance, { books }: SandboxContext): void {
  app.get('/control/companies', async () =>
    books.companies().map((company) => ({ ...company, today: books.today(company.id) })),
  );
  app.get<CompanyParams>('/control/companies/:id', async (request) => books.company(request.params.id));
  app.post<{ Body: Partial<SandboxCompany> }>('/control/companies', async (request, reply) => {
    const company = newCompany(request.body ?? {});
    books.addCompany(company);
    return reply.code(201).send(books.company(company.id));
  });
  app.patch<CompanyParams & { Body: Partial<SandboxCompany> }>('/control/companies/:id', async (request) => {
    books.updateCompany(request.params.id, withoutNulls(request.body));
    return books.company(request.params.id);
  });
  app.get<CompanyParams>('/control/companies/:id/book', async (request) =>
    bookTruth(books, request.params.id),
  );
  app.get<CompanyParams>('/control/companies/:id/aged-receivables', async (request) =>
    agedReceivables(books, request.params.id),
  );
}

function newCompany(given: Partial<SandboxCompany>): SandboxCompany {
  const { vendor } = given;
  if (vendor !== 'intuit' && vendor !== 'xero')
    throw new BooksError('invalid', 'vendor must be intuit or xero');
  const country = given.country ?? (vendor === 'intuit' ? 'US' : 'GB');
  const name = given.name ?? 'New Company';
  return {
    id: vendor === 'intuit' ? `934146${randomInt(1e9, 1e10)}` : randomUUID(),
    name,
    legalName: name,
    email: 'accounts@new-company.example',
    phone: '555 0100',
    country,
    timeZone: vendor === 'intuit' ? 'America/New_York' : 'Europe/London',
    baseCurrency: vendor === 'intuit' ? 'USD' : 'GBP',
    address: { line1: '1 Main Street', city: 'Springfield', region: '', postalCode: '10001', country },
    remindersOn: false,
    suspended: false,
    ...given,
    vendor,
  };
}
