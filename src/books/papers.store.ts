import { sql } from 'kysely';
import type { Day } from '../domain/day.ts';
import type { Tx } from '../platform/db.ts';
import type { OnlineInvoice } from '../ports/ledger.ts';
import { LINK_DAYS, PDF_DAYS, type Version } from './papers.ts';

const DAY_MS = 86_400_000;

/**
 * Where the ledger shows these invoices to their customers, as far as it is known for the versions that the mirror
 * holds now: null says "nowhere", an id that is missing was not asked about. `today` is the company's day.
 */
export async function knownLinks(
  tx: Tx,
  companyId: string,
  invoiceIds: readonly string[],
  { now, today }: { readonly now: Date; readonly today: Day },
): Promise<ReadonlyMap<string, string | null>> {
  if (invoiceIds.length === 0) return new Map();
  const rows = await tx
    .selectFrom('invoice_link as l')
    .innerJoin('invoice as i', (join) =>
      join
        .onRef('i.company_id', '=', 'l.company_id')
        .onRef('i.invoice_id', '=', 'l.invoice_id')
        .onRef('i.version', '=', 'l.version')
        .onRef('i.changed_at', '=', 'l.changed_at'),
    )
    .select(['l.invoice_id', 'l.link'])
    .where('l.company_id', '=', companyId)
    .where(sql<boolean>`l.invoice_id = any(${invoiceIds}::text[])`)
    .where('i.status', '=', 'open')
    .where('l.read_at', '>', new Date(now.getTime() - LINK_DAYS * DAY_MS))
    .where((eb) => eb.or([eb('l.link_expires_on', 'is', null), eb('l.link_expires_on', '>=', today)]))
    .execute();
  return new Map(rows.map((row) => [row.invoice_id, row.link]));
}

/** The versions of these open invoices that the mirror holds, in the order asked for; others have no page to ask for. */
export async function openVersions(
  tx: Tx,
  companyId: string,
  invoiceIds: readonly string[],
): Promise<readonly Version[]> {
  if (invoiceIds.length === 0) return [];
  const rows = await tx
    .selectFrom('invoice')
    .select(['invoice_id', 'version', 'changed_at'])
    .where('company_id', '=', companyId)
    .where('invoice_id', 'in', [...invoiceIds])
    .where('status', '=', 'open')
    .execute();
  const byId = new Map(rows.map((row) => [row.invoice_id, row]));
  return invoiceIds.flatMap((invoiceId) => {
    const row = byId.get(invoiceId);
    return row === undefined ? [] : [{ invoiceId, version: row.version, changedAt: row.changed_at }];
  });
}

/** Keeps what the ledger answered, in place of what it said about an older version. */
export async function saveLinks(
  tx: Tx,
  companyId: string,
  answers: readonly (Version & { readonly online: OnlineInvoice | null })[],
  now: Date,
): Promise<void> {
  if (answers.length === 0) return;
  await tx
    .insertInto('invoice_link')
    .values(
      answers.map(({ invoiceId, version, changedAt, online }) => ({
        company_id: companyId,
        invoice_id: invoiceId,
        version,
        changed_at: changedAt,
        link: online?.url ?? null,
        link_expires_on: online?.expiresOn ?? null,
        read_at: now,
      })),
    )
    .onConflict((oc) =>
      oc.columns(['company_id', 'invoice_id']).doUpdateSet((eb) => ({
        version: eb.ref('excluded.version'),
        changed_at: eb.ref('excluded.changed_at'),
        link: eb.ref('excluded.link'),
        link_expires_on: eb.ref('excluded.link_expires_on'),
        read_at: eb.ref('excluded.read_at'),
      })),
    )
    .execute();
}

/** An invoice whose print is asked for, with the print of this very version when it is there and not too old. */
export interface PrintWanted extends Version {
  readonly number: string | null;
  readonly status: string;
  readonly pdf: Uint8Array | null;
}

/** Null: there is no such invoice in these books. */
export async function findPrint(
  tx: Tx,
  companyId: string,
  invoiceId: string,
  now: Date,
): Promise<PrintWanted | null> {
  const row = await tx
    .selectFrom('invoice as i')
    .leftJoin('invoice_pdf as p', (join) =>
      join
        .onRef('p.company_id', '=', 'i.company_id')
        .onRef('p.invoice_id', '=', 'i.invoice_id')
        .onRef('p.version', '=', 'i.version')
        .onRef('p.changed_at', '=', 'i.changed_at')
        .on('p.fetched_at', '>', new Date(now.getTime() - PDF_DAYS * DAY_MS)),
    )
    .select(['i.number', 'i.status', 'i.version', 'i.changed_at', 'p.pdf'])
    .where('i.company_id', '=', companyId)
    .where('i.invoice_id', '=', invoiceId)
    .executeTakeFirst();
  if (row === undefined) return null;
  const { number, status, version, changed_at: changedAt, pdf } = row;
  return { invoiceId, number, status, version, changedAt, pdf };
}

/** Keeps a print in place of an older one, and drops the company's prints that nobody asked for in a month. */
export async function savePrint(
  tx: Tx,
  companyId: string,
  { invoiceId, version, changedAt }: Version,
  pdf: Uint8Array,
  now: Date,
): Promise<void> {
  const kept = { version, changed_at: changedAt, pdf: Buffer.from(pdf), fetched_at: now };
  await tx
    .insertInto('invoice_pdf')
    .values({ company_id: companyId, invoice_id: invoiceId, ...kept })
    .onConflict((oc) => oc.columns(['company_id', 'invoice_id']).doUpdateSet(kept))
    .execute();
  await sql`delete from invoice_pdf
    where company_id = ${companyId} and fetched_at < ${new Date(now.getTime() - PDF_DAYS * DAY_MS)}`.execute(
    tx,
  );
}
