import { describe, expect, it } from '@jest/globals';
import { creditForms, parseCredit, parseInvoice, parsePayment } from '../../../connectors/xero/parse.ts';
import { parseContact } from '../../../connectors/xero/parse-contact.ts';
import { parseOrganisation } from '../../../connectors/xero/profile.ts';
import { ianaZone } from '../../../connectors/xero/zones.ts';
import { list } from '../../../src/platform/json.ts';
import { officialBodies, officialRows, officialThere } from './official.ts';

const run = officialThere ? it : it.skip;

describe(`Xero's own examples${officialThere ? '' : ' (SKIPPED: ../shared/official is not here)'}`, () => {
  run('are all read, and what is rejected is rejected for what is really missing', () => {
    const parsed = [
      ...officialRows('Invoices').map(parseInvoice),
      ...officialRows('Payments').map(parsePayment),
      ...officialRows('CreditNotes').map((row) => parseCredit(creditForms.CreditNotes, row)),
      ...officialRows('Overpayments').map((row) => parseCredit(creditForms.Overpayments, row)),
      ...officialRows('Prepayments').map((row) => parseCredit(creditForms.Prepayments, row)),
      ...officialRows('Contacts').map(parseContact),
    ];
    expect(parsed.length).toBeGreaterThan(20);
    expect(parsed.flatMap((one) => (one !== null && 'rejected' in one ? [one.rejected] : []))).toEqual([]);
  });

  run('give the organisation with its zone and its lock', () => {
    expect(parseOrganisation(officialRows('Organisations')[0])).toEqual({
      name: 'Dev Evangelist - Sid Test 3 (NZ-2016-02)',
      legalName: 'Dev Evangelist - Sid Test 3 (NZ-2016-02)',
      email: null,
      phone: null,
      country: 'NZ',
      region: null,
      timeZone: 'Pacific/Auckland',
      baseCurrency: 'NZD',
      postalAddress: '',
      lockedUntil: '2018-12-31',
    });
  });

  run('name 141 time zones, each of which is an IANA zone here', () => {
    const [, words] = officialBodies().find(([name]) => name === '_timezone_enum.json') ?? [];
    expect(list(words)).toHaveLength(141);
    for (const word of list(words)) {
      const zone = ianaZone(String(word));
      expect([word, zone]).toEqual([word, expect.any(String)]);
      expect(() => new Intl.DateTimeFormat('en', { timeZone: zone ?? '' })).not.toThrow();
    }
  });
});
