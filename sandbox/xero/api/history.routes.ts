import type { FastifyInstance, FastifyRequest } from 'fastify';
import { viewOf, type XeroRuntime } from '../runtime.ts';
import type { XeroView } from '../view.ts';
import { envelope, type Wire } from '../wire/envelope.ts';
import {
  changesOf,
  createdRecord,
  DETAILS_LIMIT,
  type HistoryEntry,
  historyRecord,
} from '../wire/history.ts';
import { guid } from '../wire/ids.ts';
import { validation, XeroRefusal } from '../wire/problem.ts';
import { answer, answerText } from './reply.ts';
import { tenantOf } from './tenant.ts';

const FOLDERS = {
  Invoices: 'accounting.invoices',
  CreditNotes: 'accounting.invoices',
  Contacts: 'accounting.contacts',
  Payments: 'accounting.payments',
  Overpayments: 'accounting.payments',
  Prepayments: 'accounting.payments',
} as const;
type Folder = keyof typeof FOLDERS;
type WithId = { Params: { id: string } };
type StoredEntry = HistoryEntry & { document: string };

/** `GET|PUT /{Folder}/{id}/History`: append only; notes can't be edited or deleted. */
export function historyRoutes(app: FastifyInstance, runtime: XeroRuntime): void {
  for (const folder of Object.keys(FOLDERS) as Folder[]) {
    const path = `/${folder}/:id/History`;
    const scope = FOLDERS[folder];

    app.get<WithId>(path, { config: { xeroScope: `${scope}.read` } }, async (request, reply) => {
      const view = viewOf(runtime, tenantOf(request));
      const id = documentOf(view, folder, request.params.id);
      const entries = entriesOf(runtime, view, folder, id)
        .toReversed()
        .sort((a, b) => b.at.localeCompare(a.at));
      const body = envelope('HistoryRecords', entries.map(historyRecord), runtime.ctx.clock.now());
      return answer(request, reply, body);
    });

    app.put<WithId>(path, { config: { xeroScope: scope } }, async (request, reply) => {
      const key = request.headers['idempotency-key'];
      const print = `${tenantOf(request)} ${request.url} ${JSON.stringify(request.body)}`;
      const { status, body } = runtime.repeats.once(typeof key === 'string' ? key : undefined, print, () =>
        kept(() => write(runtime, request, folder, request.params.id)),
      );
      if ((request.headers.accept ?? '').includes('application/json')) {
        return answerText(request, reply, body, 'application/json; charset=utf-8', status);
      }
      return answer(request, reply, JSON.parse(body) as Wire, status);
    });
  }
}

/** A refusal is an answer too, and is remembered like one. */
function kept(work: () => Wire): { status: number; body: string } {
  try {
    return { status: 200, body: JSON.stringify(work()) };
  } catch (error) {
    if (!(error instanceof XeroRefusal)) throw error;
    return {
      status: error.status,
      body: typeof error.body === 'string' ? error.body : JSON.stringify(error.body),
    };
  }
}

function write(runtime: XeroRuntime, request: FastifyRequest, folder: Folder, name: string): Wire {
  const view = viewOf(runtime, tenantOf(request));
  const texts = textsOf(request.body);
  const id = documentOf(view, folder, name);
  const at = runtime.ctx.clock.now();
  const entries = texts.map((text): HistoryEntry => ({ changes: 'Note', text, at: at.toISOString() }));
  for (const entry of entries) {
    if (folder === 'Invoices') runtime.ctx.books.addNote(view.companyId, id, 'app', entry.text);
    else store(runtime, `${view.companyId}:${folder}:${id}`, entry);
  }
  return envelope('HistoryRecords', entries.map(createdRecord), at);
}

function textsOf(body: unknown): string[] {
  const records = (body as { HistoryRecords?: unknown } | null)?.HistoryRecords;
  if (!Array.isArray(records) || records.length === 0) {
    throw validation({}, 'At least one history record must be supplied.');
  }
  return records.map((record: { Details?: unknown }) => {
    const text = record?.Details;
    if (typeof text !== 'string' || text.trim() === '')
      throw validation({ Details: '' }, 'Details is required.');
    if (text.length > DETAILS_LIMIT) {
      throw validation({ Details: text }, `Details must be ${DETAILS_LIMIT} characters or fewer.`);
    }
    return text;
  });
}

/** The books' id of a document; throws the ValidationException for one that is not there. */
function documentOf(view: XeroView, folder: Folder, name: string): string {
  const wanted = name.toLowerCase();
  const ids: Record<Folder, () => string[]> = {
    Invoices: () => view.invoices().map((row) => row.id),
    Contacts: () => view.customers().map((row) => row.id),
    Payments: () => view.payments().map((row) => row.wireId),
    CreditNotes: () => view.credits('credit_note').map((row) => row.wireId),
    Overpayments: () => view.credits('overpayment').map((row) => row.wireId),
    Prepayments: () => view.credits('prepayment').map((row) => row.wireId),
  };
  const found = ids[folder]().find((id) => id === wanted || guid(id) === wanted);
  if (!found) throw validation({}, 'The document with the supplied id was not found for this endpoint.');
  return found;
}

function entriesOf(runtime: XeroRuntime, view: XeroView, folder: Folder, id: string): HistoryEntry[] {
  if (folder === 'Invoices') {
    const notes = runtime.ctx.books.notes(view.companyId, id);
    return notes.map((note) => ({
      changes: changesOf(note.kind, note.text),
      text: note.text,
      at: note.at,
      ...(note.author === undefined ? {} : { author: note.author }),
    }));
  }
  const document = `${view.companyId}:${folder}:${id}`;
  return [...runtime.ctx.store.all<StoredEntry>('xero-history').values()].filter(
    (e) => e.document === document,
  );
}

function store(runtime: XeroRuntime, document: string, entry: HistoryEntry): void {
  const number = runtime.ctx.store.all('xero-history').size;
  runtime.ctx.store.put('xero-history', String(number), { ...entry, document } satisfies StoredEntry);
}
