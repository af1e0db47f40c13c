import { allChannels, consumers, type Pack, rule } from '../pack.ts';

const everyDay = [1, 2, 3, 4, 5, 6, 7];

/** New York City: original creditors too, from 1 September 2026. */
export const usNyc: Pack = {
  key: 'us-nyc',
  name: 'New York City',
  rules: [
    rule({
      id: 'us-nyc-frequency',
      words: 'At most three contacts with a consumer in any seven days, over all channels.',
      source: '6 RCNY 5-77(b), as amended, in force 1 September 2026',
      from: '2026-09-01',
      for: consumers,
      effect: { kind: 'cap', channels: allChannels, days: 7, most: 3 },
    }),
    rule({
      id: 'us-nyc-email-consent',
      words:
        'No e-mail to a consumer in New York City who has not agreed to e-mail: a letter or a call instead.',
      source: '6 RCNY 5-77(b), as amended, in force 1 September 2026',
      from: '2026-09-01',
      for: consumers,
      effect: { kind: 'block', what: ['email', 'statement'], unless: 'email_consent' },
    }),
    rule({
      id: 'us-nyc-opt-out',
      words: 'One word ends e-mail, free of charge.',
      source: '6 RCNY 5-77(b), as amended, in force 1 September 2026',
      from: '2026-09-01',
      for: consumers,
      effect: {
        kind: 'disclose',
        say: {
          part: 'stop',
          words:
            'To get no more e-mail at this address, reply “stop”. A person reads your reply and stops it.',
          when: 'always',
        },
      },
    }),
    rule({
      id: 'us-nyc-validation',
      words: 'A consumer is told how to have the debt validated, and gets its itemisation.',
      source: '6 RCNY 5-76, 5-77, as amended, in force 1 September 2026',
      from: '2026-09-01',
      doubt:
        'What a business that collects for itself must send is not checked at its source yet: off until confirmed. Every message lists its invoices and says how to object.',
      for: consumers,
      effect: { kind: 'off' },
    }),
    rule({
      id: 'us-nyc-records',
      words: 'Records of the contacts with a consumer are kept for three years.',
      source: '6 RCNY 5-77, as amended, in force 1 September 2026',
      from: '2026-09-01',
      doubt: 'The paragraph is not checked at its source yet; kept in any case.',
      for: consumers,
      effect: { kind: 'kept', by: 'the activity, which nobody can change or delete' },
    }),
  ],
};

/** Massachusetts: a creditor collecting its own debts is bound. */
export const usMa: Pack = {
  key: 'us-ma',
  name: 'Massachusetts',
  rules: [
    rule({
      id: 'us-ma-calls-week',
      words: 'At most two calls to a consumer at home in any seven days.',
      source: '940 CMR 7.04(1)(f)',
      for: consumers,
      effect: { kind: 'cap', channels: ['call'], days: 7, most: 2 },
    }),
    rule({
      id: 'us-ma-calls-month',
      // Whether a number is at home or elsewhere the ledger does not say: the stricter reading.
      words: 'At most two calls elsewhere than at home in any thirty days; any number may be elsewhere.',
      source: '940 CMR 7.04(1)(f)',
      for: consumers,
      effect: { kind: 'cap', channels: ['call'], days: 30, most: 2 },
    }),
    rule({
      id: 'us-ma-hours',
      words: 'Calls from 8:00 to 21:00 of the consumer’s time.',
      source: '940 CMR 7.04',
      for: consumers,
      effect: { kind: 'window', channels: ['call'], from: '08:00', to: '21:00', days: everyDay },
    }),
    rule({
      id: 'us-ma-threats',
      words:
        'No threat of what is not intended, no paper that looks like a court’s, no envelope that shows the debt.',
      source: '940 CMR 7.05 to 7.07',
      for: consumers,
      effect: { kind: 'kept', by: 'the tone check, the catalogue of consequences and the letter’s layout' },
    }),
  ],
};

/** Florida: "no person shall", creditors too. */
export const usFl: Pack = {
  key: 'us-fl',
  name: 'Florida',
  rules: [
    rule({
      id: 'us-fl-hours',
      words: 'No call between 21:00 and 8:00 of the consumer’s time.',
      source: 'Florida Statutes 559.72(17)',
      for: consumers,
      effect: { kind: 'window', channels: ['call'], from: '08:00', to: '21:00', days: everyDay },
    }),
    rule({
      id: 'us-fl-hours-email',
      // Since then e-mail is exempt from the hours; the house keeps its own.
      words: 'No e-mail between 21:00 and 8:00 of the consumer’s time.',
      source: 'Florida Statutes 559.72(17) before SB 232 (2025)',
      until: '2025-05-16',
      for: consumers,
      effect: {
        kind: 'window',
        channels: ['email', 'statement'],
        from: '08:00',
        to: '21:00',
        days: everyDay,
      },
    }),
  ],
};

/** Texas: whoever collects a consumer's debt is bound, creditors included. */
export const usTx: Pack = {
  key: 'us-tx',
  name: 'Texas',
  rules: [
    rule({
      id: 'us-tx-own-name',
      words: 'A consumer hears from the business under its true name only.',
      source: 'Texas Finance Code 392.304(a)(1)',
      doubt: 'The paragraph is not checked at its source yet: the stricter reading is taken.',
      for: consumers,
      effect: { kind: 'block', what: ['service_style'] },
    }),
  ],
};

/** California: the Rosenthal Act binds creditors. Trade credit is outside it (AB 1521, in force 1 January 2026). */
export const usCa: Pack = {
  key: 'us-ca',
  name: 'California',
  rules: [
    rule({
      id: 'us-ca-frequency',
      words:
        'Contacts with a consumer are not unreasonably frequent; Duly reads that as two in any seven days.',
      source: 'California Civil Code 1788.11 (Rosenthal Act)',
      doubt: 'The law names no number: the house cap for consumers is taken.',
      for: consumers,
      effect: { kind: 'cap', channels: allChannels, days: 7, most: 2 },
    }),
    rule({
      id: 'us-ca-proceedings',
      words: 'It is not said that proceedings will be started unless they will.',
      source: 'California Civil Code 1788.13 (Rosenthal Act)',
      for: consumers,
      effect: { kind: 'kept', by: 'the tone check and the catalogue of consequences' },
    }),
  ],
};

/** Pennsylvania: creditors are bound as collectors are. */
export const usPa: Pack = {
  key: 'us-pa',
  name: 'Pennsylvania',
  rules: [
    rule({
      id: 'us-pa-creditors',
      words: 'Who collects their own debts from consumers is bound as a collector is.',
      source: 'Pennsylvania Fair Credit Extension Uniformity Act (FCEUA)',
      doubt: 'Its sections are not checked at their source yet: what binds collectors is taken.',
      for: consumers,
      effect: { kind: 'kept', by: 'the rules for consumers in the United States' },
    }),
  ],
};
