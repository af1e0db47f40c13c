import { businesses, consumers, everybody, type Pack, persons, rule } from '../pack.ts';

/** United Kingdom. */
export const uk: Pack = {
  key: 'uk',
  name: 'United Kingdom',
  rules: [
    rule({
      id: 'uk-letter-of-claim-days',
      words: 'An individual, sole traders included, is given at least thirty days with a final notice.',
      source: 'Pre-Action Protocol for Debt Claims',
      for: persons,
      effect: { kind: 'deadline', stage: 'final', days: 30 },
    }),
    rule({
      id: 'uk-letter-of-claim-papers',
      words:
        'A letter of claim to an individual needs its prescribed contents: information sheet, reply form, financial statement. Check that they are enclosed.',
      source: 'Pre-Action Protocol for Debt Claims, in force 1 October 2017',
      for: persons,
      effect: { kind: 'warn', stage: 'final' },
    }),
    rule({
      id: 'uk-letter-of-claim-court',
      // a final notice is no letter of claim: what the protocol prescribes has to be in it
      words:
        'No claim at court is announced to an individual: that takes a letter of claim with its prescribed contents, which Duly does not make.',
      source: 'Pre-Action Protocol for Debt Claims, in force 1 October 2017',
      for: persons,
      effect: { kind: 'block', what: ['court'] },
    }),
    rule({
      id: 'uk-company-days',
      words: 'A company is given at least fourteen days with a final notice.',
      source: 'Practice Direction Pre-Action Conduct',
      doubt:
        'The fourteen days are not checked at their source yet: taken as the least, the stricter reading.',
      for: businesses,
      effect: { kind: 'deadline', stage: 'final', days: 14 },
    }),
    rule({
      id: 'uk-official-look',
      words: 'No message looks official, and its frequency and manner alarm nobody.',
      source: 'Administration of Justice Act 1970 s. 40',
      for: everybody,
      effect: { kind: 'kept', by: 'the layouts, the tone check and the caps' },
    }),
    rule({
      id: 'uk-machine-no-excuse',
      words: 'An objection, “already paid” or “wrong person” stops everything automatic.',
      source: 'Protection from Harassment Act 1997; Ferguson v British Gas [2009] EWCA Civ 46',
      for: everybody,
      effect: { kind: 'kept', by: 'holds: disputes, replies and payments' },
    }),
    rule({
      id: 'uk-private',
      words: 'Nobody else is told of a consumer’s debt.',
      source: 'FCA CONC 7, adopted for all consumers',
      for: consumers,
      effect: { kind: 'block', what: ['escalation_copy'] },
    }),
    rule({
      id: 'uk-wishes',
      words:
        'A consumer’s wishes on when, where and how they are contacted are respected, and post is marked private.',
      source: 'FCA CONC 7.9',
      doubt:
        'It is for regulated credit, trade invoices are mostly outside, and single hours or numbers can’t be noted: off until confirmed. Who asks us to stop is not written to.',
      for: consumers,
      effect: { kind: 'off' },
    }),
    rule({
      id: 'uk-authority',
      words: 'Nobody claims an authority that they do not have.',
      source: 'FCA CONC 7.11, adopted for all consumers',
      for: consumers,
      effect: { kind: 'kept', by: 'the tone check and the layouts' },
    }),
    rule({
      id: 'uk-interest-business-only',
      words: 'Statutory interest and fixed sums are for debts between businesses only.',
      source: 'Late Payment of Commercial Debts (Interest) Act 1998 s. 2',
      for: persons,
      effect: { kind: 'block', what: ['interest'] },
    }),
    rule({
      id: 'uk-late-payment',
      words:
        'Between businesses: 8 % a year over the base rate of the half-year in which the debt became late, and once £40, £70 (from £1,000) or £100 (from £10,000).',
      source: 'Late Payment of Commercial Debts (Interest) Act 1998 s. 1, 5A; SI 2002/1675',
      for: businesses,
      effect: { kind: 'kept', by: 'the computing of interest' },
    }),
    rule({
      id: 'uk-invented-firm',
      words: 'No firm is invented to write in its name.',
      source: 'FCA, Wonga (2014): letters of law firms that did not exist',
      doubt: 'Not checked at its source yet; kept in any case.',
      for: everybody,
      effect: {
        kind: 'kept',
        by: 'the Brand page: a service’s name can’t be a law firm’s, an agency’s or a court’s',
      },
    }),
  ],
};
