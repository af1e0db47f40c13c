import {
  invoiceBalance,
  mustBeAmount,
  mustBeCurrency,
  mustBeDay,
  mustBeOpenPeriod,
  mustFit,
  restOf,
} from './arithmetic.ts';
import type { Desk } from './desk.ts';
import { type BooksApi, BooksError, type SandboxAllocation, type SandboxPayment } from './model.ts';

type Money = Pick<
  BooksApi,
  | 'addPayment'
  | 'updatePayment'
  | 'voidPayment'
  | 'deletePayment'
  | 'addCredit'
  | 'voidCredit'
  | 'deleteCredit'
  | 'allocate'
  | 'removeAllocation'
>;
type SourceKind = 'payment' | 'credit';

/** Writing payments, credits and what of them is set against invoices. */
export function money(desk: Desk): Money {
  const checkMoney = (
    companyId: string,
    row: Pick<SandboxPayment, 'customerId' | 'currency' | 'totalMinor' | 'date'>,
  ) => {
    mustBeCurrency(
      desk.company(companyId),
      row.currency,
      desk.shelf(companyId).get('customer', row.customerId),
    );
    mustBeAmount('The amount', row.totalMinor, 1);
    mustBeDay('The date', row.date);
    mustBeOpenPeriod(desk.company(companyId), row.date);
  };
  const end = (companyId: string, kind: SourceKind, id: string, status: 'voided' | 'deleted') => {
    desk.write(() => {
      const row = desk.shelf(companyId).get(kind, id);
      if (row.status === status) return;
      if (row.status === 'deleted') throw new BooksError('invalid', `The ${kind} is deleted`);
      mustBeOpenPeriod(desk.company(companyId), row.date);
      for (const part of desk.shelf(companyId).of('allocation', `${kind}/${id}`)) takeBack(desk, part);
      desk.amend(companyId, kind, id, { status });
      desk.emit(companyId, kind, id, status);
    });
  };
  return {
    addPayment: (companyId, row, applyTo) =>
      desk.write(() => {
        checkMoney(companyId, row);
        const payment = desk.insert(companyId, 'payment', row);
        desk.emit(companyId, 'payment', payment.id, 'created');
        for (const { invoiceId, amountMinor } of applyTo) {
          const part = {
            sourceKind: 'payment',
            sourceId: payment.id,
            invoiceId,
            amountMinor,
            date: row.date,
          } as const;
          setAgainst(desk, companyId, part, false);
        }
        return payment;
      }),
    updatePayment: (companyId, id, change) =>
      desk.write(() => {
        const before = desk.shelf(companyId).get('payment', id);
        const after = { ...before, ...change };
        if (before.status !== 'open' || after.status !== 'open')
          throw new BooksError('invalid', `The payment is ${before.status}`);
        checkMoney(companyId, after);
        mustBeOpenPeriod(desk.company(companyId), before.date);
        const used = desk.shelf(companyId).allocated('payment', id);
        if (after.totalMinor < used)
          throw new BooksError(
            'over_allocated',
            `${used} are set against invoices: more than ${after.totalMinor}`,
          );
        if (used > 0 && (after.customerId !== before.customerId || after.currency !== before.currency))
          throw new BooksError(
            'invalid',
            'A payment that is set against invoices keeps customer and currency',
          );
        const payment = desk.amend(companyId, 'payment', id, change);
        desk.emit(companyId, 'payment', id, 'updated');
        return payment;
      }),
    voidPayment: (companyId, id) => end(companyId, 'payment', id, 'voided'),
    deletePayment: (companyId, id) => end(companyId, 'payment', id, 'deleted'),

    addCredit: (companyId, row) =>
      desk.write(() => {
        checkMoney(companyId, row);
        const credit = desk.insert(companyId, 'credit', row);
        desk.emit(companyId, 'credit', credit.id, 'created');
        return credit;
      }),
    voidCredit: (companyId, id) => end(companyId, 'credit', id, 'voided'),
    deleteCredit: (companyId, id) => end(companyId, 'credit', id, 'deleted'),

    allocate: (companyId, row) =>
      desk.write(() => {
        mustBeDay('The date', row.date);
        mustBeOpenPeriod(desk.company(companyId), row.date);
        return setAgainst(desk, companyId, row, true);
      }),
    removeAllocation: (companyId, id) => {
      desk.write(() => {
        const part = desk.shelf(companyId).get('allocation', id);
        mustBeOpenPeriod(desk.company(companyId), part.date);
        takeBack(desk, part);
        touch(desk, companyId, part.sourceKind, part.sourceId);
      });
    },
  };
}

/** Takes all money off an invoice; what was paid is then unapplied. */
export function freeInvoice(desk: Desk, companyId: string, invoiceId: string): void {
  for (const part of desk.shelf(companyId).of('allocation', `invoice/${invoiceId}`)) {
    desk.shelf(companyId).remove('allocation', part.id);
    touch(desk, companyId, part.sourceKind, part.sourceId);
  }
}

type NewAllocation = Parameters<BooksApi['allocate']>[1];

function setAgainst(
  desk: Desk,
  companyId: string,
  row: NewAllocation,
  touchSource: boolean,
): SandboxAllocation {
  const shelf = desk.shelf(companyId);
  const source = shelf.get(row.sourceKind, row.sourceId);
  const invoice = shelf.get('invoice', row.invoiceId);
  mustFit(row.amountMinor, {
    source,
    sourceRestMinor: restOf(source, shelf.allocated(row.sourceKind, row.sourceId)),
    invoice,
    invoiceBalanceMinor: invoiceBalance(invoice, shelf.allocated('invoice', invoice.id)),
    related: areRelated(desk, companyId, source.customerId, invoice.customerId),
  });
  const part = desk.insert(companyId, 'allocation', row);
  if (touchSource) touch(desk, companyId, row.sourceKind, row.sourceId);
  touch(desk, companyId, 'invoice', row.invoiceId);
  return part;
}

function takeBack(desk: Desk, part: SandboxAllocation): void {
  desk.shelf(part.companyId).remove('allocation', part.id);
  touch(desk, part.companyId, 'invoice', part.invoiceId);
}

/** A document whose balance moved gets a new version and stamp, as in the real ledgers. */
function touch(desk: Desk, companyId: string, kind: 'invoice' | SourceKind, id: string): void {
  desk.amend(companyId, kind, id, {});
  desk.emit(companyId, kind, id, 'updated');
}

function areRelated(desk: Desk, companyId: string, one: string, other: string): boolean {
  if (one === other) return true;
  if (desk.company(companyId).vendor !== 'intuit') return false;
  const [a, b] = [one, other].map((id) => desk.shelf(companyId).get('customer', id));
  return a?.parentId === other || b?.parentId === one;
}
