import { consumers, everybody, momentary, type Pack, rule } from '../pack.ts';

/** United States, federal. Regulation F binds collectors, not creditors: kept as a house standard for consumers. */
export const us: Pack = {
  key: 'us',
  name: 'United States',
  rules: [
    rule({
      id: 'us-own-name',
      words: 'A consumer hears from the business under its own name only.',
      source: '15 USC 1692a(6), 1692j',
      for: consumers,
      effect: { kind: 'block', what: ['service_style'] },
    }),
    rule({
      id: 'us-form',
      words: 'No wording makes it look as if somebody else collected the debt.',
      source: '15 USC 1692j; White v. Goodman, 200 F.3d 1016 (7th Cir. 2000)',
      for: everybody,
      effect: { kind: 'kept', by: 'the tone check' },
    }),
    rule({
      id: 'us-calls',
      words: 'At most seven calls to a consumer in any seven days.',
      source: '12 CFR 1006.14(b)(2)(i)(A)',
      for: consumers,
      effect: { kind: 'cap', channels: ['call'], days: 7, most: 7 },
    }),
    rule({
      id: 'us-after-talk',
      // Which calls ended in a talk is a person's note, so that each counts as one: the stricter reading.
      words:
        'After a talk on the phone a consumer is left alone for seven days; each call made counts as one.',
      source: '12 CFR 1006.14(b)(2)(i)(B)',
      for: consumers,
      effect: { kind: 'cap', channels: ['call'], days: 7, most: 1 },
    }),
    rule({
      id: 'us-hours',
      words: 'A consumer is contacted from 8:00 to 21:00 of their time, in every zone they may be in.',
      source: '15 USC 1692c(a)(1); 12 CFR 1006.6(b)(1)',
      doubt:
        'That e-mail counts when it is sent is not checked at its source yet: taken so, the stricter reading.',
      for: consumers,
      effect: {
        kind: 'window',
        channels: momentary,
        from: '08:00',
        to: '21:00',
        days: [1, 2, 3, 4, 5, 6, 7],
      },
    }),
    rule({
      id: 'us-opt-out',
      words: 'Every e-mail to a consumer says how to stop e-mail to this address.',
      source: '12 CFR 1006.6(e)',
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
      id: 'us-private',
      words: 'Nobody else is copied in on a consumer’s debt.',
      source: '15 USC 1692d',
      doubt: 'The text is not checked at its source yet: the stricter reading is taken.',
      for: consumers,
      effect: { kind: 'block', what: ['escalation_copy'] },
    }),
    rule({
      id: 'us-interest-consumer',
      words: 'Interest is not asked of a consumer: usury limits differ by state.',
      source: 'State usury laws; terms agreed before the work',
      for: consumers,
      effect: { kind: 'block', what: ['interest'] },
    }),
    rule({
      id: 'us-sender',
      words: 'The message names the business that started it; its header and subject are true.',
      source: '15 USC 7702(17), 7704(a)(1) (CAN-SPAM)',
      doubt: 'The paragraphs are not checked at their source yet; FTC guide read. Kept in any case.',
      for: everybody,
      effect: {
        kind: 'disclose',
        say: { part: 'creditor', words: '{creditor}, {address}', when: 'always' },
      },
    }),
    rule({
      id: 'us-work-email',
      words: 'A consumer’s debt is not written about to an address at work.',
      source: '12 CFR 1006.22(f)(3)',
      doubt:
        'Not checked at its source yet, and Duly does not know which address is at work: off until confirmed.',
      enforce: 'warn',
      for: consumers,
      effect: { kind: 'off' },
    }),
    rule({
      id: 'us-time-barred',
      words: 'A debt that is too old to sue for is not written about as if one could.',
      source: '12 CFR 1006.26',
      doubt:
        'Not checked at its source yet, and the years differ by state: off until confirmed. No preset speaks of suing.',
      enforce: 'warn',
      for: consumers,
      effect: { kind: 'off' },
    }),
    rule({
      id: 'us-refused-ways',
      words: 'Who refuses a way of contact is not contacted by it.',
      source: '12 CFR 1006.14(h)',
      doubt:
        'Not checked at its source yet. Of single ways only e-mail can be refused on its own; for a call or a letter everything is stopped, the stricter reading.',
      for: consumers,
      effect: { kind: 'kept', by: 'what a person notes on the customer’s page when they asked us to stop' },
    }),
    rule({
      id: 'us-voicemail',
      words: 'A voicemail names no debt: only who calls, that they ask for a call back, and the number.',
      source: '12 CFR 1006.2(j) (limited-content message)',
      doubt:
        'The content is not checked at its source yet, and the call sheet has no words for a voicemail: off until confirmed.',
      for: consumers,
      effect: { kind: 'off' },
    }),
    rule({
      id: 'us-records',
      words: 'What was done about a debt stays on record for three years after the last of it.',
      source: '12 CFR 1006.100',
      doubt: 'Not checked at its source yet; kept in any case.',
      for: consumers,
      effect: { kind: 'kept', by: 'the activity, which nobody can change or delete' },
    }),
    rule({
      id: 'us-tcpa',
      words: 'Nobody is called by a machine or texted who has not agreed to it.',
      source: '47 USC 227 (TCPA)',
      doubt: 'Not checked at its source yet; kept in any case.',
      for: everybody,
      effect: { kind: 'kept', by: 'Duly itself: people make the calls, and there are no texts' },
    }),
  ],
};
