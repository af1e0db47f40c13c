import type { SandboxCustomer } from '../../books/model.ts';
import type { BookView } from '../book-view.ts';
import { currencyName } from './amounts.ts';
import { customerTypeId } from './customer-type.ts';
import { address, amountsIn, customerName, head, present, type Wire } from './shared.ts';
import { termRef } from './term.ts';

/** A customer; `Balance` is in its own currency, its credits taken off. An address field holds what was typed. */
export function customerWire(row: SandboxCustomer, view: BookView): Wire {
  const money = amountsIn(row.currency);
  const own = view.customerBalanceMinor(row);
  const level = depthOf(row, view);
  return present({
    ...head(row, view),
    DisplayName: row.active ? row.name : `${row.name} (deleted)`,
    FullyQualifiedName: customerName(row.id, view),
    PrintOnCheckName: row.companyName ?? row.name,
    CompanyName: row.companyName,
    GivenName: row.firstName,
    FamilyName: row.lastName,
    ...(row.email && { PrimaryEmailAddr: { Address: row.email } }),
    ...(row.phone && { PrimaryPhone: { FreeFormNumber: row.phone } }),
    BillAddr: address(row.address, `1${row.id}`),
    Active: row.active,
    Taxable: false,
    Job: row.parentId !== undefined,
    BillWithParent: row.billWithParent,
    ...(row.parentId !== undefined && { ParentRef: { value: row.parentId }, Level: level }),
    SalesTermRef: termRef(row.termsDays),
    // as Intuit answers it: the id alone
    ...(row.groups?.[0] !== undefined && { CustomerTypeRef: { value: customerTypeId(row.groups[0]) } }),
    PreferredDeliveryMethod: row.email ? 'Email' : 'None',
    ...(view.multiCurrency && {
      CurrencyRef: { value: row.currency, name: currencyName(row.currency) },
    }),
    Balance: money(own),
    BalanceWithJobs: money(withJobs(row, view)),
  });
}

function withJobs(row: SandboxCustomer, view: BookView, depth = 0): number {
  const below = depth > 4 ? [] : view.children(row.id);
  return below.reduce((sum, child) => sum + withJobs(child, view, depth + 1), view.customerBalanceMinor(row));
}

function depthOf(row: SandboxCustomer, view: BookView): number {
  let level = 0;
  for (let at = row; at.parentId !== undefined && level < 5; at = view.customer(at.parentId)) level += 1;
  return level;
}
