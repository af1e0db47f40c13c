import type { FastifyInstance } from 'fastify';
import type { CreditKind } from '../../books/model.ts';
import { changedSince } from '../query/since.ts';
import { viewOf, type XeroRuntime } from '../runtime.ts';
import { credit } from '../wire/credit.ts';
import { envelope } from '../wire/envelope.ts';
import { payment } from '../wire/payment.ts';
import { notFound } from '../wire/problem.ts';
import { answerList, list, listingOf } from './listing.ts';
import { answer } from './reply.ts';
import { creditRow, paymentRow } from './rows.ts';
import { tenantOf } from './tenant.ts';

type WithId = { Params: { id: string } };
const scope = (xeroScope: string) => ({ config: { xeroScope } });

const CREDITS: readonly { folder: string; kind: CreditKind; scope: string; id: string }[] = [
  { folder: 'CreditNotes', kind: 'credit_note', scope: 'accounting.invoices.read', id: 'CreditNoteID' },
  { folder: 'Overpayments', kind: 'overpayment', scope: 'accounting.payments.read', id: 'OverpaymentID' },
  { folder: 'Prepayments', kind: 'prepayment', scope: 'accounting.payments.read', id: 'PrepaymentID' },
];

/** `/Payments`, `/CreditNotes`, `/Overpayments`, `/Prepayments`. */
export function moneyRoutes(app: FastifyInstance, runtime: XeroRuntime): void {
  const now = () => runtime.ctx.clock.now();

  app.get('/Payments', scope('accounting.payments.read'), async (request, reply) => {
    const view = viewOf(runtime, tenantOf(request));
    const asked = listingOf(request);
    // deleted payments show only to a filter that speaks of Status
    const all = /\bStatus\b/.test(asked.query.where ?? '');
    const found = view
      .payments()
      .filter((p) => (all || !p.deleted) && changedSince(p.updatedAt, asked.since));
    const { rows, pagination } = list(found, asked, paymentRow, 'PaymentID');
    return answerList(runtime, request, reply, asked, {
      name: 'Payments',
      rows: rows.map(payment),
      pagination,
    });
  });

  app.get<WithId>('/Payments/:id', scope('accounting.payments.read'), async (request, reply) => {
    const wanted = request.params.id.toLowerCase();
    const found = viewOf(runtime, tenantOf(request))
      .payments()
      .find((each) => each.wireId === wanted);
    if (!found) throw notFound();
    return answer(request, reply, envelope('Payments', [payment(found)], now()));
  });

  for (const each of CREDITS) {
    app.get(`/${each.folder}`, scope(each.scope), async (request, reply) => {
      const view = viewOf(runtime, tenantOf(request));
      const asked = listingOf(request);
      const found = view.credits(each.kind).filter((row) => changedSince(row.updatedAt, asked.since));
      const { rows, pagination } = list(found, asked, creditRow, each.id);
      return answerList(runtime, request, reply, asked, {
        name: each.folder,
        rows: rows.map(credit),
        pagination,
      });
    });

    app.get<WithId>(`/${each.folder}/:id`, scope(each.scope), async (request, reply) => {
      const wanted = request.params.id.toLowerCase();
      const rows = viewOf(runtime, tenantOf(request)).credits(each.kind);
      const found = rows.find((row) => row.wireId === wanted || row.number === request.params.id);
      if (!found) throw notFound();
      return answer(request, reply, envelope(each.folder, [credit(found)], now()));
    });
  }
}
