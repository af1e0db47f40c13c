import { allChannels, consumers, everybody, momentary, type Pack, rule } from '../pack.ts';

const provinces = 'Provincial collection acts (British Columbia binds any person)';
const notRead =
  'Provinces other than British Columbia are not checked at their source yet: the stricter reading is taken for all.';

/** Canada, all provinces alike. */
export const canada: Pack = {
  key: 'ca',
  name: 'Canada',
  rules: [
    rule({
      id: 'ca-week',
      words: 'At most three contacts with a consumer in any seven days.',
      source: provinces,
      doubt: notRead,
      for: consumers,
      effect: { kind: 'cap', channels: allChannels, days: 7, most: 3 },
    }),
    rule({
      id: 'ca-month',
      words: 'At most ten contacts with a consumer in any thirty days.',
      source: provinces,
      doubt: notRead,
      for: consumers,
      effect: { kind: 'cap', channels: allChannels, days: 30, most: 10 },
    }),
    rule({
      id: 'ca-hours-sundays',
      words: 'A consumer is contacted from 7:00 to 21:00 of their time, and never on a Sunday.',
      source: provinces,
      doubt: notRead,
      for: consumers,
      effect: { kind: 'window', channels: momentary, from: '07:00', to: '21:00', days: [1, 2, 3, 4, 5, 6] },
    }),
    rule({
      id: 'ca-holidays',
      words: 'No contact with a consumer on a public holiday.',
      source: provinces,
      doubt: notRead,
      for: consumers,
      effect: { kind: 'kept', by: 'the calendar of the customer’s country and region' },
    }),
    rule({
      id: 'ca-casl-identity',
      words: 'Every e-mail names who sends it and for whom, with an address.',
      source: 'CASL s. 6(2), (6)',
      doubt: 'The exemption for notices of a debt is not checked at its source yet, so it is not used.',
      for: everybody,
      effect: {
        kind: 'disclose',
        say: { part: 'creditor', words: '{creditor}, {address}', when: 'always' },
      },
    }),
    rule({
      id: 'ca-casl-stop',
      words: 'Every e-mail says how to get no more.',
      source: 'CASL s. 6(2)(c), 11',
      doubt: 'The exemption for notices of a debt is not checked at its source yet, so it is not used.',
      for: everybody,
      effect: {
        kind: 'disclose',
        say: { part: 'stop', words: 'To get no more e-mail about this, reply “stop”.', when: 'always' },
      },
    }),
    rule({
      id: 'ca-yearly-rate',
      words:
        'Interest named by the month or day is named by the year too; else 5 % a year is all that is owed.',
      source: 'Interest Act (R.S.C. 1985, c. I-15) s. 4',
      for: everybody,
      effect: {
        kind: 'disclose',
        say: { part: 'yearly_rate', words: 'Interest is {rate} % a year.', when: 'interest' },
      },
    }),
    rule({
      id: 'ca-court-form',
      words: 'No paper looks like a court’s.',
      source: 'British Columbia, Business Practices and Consumer Protection Act',
      for: everybody,
      effect: { kind: 'kept', by: 'the layouts and the tone check' },
    }),
  ],
};
