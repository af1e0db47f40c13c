import { type Currency, parseCurrency } from '../../src/domain/currency.ts';
import { addDays, type Day, day, daysBetween } from '../../src/domain/day.ts';
import type { Brand } from '../../src/messages/brand.ts';
import type { ReminderContent, ReminderGroup, ReminderInvoice } from '../../src/messages/reminder.ts';
import { signerOf } from '../../src/messages/signer.ts';
import type { Stage } from '../../src/policies/step.ts';

export const today = day('2026-12-03');

export function currency(code: string): Currency {
  const found = parseCurrency(code);
  if (found === null) throw new RangeError(code);
  return found;
}

export const larkspur: Brand = {
  name: 'Larkspur Joinery',
  colour: '#0b6b63',
  logo: null,
  style: 'own',
  serviceName: 'Larkspur Joinery Accounts',
  contactName: 'Maria Lopez',
  contactEmail: 'accounts@larkspur.example',
  contactPhone: '+1 503 555 0142',
  ownerName: null,
  ownerEmail: null,
  ownerTitle: null,
  postalAddress: '1 Mill Lane\nPortland OR 97201',
  waysToPay:
    'Bank transfer: First Valley Bank, routing 021000021, account 7714 2209\nCheck to Larkspur Joinery LLC, 1 Mill Lane, Portland OR 97201',
};

export function invoice(number: string | null, daysLate: number, openMinor: number): ReminderInvoice {
  const dueOn: Day = addDays(today, -daysLate);
  return {
    number,
    reference: null,
    dueOn,
    daysLate: Math.max(0, daysBetween(dueOn, today)),
    openMinor,
    totalMinor: openMinor,
    url: null,
  };
}

/** A reminder whose figures agree; `groups` default to one invoice at the step. */
export function reminder(
  stage: Stage,
  style: 'own' | 'service',
  more: Partial<ReminderContent> = {},
): ReminderContent {
  const late = { courtesy: -5, first: 3, second: 9, third: 22, final: 46 }[stage];
  const groups: readonly ReminderGroup[] = more.groups ?? [
    { stage, invoices: [invoice('1042', late, 120_450)] },
  ];
  const pastDue = groups.flatMap((group) => group.invoices).reduce((sum, each) => sum + each.openMinor, 0);
  const brand = more.brand ?? larkspur;
  return {
    brand,
    style,
    signer: signerOf(brand, 'bookkeeper'),
    creditor: {
      legalName: 'Larkspur Joinery LLC',
      postalAddress: '1 Mill Lane\nPortland OR 97201',
      country: 'US',
      email: 'accounts@larkspur.example',
      phone: '+1 503 555 0142',
    },
    customer: { name: 'Ridgeway Interiors', firstName: 'Anna' },
    channel: 'email',
    template: stage,
    stage,
    language: null,
    reference: '4K7-219',
    currency: currency('USD'),
    locale: 'en-US',
    creditsMinor: 0,
    askMinor: pastDue - (more.creditsMinor ?? 0),
    today,
    payBy: addDays(today, 7),
    payUrl: 'https://pay.example/c/Qm9va2tlZXBlcg?lang=en&x=1',
    logoUrl: null,
    earlier: { courtesy: 0, first: 0, second: 1, third: 2, final: 3 }[stage],
    letterOn: null,
    promisedOn: null,
    instalment: null,
    copiedTo: null,
    head: null,
    wroteOn: null,
    announcedOn: null,
    consequence: null,
    disclosures: [],
    stop: null,
    ...more,
    groups,
  };
}

/** Three stages in one message, with a credit, a part payment and a reference. */
export function threeGroups(style: 'own' | 'service'): ReminderContent {
  return reminder('third', style, {
    creditsMinor: 25_000,
    groups: [
      {
        stage: 'third',
        invoices: [{ ...invoice('1042', 30, 120_450), totalMinor: 240_900 }, invoice('1051', 24, 88_000)],
      },
      { stage: 'first', invoices: [{ ...invoice('1077', 5, 431_900), reference: 'PO 77-1180' }] },
      { stage: 'listed', invoices: [invoice('1080', 1, 64_000)] },
    ],
  });
}

export function manyInvoices(style: 'own' | 'service', count: number): ReminderContent {
  return reminder('second', style, {
    groups: [
      {
        stage: 'second',
        invoices: Array.from({ length: count }, (_, at) =>
          invoice(`INV-${2000 + at}`, 40 - at, 10_000 + at * 3_725),
        ),
      },
    ],
  });
}

/** One invoice that the ledger shows online. */
export function oneOnline(style: 'own' | 'service'): ReminderContent {
  const url =
    'https://connect.ledger.example/portal/app/CommerceNetwork/view/scs-v1-9f2c?locale=en_US&cta=v3invoicelink';
  return reminder('second', style, {
    payUrl: url,
    groups: [{ stage: 'second', invoices: [{ ...invoice('1042', 9, 120_450), url }] }],
  });
}

/** Several, of which the ledger shows all but one online; the button opens the oldest. */
export function someOnline(style: 'own' | 'service'): ReminderContent {
  const { groups, ...rest } = threeGroups(style);
  const invoices = groups.map((group) => ({
    ...group,
    invoices: group.invoices.map((each) => ({
      ...each,
      url: each.number === '1051' ? null : `https://in.ledger.example/${each.number}`,
    })),
  }));
  return { ...rest, groups: invoices, payUrl: 'https://in.ledger.example/1042' };
}

/** What people and ledgers put into names. */
export function oddNames(style: 'own' | 'service'): ReminderContent {
  return reminder('first', style, {
    brand: {
      ...larkspur,
      name: 'Müller & Søn "Træ" <b>Co</b>',
      serviceName: 'Müller & Søn "Træ" <b>Co</b> Accounts',
      contactName: "Siobhán O'Brien-Ngũgĩ",
      waysToPay: '',
      contactPhone: null,
      colour: '#f4d35e',
    },
    creditor: {
      legalName: 'Müller & Søn "Træ" <b>Co</b> Inc.',
      postalAddress: 'Straße 1\n<script>alert(1)</script>',
      country: 'DK',
      email: null,
      phone: null,
    },
    customer: { name: '<script>alert("x")</script> שלום בע"מ 🪵 {{ask}} {% raw %}', firstName: null },
    currency: currency('JPY'),
    locale: 'en-GB',
    groups: [
      {
        stage: 'first',
        invoices: [
          { ...invoice('<img src=x onerror=alert(1)>&"', 4, 1_200_000), reference: 'فاتورة ٣' },
          invoice(null, 3, 9_999),
          {
            ...invoice('A-VERY-LONG-NUMBER-WITHOUT-ANY-BREAK-0001234567890', 3, 5),
            reference: 'x'.repeat(90),
          },
        ],
      },
    ],
  });
}
