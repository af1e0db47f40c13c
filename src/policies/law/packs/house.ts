import { allChannels, businesses, everybody, momentary, type Pack, persons, rule } from '../pack.ts';

const frequency = 'Duly’s own rule, at or below the ACCC/ASIC guideline RG 96 and 12 CFR 1006.14(b)';
const thirdParty = '15 USC 1692a(6), 1692j; White v. Goodman, 200 F.3d 1016 (7th Cir. 2000)';
const usury = 'Late charges by contract: usury limits of US states (New York: 16 % civil, 25 % criminal)';

/** What Duly keeps everywhere, whatever a country allows. */
export const house: Pack = {
  key: 'house',
  name: 'Everywhere (Duly’s own rules)',
  rules: [
    rule({
      id: 'house-week-business',
      words: 'At most three contacts with a business in any seven days, over all channels and invoices.',
      source: frequency,
      for: businesses,
      effect: { kind: 'cap', channels: allChannels, days: 7, most: 3 },
    }),
    rule({
      id: 'house-month-business',
      words: 'At most eight contacts with a business in any thirty days.',
      source: frequency,
      for: businesses,
      effect: { kind: 'cap', channels: allChannels, days: 30, most: 8 },
    }),
    rule({
      id: 'house-week-person',
      words: 'At most two contacts with a consumer or sole trader in any seven days.',
      source: frequency,
      for: persons,
      effect: { kind: 'cap', channels: allChannels, days: 7, most: 2 },
    }),
    rule({
      id: 'house-month-person',
      words: 'At most six contacts with a consumer or sole trader in any thirty days.',
      source: frequency,
      for: persons,
      effect: { kind: 'cap', channels: allChannels, days: 30, most: 6 },
    }),
    rule({
      id: 'house-calls-week',
      words: 'At most two calls in any seven days.',
      source: 'Duly’s own rule, from Massachusetts 940 CMR 7.04(1)(f)',
      for: everybody,
      effect: { kind: 'cap', channels: ['call'], days: 7, most: 2 },
    }),
    rule({
      id: 'house-calls-day',
      words: 'One call a day at most.',
      source: 'Duly’s own rule',
      for: everybody,
      effect: { kind: 'cap', channels: ['call'], days: 1, most: 1 },
    }),
    rule({
      id: 'house-gap',
      words: 'Three business days at least between two contacts.',
      source: 'Duly’s own rule',
      for: everybody,
      effect: { kind: 'gap', businessDays: 3 },
    }),
    rule({
      id: 'house-hours-business',
      words: 'A business is contacted from 8:00 to 18:00 of its own time, in its country’s working week.',
      source: 'Duly’s own rule',
      for: businesses,
      effect: { kind: 'window', channels: momentary, from: '08:00', to: '18:00', days: 'working' },
    }),
    rule({
      id: 'house-hours-person',
      words: 'A consumer or sole trader is contacted from 8:00 to 20:00 of their own time.',
      source: 'Duly’s own rule, inside 12 CFR 1006.6(b)(1)',
      for: persons,
      effect: {
        kind: 'window',
        channels: momentary,
        from: '08:00',
        to: '20:00',
        days: [1, 2, 3, 4, 5, 6, 7],
      },
    }),
    rule({
      id: 'house-holidays',
      words: 'Nothing leaves on a public holiday of the customer’s region.',
      source: 'Duly’s own rule, from the ACCC/ASIC guideline RG 96',
      for: everybody,
      effect: { kind: 'kept', by: 'the calendar of the customer’s country and region' },
    }),
    rule({
      id: 'house-service-style',
      words:
        'A name that suggests a third party is for businesses only. Who is not known to be one counts as consumer and hears from the business itself.',
      source: thirdParty,
      for: persons,
      effect: { kind: 'block', what: ['service_style'] },
    }),
    rule({
      id: 'house-private',
      words: 'Nobody besides the customer hears of a private person’s debt: no superior is copied in.',
      source: '15 USC 1692d, taken as the house rule; FCA CONC 7 (no disclosure to third parties)',
      for: persons,
      effect: { kind: 'block', what: ['escalation_copy'] },
    }),
    rule({
      id: 'house-interest-person',
      words: 'No interest and no late fee is named to a consumer or sole trader.',
      source: 'Duly’s own rule; late-payment laws are for debts between businesses',
      for: persons,
      effect: { kind: 'block', what: ['interest'] },
    }),
    rule({
      id: 'house-interest-attested',
      words:
        'Interest by contract only if somebody stated, with name and date, that the signed terms say so.',
      source: 'Duly’s own rule: no interest without a basis',
      for: everybody,
      effect: { kind: 'kept', by: 'the computing of interest' },
    }),
    rule({
      id: 'house-interest-most',
      words: 'Interest by contract above 24 % a year is refused.',
      source: usury,
      for: everybody,
      effect: { kind: 'kept', by: 'the computing of interest' },
    }),
    rule({
      id: 'house-interest-high',
      words: 'Interest by contract above 18 % a year needs a second look.',
      source: usury,
      enforce: 'warn',
      for: everybody,
      effect: { kind: 'kept', by: 'the computing of interest' },
    }),
    rule({
      id: 'house-creditor',
      words: 'Every message names the business that is owed, with its address.',
      source: '15 USC 7704(a)(1); CASL s. 6(2)',
      doubt: 'Neither source is checked yet; the wording is carried everywhere.',
      for: everybody,
      effect: {
        kind: 'disclose',
        say: { part: 'creditor', words: '{creditor}, {address}', when: 'always' },
      },
    }),
    rule({
      id: 'house-acting-for',
      words: 'Every message says for whom it is sent.',
      source: 'Duly’s own rule',
      for: everybody,
      effect: {
        kind: 'disclose',
        say: { part: 'acting_for', words: 'This message is sent for {creditor}.', when: 'always' },
      },
    }),
    rule({
      id: 'house-dispute',
      words: 'Every message says how to object.',
      source: 'Duly’s own rule; Ferguson v British Gas [2009] EWCA Civ 46',
      for: everybody,
      effect: {
        kind: 'disclose',
        say: {
          part: 'dispute',
          words: 'Something wrong? Reply to this message and tell us what.',
          when: 'always',
        },
      },
    }),
    rule({
      id: 'house-stop',
      words: 'Every message says how to stop e-mail.',
      source: 'Duly’s own rule, from 12 CFR 1006.6(e)',
      for: everybody,
      effect: {
        kind: 'disclose',
        say: { part: 'stop', words: 'To get no more e-mail about this, reply “stop”.', when: 'always' },
      },
    }),
    rule({
      id: 'house-email-refused',
      words: 'No e-mail to anybody who asked for none: a letter or a call instead.',
      source: 'Duly’s own rule, from 12 CFR 1006.6(e)',
      for: everybody,
      effect: { kind: 'block', what: ['email', 'statement'], when: 'email_refused' },
    }),
    rule({
      id: 'house-contact',
      words: 'Every message names whom to call or write to.',
      source: 'Duly’s own rule',
      for: everybody,
      effect: {
        kind: 'disclose',
        say: { part: 'contact', words: 'Questions: {contact}', when: 'always' },
      },
    }),
    rule({
      id: 'house-service',
      words: 'Where the receivables service writes, it says what it is and what it is not.',
      source: thirdParty,
      for: everybody,
      effect: {
        kind: 'disclose',
        say: {
          part: 'service',
          words:
            '{service} is an accounts-receivable service acting for {creditor}. It has not bought this debt and is not a law firm or debt-collection agency.',
          when: 'service',
        },
      },
    }),
    rule({
      id: 'house-promotion',
      words: 'A reminder sells nothing.',
      source: 'CAN-SPAM (FTC guide: promotion can flip a transactional message); PECR',
      for: everybody,
      effect: { kind: 'kept', by: 'the tone check' },
    }),
    rule({
      id: 'house-threats',
      words: 'No agency, court or credit report is named except as a consequence that somebody approved.',
      source: '15 USC 1692e(5): no threat of action that is not intended',
      for: everybody,
      effect: { kind: 'kept', by: 'the tone check and the catalogue of consequences' },
    }),
  ],
};
