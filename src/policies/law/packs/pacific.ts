import { allChannels, everybody, type Pack, persons, rule } from '../pack.ts';

const guideline = 'ACCC/ASIC Debt collection guideline (RG 96)';

/** Australia. The guideline looks at individuals: consumers and sole traders. */
export const au: Pack = {
  key: 'au',
  name: 'Australia',
  rules: [
    rule({
      id: 'au-week',
      words: 'At most three contacts with an individual in any seven days, over all channels.',
      source: `${guideline}, frequency of contact`,
      for: persons,
      effect: { kind: 'cap', channels: allChannels, days: 7, most: 3 },
    }),
    rule({
      id: 'au-month',
      words: 'At most ten contacts with an individual in any thirty days.',
      source: `${guideline}, frequency of contact`,
      for: persons,
      effect: { kind: 'cap', channels: allChannels, days: 30, most: 10 },
    }),
    rule({
      id: 'au-phone-hours',
      // Weekend calls (9 to 21) would be allowed; Duly's business days leave weekends alone.
      words: 'Calls Monday to Friday from 7:30 to 21:00 of the customer’s time.',
      source: `${guideline}, hours of contact`,
      for: persons,
      effect: { kind: 'window', channels: ['call'], from: '07:30', to: '21:00', days: [1, 2, 3, 4, 5] },
    }),
    rule({
      id: 'au-workplace',
      words: 'At work an individual is called on weekdays from 9:00 to 17:00 only.',
      source: `${guideline}, hours of contact`,
      doubt: 'Duly does not know which number is at work: off until confirmed.',
      for: persons,
      effect: { kind: 'off' },
    }),
    rule({
      id: 'au-holidays',
      words: 'No contact on national public holidays.',
      source: `${guideline}, hours of contact`,
      for: persons,
      effect: { kind: 'kept', by: 'the calendar of the customer’s country and region' },
    }),
    rule({
      id: 'au-own-name',
      words: 'An individual is not misled about who writes.',
      source: 'Australian Consumer Law (misleading conduct); RG 96',
      for: persons,
      effect: { kind: 'block', what: ['service_style'] },
    }),
  ],
};

/** New Zealand: no number in the law; the Australian caps are taken. */
export const nz: Pack = {
  key: 'nz',
  name: 'New Zealand',
  rules: [
    rule({
      id: 'nz-week',
      words: 'At most three contacts with an individual in any seven days.',
      source: 'Fair Trading Act 1986 s. 23 (no harassment)',
      doubt: 'The law names no number: the Australian guideline’s is taken.',
      for: persons,
      effect: { kind: 'cap', channels: allChannels, days: 7, most: 3 },
    }),
    rule({
      id: 'nz-month',
      words: 'At most ten contacts with an individual in any thirty days.',
      source: 'Fair Trading Act 1986 s. 23 (no harassment)',
      doubt: 'The law names no number: the Australian guideline’s is taken.',
      for: persons,
      effect: { kind: 'cap', channels: allChannels, days: 30, most: 10 },
    }),
    rule({
      id: 'nz-threats',
      words: 'It is not said that something will be filed unless it will.',
      source: 'Fair Trading Act 1986 s. 23',
      for: everybody,
      effect: { kind: 'kept', by: 'the tone check and the catalogue of consequences' },
    }),
  ],
};
