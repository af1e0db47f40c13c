import type { Law, LawQuestion } from '../../src/policies/law/law.ts';

type Some = Partial<LawQuestion> & { readonly on?: string };

/** What a rule must do, said apart from its data: who is under it, who is not, and what it leaves open. */
export interface RuleCase {
  readonly under: Some;
  /** Somebody, or a day, for whom it does not hold; null: there is nobody. */
  readonly notUnder: Some | null;
  /** Of the law of who is under it, as one line; null: kept elsewhere or off, so that it says nothing here. */
  readonly says: string | null;
}

const business: Some = { debtorType: 'business' };
const trader: Some = { debtorType: 'sole_trader' };
const consumer: Some = { debtorType: 'consumer' };
const at = (debtorCountry: string, some: Some = consumer): Some => ({ debtorCountry, ...some });
const inState = (debtorRegion: string): Some => ({ debtorRegion, ...consumer });
const city: Some = { debtorRegion: 'NY', debtorPostcode: '11201', ...consumer };
const every = 'email,letter,call,statement';
const reach = 'email,call,statement';
const stop = 'always stop: To get no more e-mail about this, reply “stop”.';
const stopHere =
  'always stop: To get no more e-mail at this address, reply “stop”. A person reads your reply and stops it.';
const kept = (under: Some, notUnder: Some | null = null): RuleCase => ({ under, notUnder, says: null });
const rule = (under: Some, notUnder: Some | null, says: string): RuleCase => ({ under, notUnder, says });

export const ruleCases: Readonly<Record<string, RuleCase>> = {
  'house-week-business': rule(business, consumer, `at most 3 in 7 days by ${every}`),
  'house-month-business': rule(business, trader, `at most 8 in 30 days by ${every}`),
  'house-week-person': rule(trader, business, `at most 2 in 7 days by ${every}`),
  'house-month-person': rule(consumer, business, `at most 6 in 30 days by ${every}`),
  'house-calls-week': rule(business, null, 'at most 2 in 7 days by call'),
  'house-calls-day': rule(consumer, null, 'at most 1 in 1 days by call'),
  'house-gap': rule(business, null, '3 business days between'),
  'house-hours-business': rule(business, consumer, `08:00 to 18:00 on 1,2,3,4,5 by ${reach}`),
  'house-hours-person': rule(trader, business, `08:00 to 20:00 on 1,2,3,4,5,6,7 by ${reach}`),
  'house-holidays': kept(business),
  'house-service-style': rule(trader, business, 'no service_style'),
  'house-private': rule(trader, business, 'no escalation_copy'),
  'house-interest-person': rule(trader, business, 'no interest'),
  'house-interest-attested': kept(business),
  'house-interest-most': kept(business),
  'house-interest-high': kept(business),
  'house-creditor': rule(business, null, 'always creditor: {creditor}, {address}'),
  'house-acting-for': rule(business, null, 'always acting_for: This message is sent for {creditor}.'),
  'house-dispute': rule(
    business,
    null,
    'always dispute: Something wrong? Reply to this message and tell us what.',
  ),
  'house-stop': rule(business, null, stop),
  'house-contact': rule(business, null, 'always contact: Questions: {contact}'),
  'house-service': rule(
    business,
    null,
    'service service: {service} is an accounts-receivable service acting for {creditor}. It has not bought this debt and is not a law firm or debt-collection agency.',
  ),
  'house-promotion': kept(consumer),
  'house-threats': kept(consumer),

  'strict-week': rule(at('JP'), at('US'), `at most 2 in 7 days by ${every}`),
  'strict-month': rule({ debtorCountry: null, ...consumer }, at('US'), `at most 6 in 30 days by ${every}`),
  'strict-calls': rule({ debtorType: 'unknown' }, consumer, 'at most 1 in 7 days by call'),
  'strict-calls-month': rule({ debtorType: 'unknown' }, consumer, 'at most 2 in 30 days by call'),
  'strict-call-days': rule({ debtorCountry: null, ...trader }, trader, '08:00 to 20:00 on 1,2,3,4,5 by call'),
  'strict-consequences': rule({ debtorType: 'unknown' }, consumer, 'no consequence'),
  'strict-court': rule({ debtorCountry: null, ...trader }, trader, 'no court'),
  'strict-business-days': rule({ debtorCountry: null, ...business }, business, '14 days at final'),
  'strict-yearly-rate': rule(
    { debtorCountry: null, ...business },
    business,
    'interest yearly_rate: Interest is {rate} % a year.',
  ),
  'strict-hours': rule({ debtorType: 'unknown' }, consumer, `08:00 to 20:00 on 1,2,3,4,5,6 by ${reach}`),
  'strict-own-name': rule({ debtorCountry: null, ...trader }, trader, 'no service_style'),
  'strict-private': rule({ debtorCountry: null, ...trader }, trader, 'no escalation_copy'),
  'strict-interest': rule(
    { debtorType: 'unknown' },
    { debtorType: 'unknown', allBusinesses: true },
    'no interest',
  ),
  'strict-final-days': rule({ debtorType: 'unknown' }, consumer, '30 days at final'),
  'strict-opt-out': rule({ debtorCountry: null, ...business }, business, stopHere),

  'us-own-name': rule(consumer, business, 'no service_style'),
  'us-form': kept(business, at('NZ', { creditorCountry: 'NZ' })),
  'us-calls': rule(consumer, trader, 'at most 7 in 7 days by call'),
  'us-after-talk': rule(
    consumer,
    at('GB', { creditorCountry: 'GB', ...consumer }),
    'at most 1 in 7 days by call',
  ),
  'us-hours': rule(consumer, business, `08:00 to 21:00 on 1,2,3,4,5,6,7 by ${reach}`),
  'us-opt-out': rule(consumer, business, stopHere),
  'us-private': rule(consumer, business, 'no escalation_copy'),
  'us-interest-consumer': rule(consumer, business, 'no interest'),
  'us-sender': rule(business, at('NZ', { creditorCountry: 'NZ' }), 'always creditor: {creditor}, {address}'),
  'us-work-email': kept(consumer, business),
  'us-time-barred': kept(consumer, business),
  'us-refused-ways': kept(consumer, business),
  'us-voicemail': kept(consumer, business),
  'us-records': kept(consumer, business),
  'us-tcpa': kept(business, at('NZ', { creditorCountry: 'NZ' })),

  'us-nyc-frequency': rule(city, { ...city, on: '2026-08-31' }, `at most 3 in 7 days by ${every}`),
  'house-email-refused': rule({ ...business, emailConsent: false }, null, 'no email; no statement'),
  'us-nyc-email-consent': rule(city, { ...city, debtorType: 'business' }, 'no email; no statement'),
  'us-nyc-opt-out': rule(city, { ...city, debtorPostcode: '12207' }, stopHere),
  'us-nyc-validation': kept(city, { ...city, on: '2026-08-31' }),
  'us-nyc-records': kept(city, { ...city, debtorType: 'business' }),
  'us-pa-creditors': kept(inState('PA'), inState('OH')),
  'us-ma-calls-week': rule(inState('MA'), inState('CT'), 'at most 2 in 7 days by call'),
  'us-ma-calls-month': rule(
    inState('ma'),
    { debtorRegion: 'MA', ...business },
    'at most 2 in 30 days by call',
  ),
  'us-ma-hours': rule(inState('Massachusetts'), inState('RI'), '08:00 to 21:00 on 1,2,3,4,5,6,7 by call'),
  'us-ma-threats': kept(inState('MA'), inState('RI')),
  'us-fl-hours': rule(inState('FL'), inState('GA'), '08:00 to 21:00 on 1,2,3,4,5,6,7 by call'),
  'us-fl-hours-email': rule(
    { ...inState('FL'), on: '2025-05-15' },
    { ...inState('FL'), on: '2025-05-16' },
    '08:00 to 21:00 on 1,2,3,4,5,6,7 by email,statement',
  ),
  'us-tx-own-name': rule(inState('TX'), inState('OK'), 'no service_style'),
  'us-ca-frequency': rule(inState('CA'), inState('NV'), `at most 2 in 7 days by ${every}`),
  'us-ca-proceedings': kept(inState('CA'), inState('NV')),

  'uk-letter-of-claim-days': rule(at('GB', trader), at('GB', business), '30 days at final'),
  'uk-letter-of-claim-papers': rule(at('GB', trader), at('GB', business), 'warns at final'),
  'uk-letter-of-claim-court': rule(at('GB', trader), at('GB', business), 'no court'),
  'uk-company-days': rule(at('GB', business), at('GB', trader), '14 days at final'),
  'uk-official-look': kept(at('GB'), consumer),
  'uk-machine-no-excuse': kept(at('GB'), consumer),
  'uk-private': rule(at('GB'), at('GB', trader), 'no escalation_copy'),
  'uk-wishes': kept(at('GB'), at('GB', trader)),
  'uk-authority': kept(at('GB'), at('GB', business)),
  'uk-interest-business-only': rule(at('GB', trader), at('GB', business), 'no interest'),
  'uk-late-payment': kept(at('GB', business), at('GB')),
  'uk-invented-firm': kept(at('GB', business), business),

  'eu-interest-business-only': rule(at('DE', trader), at('DE', business), 'no interest'),
  'eu-late-payment': kept(at('DE', business), at('DE')),
  'eu-consumer-consequences': rule(at('NL'), at('NL', trader), 'no consequence'),
  'eu-consumer-final-days': rule(at('IE'), at('IE', business), '14 days at final'),
  'eu-privacy-notice': kept(at('FR'), at('FR', business)),

  'au-week': rule(at('AU', trader), at('AU', business), `at most 3 in 7 days by ${every}`),
  'au-month': rule(at('AU'), at('AU', business), `at most 10 in 30 days by ${every}`),
  'au-phone-hours': rule(at('AU'), at('AU', business), '07:30 to 21:00 on 1,2,3,4,5 by call'),
  'au-workplace': kept(at('AU', trader), at('AU', business)),
  'au-holidays': kept(at('AU'), at('AU', business)),
  'au-own-name': rule(at('AU', trader), at('AU', business), 'no service_style'),
  'nz-week': rule(at('NZ'), at('NZ', business), `at most 3 in 7 days by ${every}`),
  'nz-month': rule(at('NZ', trader), at('NZ', business), `at most 10 in 30 days by ${every}`),
  'nz-threats': kept(at('NZ', business), business),

  'ca-week': rule(at('CA'), at('CA', business), `at most 3 in 7 days by ${every}`),
  'ca-month': rule(at('CA'), at('CA', trader), `at most 10 in 30 days by ${every}`),
  'ca-hours-sundays': rule(at('CA'), at('CA', business), `07:00 to 21:00 on 1,2,3,4,5,6 by ${reach}`),
  'ca-holidays': kept(at('CA'), at('CA', business)),
  'ca-casl-identity': rule(at('CA', business), business, 'always creditor: {creditor}, {address}'),
  'ca-casl-stop': rule({ creditorCountry: 'CA', ...business }, business, stop),
  'ca-yearly-rate': rule(at('CA', business), business, 'interest yearly_rate: Interest is {rate} % a year.'),
  'ca-court-form': kept(at('CA', business), business),
};

/** What one rule does in a law, as a line. */
export function saysOf(law: Law, id: string): string {
  const by = (entry: { readonly rule: { readonly id: string } }): boolean => entry.rule.id === id;
  const lines = [
    ...law.caps
      .filter(by)
      .map(({ most, days, channels }) => `at most ${most} in ${days} days by ${channels}`),
    ...law.windows
      .filter(by)
      .map(({ from, to, days, channels }) => `${from} to ${to} on ${days} by ${channels}`),
    ...[law.minGapBusinessDays].filter(by).map(({ days }) => `${days} business days between`),
    ...law.blocked.filter(by).map(({ what }) => `no ${what}`),
    ...law.deadlines.filter(by).map(({ days, stage }) => `${days} days at ${stage}`),
    ...law.disclosures.filter(by).map(({ when, part, words }) => `${when} ${part}: ${words}`),
    ...law.warnings.filter(by).map(({ stage }) => `warns at ${stage ?? 'every step'}`),
  ];
  return lines.join('; ');
}
