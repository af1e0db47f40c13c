import type { SandboxInvoice } from '../books/model.ts';
import { page } from './layout.tsx';

interface Online {
  readonly company: string;
  readonly invoice: SandboxInvoice;
  /** The open balance as the ledger writes it, for example `7173.25`. */
  readonly open: string;
}

/** The page to which an invoice's link leads: the invoice as its receiver sees it online. Null: it is not online. */
export function onlinePage(found: Online | null): { readonly status: number; readonly html: string } {
  if (found === null) {
    return {
      status: 404,
      html: page('Invoice', <p>This invoice is no longer online.</p>, { bare: true }),
    };
  }
  const { company, invoice, open } = found;
  const body = (
    <section class="card">
      <p class="quiet">{company}</p>
      <h1>Invoice {invoice.number ?? invoice.id}</h1>
      <p class="figure">
        {open} {invoice.currency}
      </p>
      <p>
        Open balance. Dated {invoice.date}
        {invoice.dueDate === undefined ? '' : `, due ${invoice.dueDate}`}.
      </p>
    </section>
  );
  return { status: 200, html: page(`Invoice ${invoice.number ?? ''}`, body, { bare: true }) };
}
