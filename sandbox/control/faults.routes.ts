import type { FastifyInstance } from 'fastify';
import { BooksError } from '../books/model.ts';
import type { SandboxContext } from '../context.ts';
import { type FaultVendor, isAct } from '../fault-kinds.ts';
import type { FaultOrder } from '../faults.ts';

const VENDORS: readonly FaultVendor[] = ['intuit', 'xero', 'postmark'];

/** Orders for things that go wrong; kinds like `expire_tokens` are done at once. All of it ends with the process. */
export function faultRoutes(app: FastifyInstance, context: SandboxContext): void {
  const { faults } = context;
  app.get('/control/faults', async () => faults.list());
  app.post<{ Body: FaultOrder }>('/control/faults', async (request) => {
    const { vendor, kind, companyId } = request.body;
    if (!VENDORS.includes(vendor) || !kind) {
      throw new BooksError('invalid', 'A fault needs a vendor (intuit, xero or postmark) and a kind');
    }
    if (!isAct(kind)) return { id: faults.order(request.body) };
    return await act(context, vendor, kind, companyId);
  });
  app.delete('/control/faults', async (_request, reply) => {
    faults.clear();
    return reply.code(204).send();
  });
  app.delete<{ Params: { id: string } }>('/control/faults/:id', async (request, reply) => {
    if (!faults.withdraw(request.params.id)) throw new BooksError('not_found', 'There is no such fault');
    return reply.code(204).send();
  });
  app.post<{ Body: { vendor: 'intuit' | 'xero'; companyId: string } }>(
    '/control/disconnect',
    async (request) => {
      const { vendor, companyId } = request.body;
      await act(context, vendor, 'disconnect', companyId);
      return { disconnected: companyId };
    },
  );
}

async function act(
  { books, vendors }: SandboxContext,
  vendor: FaultVendor,
  kind: Parameters<SandboxContext['vendors']['act']>[1],
  companyId: string | undefined,
): Promise<{ done: string }> {
  if (companyId === undefined || vendor === 'postmark' || books.company(companyId).vendor !== vendor) {
    throw new BooksError('invalid', `Company ${companyId} is not at ${vendor}`);
  }
  if (!(await vendors.act(vendor, kind, companyId))) {
    throw new BooksError('invalid', `${vendor} has no ${kind}`);
  }
  return { done: kind };
}
