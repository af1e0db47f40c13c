import { createHmac } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { faultOf } from '../../connectors/quickbooks/fault.ts';
import { seenNotes } from '../../connectors/quickbooks/seen-notes.ts';
import { askForTokens } from '../../connectors/quickbooks/tokens.ts';
import { readWebhook as intuitWebhook } from '../../connectors/quickbooks/webhook.ts';
import type { XeroClient } from '../../connectors/xero/client.ts';
import { listConnections } from '../../connectors/xero/connections.ts';
import { notesOn, writeNote } from '../../connectors/xero/notes.ts';
import { onlineInvoiceUrls } from '../../connectors/xero/papers.ts';
import { ownReminders } from '../../connectors/xero/profile.ts';
import { refusal } from '../../connectors/xero/refusal.ts';
import { readWebhook as xeroWebhook } from '../../connectors/xero/webhook.ts';
import type { HttpAnswer, HttpClient } from '../../src/platform/http.ts';
import { at, readJson } from '../../src/platform/json.ts';
import { fakeIntuit } from './quickbooks/support.ts';

/**
 * Every official example has a parser that reads it, here or in the official.test.ts of its connector, or a reason why
 * none does. A new example beside the repository fails this test until somebody decides.
 */
const root = join(import.meta.dirname, '../../../shared/official');
const run = existsSync(root) ? it : it.skip;
const clock = { now: () => new Date('2026-11-21T12:00:00Z') };
const textOf = (name: string) => readFileSync(join(root, name), 'utf8').replace(/^\uFEFF/, '');
const sign = (body: string) => createHmac('sha256', 'key').update(body).digest('base64');
const answerOf = (name: string, status = 200): HttpAnswer => {
  const text = textOf(name);
  return { status, headers: new Headers(), bytes: Buffer.from(text), text, traceId: null };
};
const httpOf = (name: string, status = 200) =>
  ({ send: async () => ({ ok: true, answer: answerOf(name, status) }) }) as unknown as HttpClient;
const clientOf = (name: string): XeroClient => {
  const body = async () => readJson(textOf(name));
  return { get: body, put: body, getBytes: async () => Buffer.from(textOf(name)) };
};
const grant = async (name: string, status = 200) => {
  const intuit = await fakeIntuit(() => ({ body: '' }));
  try {
    return await askForTokens(
      intuit.settings,
      { clock, http: httpOf(name, status) },
      { grant_type: 'refresh_token' },
    );
  } finally {
    await intuit.close();
  }
};
const note = { invoiceId: 'i', text: 'Reminder [duly:t:i]', marker: '[duly:t:i]', idempotencyKey: 'k' };

/** Read by the rows' parsers in official.test.ts of the connector. */
const rows = 'rows';
type Reading = typeof rows | { readonly skipped: string } | ((name: string) => unknown);
const unused = { skipped: 'no call of ours has this answer' };
const signedToken = { skipped: 'read only with a signed id token, see the connector’s oauth.test.ts' };

const readings: readonly (readonly [RegExp, Reading])[] = [
  [/^qbo-json.*(invoice|payment\w*|creditmemo|customer|companyinfo|preferences\w*|query_empty)\.json$/, rows],
  [/^qbo-json.*cdc_deleted/, rows],
  [
    /^qbo-json.*attachable_note/,
    (name) =>
      expect(seenNotes([at(readJson(textOf(name)), 'Attachable')])).toMatchObject([
        { noteId: '200900000000000008541', invoiceId: '95' },
      ]),
  ],
  [
    /^qbo-json.*fault_/,
    (name) => expect(faultOf(readJson(textOf(name)), textOf(name))?.code).toMatch(/^\d+$/),
  ],
  [/^qbo-json.*webhook_classic_headers/, { skipped: 'headers without a body' }],
  [
    /^qbo-json.*webhook_/,
    (name) => {
      const body = textOf(name);
      expect(intuitWebhook('key', Buffer.from(body), { 'intuit-signature': sign(body) })).not.toBeNull();
    },
  ],
  [/^qbo-json.*companycurrency/, unused],
  [
    /^qbo-oauth.*(success_token|bearer-token|refreshResponse|tokenResponse)/,
    async (name) =>
      expect(await grant(name)).toMatchObject({
        accessToken: expect.any(String),
        refreshToken: expect.any(String),
      }),
  ],
  [
    /^qbo-oauth.*failure_token_response/,
    async (name) => await expect(grant(name, 400)).rejects.toMatchObject({ name: 'LedgerError' }),
  ],
  [/^qbo-oauth.*(revocation|discovery|errorResponse)/, unused],
  [/^qbo-oauth.*(userinfo|userInfo|jwk|IdToken)/, signedToken],
  [
    /^xero-examples\/(get|post|put)_(Invoices|Contacts|Payments|CreditNotes|Overpayments|Prepayments|Organisation)(_\w+ID)?_200/,
    rows,
  ],
  [/^xero-examples\/_timezone_enum/, rows],
  [
    /^xero-examples\/get_Connections/,
    async (name) => {
      const found = await listConnections('http://x', { clock, http: httpOf(name) }, async () => 'token');
      expect(found).toEqual([expect.objectContaining({ ledgerRef: expect.any(String) })]);
    },
  ],
  [
    /^xero-examples\/get_InvoiceReminders/,
    async (name) => expect(await ownReminders(clientOf(name))).toEqual(expect.any(Boolean)),
  ],
  [
    /^xero-examples\/get_Invoices_InvoiceID_History/,
    async (name) => expect((await notesOn(clientOf(name), 'i')).length).toBeGreaterThan(0),
  ],
  [
    /^xero-examples\/get_Invoices_InvoiceID_OnlineInvoice/,
    async (name) => expect((await onlineInvoiceUrls(clientOf(name), ['i'])).get('i')?.url).toMatch(/^https:/),
  ],
  [
    /^xero-examples\/put_Invoices_InvoiceID_History/,
    async (name) => expect(await writeNote(clientOf(name), note)).toMatchObject({ existed: false }),
  ],
  [
    /^xero-examples\/put_Contacts_400/,
    (name) => expect(refusal(answerOf(name, 400), 'write', clock.now()).kind).toBe('invalid'),
  ],
  [
    /^xero-examples\/webhook_/,
    (file) => {
      const body = textOf(file);
      expect(xeroWebhook('key', Buffer.from(body), { 'x-xero-signature': sign(body) })).toHaveLength(
        // the credit note is a supplier's: it moves nobody's debt
        file.includes('creditnote') ? 0 : 1,
      );
    },
  ],
  [
    /^xero-examples\/.*(BrandingThemes|Attachments|Actions|Users|put_Contacts_ContactID_History|Allocations)/,
    unused,
  ],
];

const folders = ['qbo-json-samples', 'qbo-oauth', 'xero-examples'];
const files = existsSync(root)
  ? folders.flatMap((folder) =>
      readdirSync(join(root, folder))
        .filter((name) => name.endsWith('.json'))
        .map((name) => `${folder}/${name}`),
    )
  : [];

describe('the official examples', () => {
  run('are many', () => expect(files.length).toBeGreaterThan(50));

  for (const file of files) {
    const reading = readings.find(([pattern]) => pattern.test(file))?.[1];
    const how = typeof reading === 'object' ? `is not read: ${reading.skipped}` : 'is read';
    run(`${file} ${how}`, async () => {
      expect(reading).toBeDefined();
      if (typeof reading === 'function') await reading(file);
    });
  }
});
