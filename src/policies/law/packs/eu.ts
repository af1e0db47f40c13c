import { businesses, consumers, type Pack, persons, rule } from '../pack.ts';

/** The European Union's base; what single countries add is not confirmed and stays off or takes the stricter reading. */
export const eu: Pack = {
  key: 'eu',
  name: 'European Union',
  rules: [
    rule({
      id: 'eu-interest-business-only',
      words: 'Interest and the fixed sum for late payment are for debts between businesses only.',
      source: 'Directive 2011/7/EU art. 1 and 2',
      for: persons,
      effect: { kind: 'block', what: ['interest'] },
    }),
    rule({
      id: 'eu-late-payment',
      words:
        'Between businesses: 8 % a year over the ECB’s reference rate of the half-year, and once €40. Single countries may allow more; Duly names the least.',
      source: 'Directive 2011/7/EU art. 2(6), 3, 6',
      doubt:
        'What single countries add (Germany 9 points, Ireland €70 and €100) is not checked at its source yet: left out.',
      for: businesses,
      effect: { kind: 'kept', by: 'the computing of interest' },
    }),
    rule({
      id: 'eu-consumer-consequences',
      words: 'No consequence is announced to a consumer: what may be, and at what cost, differs by country.',
      source: 'National laws on collection, for example NL WIK (a letter with fourteen days first), DE RDG',
      doubt: 'Neither is checked at its source yet: the stricter reading is taken, nothing is announced.',
      for: consumers,
      effect: { kind: 'block', what: ['consequence'] },
    }),
    rule({
      id: 'eu-consumer-final-days',
      words: 'A consumer is given at least fourteen days with a final notice.',
      source: 'NL WIK: a letter with fourteen days first',
      doubt:
        'Not checked at its source yet, and of one country: taken as the least for all, the stricter reading.',
      for: consumers,
      effect: { kind: 'deadline', stage: 'final', days: 14 },
    }),
    rule({
      id: 'eu-privacy-notice',
      words: 'The reader can find out how their data is used.',
      source: 'GDPR art. 13 and 14',
      doubt: 'Not checked at its source yet: off until confirmed.',
      enforce: 'disclose',
      for: consumers,
      effect: { kind: 'off' },
    }),
  ],
};
