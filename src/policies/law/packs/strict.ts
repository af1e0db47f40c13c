import {
  allChannels,
  businesses,
  consumers,
  everybody,
  momentary,
  type Pack,
  persons,
  rule,
} from '../pack.ts';

const source =
  'Duly’s own rule: where the law is not known, the strictest of all packs, but for New York City’s consent to e-mail, which only an address there asks for';

/**
 * For a debtor whose country or type nobody knows, and countries without a pack of their own. A test holds it against each
 * other pack. The consent to e-mail that New York City asks for is left out: it is that city's alone, and would leave
 * nobody of an unknown type to write to.
 */
export const strict: Pack = {
  key: 'strict',
  name: 'Country or type not known',
  rules: [
    rule({
      id: 'strict-week',
      words: 'At most two contacts in any seven days.',
      source,
      for: persons,
      effect: { kind: 'cap', channels: allChannels, days: 7, most: 2 },
    }),
    rule({
      id: 'strict-month',
      words: 'At most six contacts in any thirty days.',
      source,
      for: persons,
      effect: { kind: 'cap', channels: allChannels, days: 30, most: 6 },
    }),
    rule({
      id: 'strict-calls',
      words: 'At most one call in any seven days.',
      source,
      for: consumers,
      effect: { kind: 'cap', channels: ['call'], days: 7, most: 1 },
    }),
    rule({
      id: 'strict-calls-month',
      words: 'At most two calls in any thirty days.',
      source,
      for: consumers,
      effect: { kind: 'cap', channels: ['call'], days: 30, most: 2 },
    }),
    rule({
      id: 'strict-call-days',
      words: 'Calls from Monday to Friday only.',
      source,
      for: persons,
      effect: { kind: 'window', channels: ['call'], from: '08:00', to: '20:00', days: [1, 2, 3, 4, 5] },
    }),
    rule({
      id: 'strict-hours',
      words: 'Contact from 8:00 to 20:00, never on a Sunday.',
      source,
      for: persons,
      effect: { kind: 'window', channels: momentary, from: '08:00', to: '20:00', days: [1, 2, 3, 4, 5, 6] },
    }),
    rule({
      id: 'strict-own-name',
      words: 'Messages come from the business itself.',
      source,
      for: persons,
      effect: { kind: 'block', what: ['service_style'] },
    }),
    rule({
      id: 'strict-private',
      words: 'Nobody else is copied in.',
      source,
      for: persons,
      effect: { kind: 'block', what: ['escalation_copy'] },
    }),
    rule({
      id: 'strict-interest',
      words: 'No interest is named: which law would allow it is not known.',
      source,
      for: persons,
      effect: { kind: 'block', what: ['interest'] },
    }),
    rule({
      id: 'strict-yearly-rate',
      words: 'Interest named by the month or day is named by the year too.',
      source,
      for: everybody,
      effect: {
        kind: 'disclose',
        say: { part: 'yearly_rate', words: 'Interest is {rate} % a year.', when: 'interest' },
      },
    }),
    rule({
      id: 'strict-consequences',
      words: 'No consequence is announced to a consumer: which law would allow it is not known.',
      source,
      for: consumers,
      effect: { kind: 'block', what: ['consequence'] },
    }),
    rule({
      id: 'strict-court',
      words: 'No claim at court is announced: what has to come before one is not known.',
      source,
      for: persons,
      effect: { kind: 'block', what: ['court'] },
    }),
    rule({
      id: 'strict-business-days',
      words: 'A final notice to a business gives at least fourteen days.',
      source,
      for: businesses,
      effect: { kind: 'deadline', stage: 'final', days: 14 },
    }),
    rule({
      id: 'strict-final-days',
      words: 'A final notice gives at least thirty days.',
      source,
      for: persons,
      effect: { kind: 'deadline', stage: 'final', days: 30 },
    }),
    rule({
      id: 'strict-opt-out',
      words: 'Every message says how to stop e-mail to this address.',
      source,
      for: everybody,
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
  ],
};
