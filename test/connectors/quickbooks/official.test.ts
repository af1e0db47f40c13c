import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { faultOf } from '../../../connectors/quickbooks/fault.ts';
import { parseProfile } from '../../../connectors/quickbooks/profile.ts';
import { addRows, entities, noRows } from '../../../connectors/quickbooks/rows.ts';
import type { Currency } from '../../../src/domain/currency.ts';
import { at, list, object, readJson } from '../../../src/platform/json.ts';

const folder = join(import.meta.dirname, '../../../../shared/official/qbo-json-samples');
const there = existsSync(folder);
const usd = 'USD' as Currency;
const readAt = '2026-11-21T12:00:00.000Z';

/** A sample as lossless JSON, and its text. */
function sample(name: string): { text: string; body: unknown } {
  const text = readFileSync(join(folder, name), 'utf8').replace(/^\uFEFF/, '');
  return { text, body: readJson(text) };
}

/** Every row of a sample, whether it stands alone, in a query or in the change feed. */
function rowsOf(body: unknown) {
  const rows = noRows();
  const slots = list(at(body, 'CDCResponse')).flatMap((response) => list(at(response, 'QueryResponse')));
  for (const entity of entities) {
    const alone = object(at(body, entity));
    addRows(rows, entity, alone === null ? [] : [alone], usd, readAt);
    for (const slot of [...slots, at(body, 'QueryResponse')]) {
      addRows(rows, entity, list(at(slot, entity)), usd, readAt);
    }
  }
  return rows;
}

if (!there) {
  test.skip('the official examples are not beside this repository: skipped', () => undefined);
} else {
  describe("Intuit's own examples", () => {
    test.each(readdirSync(folder))('%s is read, and nothing of it is rejected', (name) => {
      const { body } = sample(name);
      expect(body).toBeDefined();
      expect(rowsOf(body).rejected).toEqual([]);
    });

    test('the invoice', () => {
      expect(rowsOf(sample('invoice.json').body).invoices).toEqual([
        {
          invoiceId: '130',
          number: '1037',
          customerId: '24',
          issuedOn: '2014-09-19',
          dueOn: '2014-10-19',
          currency: 'USD',
          totalMinor: 36_207,
          openMinor: 36_207,
          status: 'open',
          sent: 'no',
          sentAt: null,
          reference: null,
          terms: null,
          emails: ['Familiystore@intuit.com'],
          changedAt: '2014-09-19T20:16:17.000Z',
          version: '0',
        },
      ]);
    });

    test('the payments: part applied, void and deleted', () => {
      expect(rowsOf(sample('payment.json').body).payments).toMatchObject([
        {
          paymentId: '163',
          totalMinor: 6500,
          unappliedMinor: 1000,
          allocations: [{ invoiceId: '70', amountMinor: 5500 }],
        },
      ]);
      expect(rowsOf(sample('payment_voided.json').body).payments).toMatchObject([
        { status: 'void', allocations: [] },
      ]);
      expect(rowsOf(sample('payment_deleted.json').body).removed).toEqual([
        { kind: 'payment', id: '73', changedAt: readAt },
      ]);
    });

    test('the customer and the used-up credit memo', () => {
      expect(rowsOf(sample('customer.json').body).customers).toMatchObject([
        {
          customerId: '2',
          name: "Bill's Windsurf Shop",
          ledgerBalanceMinor: 8500,
          emails: ['Surf@Intuit.com'],
        },
      ]);
      expect(rowsOf(sample('creditmemo.json').body).credits).toMatchObject([
        { status: 'closed', remainingMinor: 0 },
      ]);
    });

    test('a deletion in the change feed', () => {
      expect(rowsOf(sample('cdc_deleted_shape.json').body).removed).toMatchObject([
        { kind: 'invoice', id: '979' },
      ]);
    });

    test('the company and its preferences', () => {
      const company = sample('companyinfo.json').body;
      const preferences = sample('preferences_receivables_subset.json').body;
      expect(parseProfile(company, preferences)).toEqual({
        name: "Larry's Bakery",
        legalName: "Larry's Bakery",
        email: 'donotreply@intuit.com',
        phone: '(650)944-4444',
        country: 'US',
        region: 'CA',
        timeZone: null,
        baseCurrency: 'USD',
        postalAddress: '2500 Garcia Ave\nMountain View, CA 94043',
        lockedUntil: '2018-12-31',
        ownReminders: null,
      });
    });

    test.each([
      ['fault_auth_401_gateway_shape.json', '3200'],
      ['fault_throttle_429_shape.json', '3001'],
      ['fault_validation_5010_shape.json', '5010'],
    ])('%s is fault %s', (name, code) => {
      const { text, body } = sample(name);
      expect(faultOf(body, text)?.code).toBe(code);
    });
  });
}
