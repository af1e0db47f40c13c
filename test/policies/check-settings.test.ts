import { describe, expect, it } from '@jest/globals';
import { checkCustomerPolicy, checkDocument } from '../../src/policies/check-document.ts';
import { emailBody } from '../../src/policies/old-body.ts';
import type { PolicySettings } from '../../src/policies/policy.ts';
import { expectTold, type Told, tell, withSegments, withSettings } from './check-support.ts';

const fee = {
  kind: 'contract',
  yearlyRateBp: 1200,
  graceDays: 5,
  attestedBy: 'Dana',
  attestedOn: '2026-10-01',
} as const;

describe('SEQ-12: settings that cannot be are refused when saved', () => {
  it.each<[string, Partial<PolicySettings>, Told]>([
    ['no day', { sendDays: [] }, [['sendDays', /no day on which/]]],
    ['weekends only', { sendDays: [6, 7] }, [['sendDays', /business days in few countries/]]],
    ['an eighth weekday', { sendDays: [1, 8] }, [['sendDays', /no week has/]]],
    ['a weekday twice', { sendDays: [1, 1] }, [['sendDays', /named twice/]]],
    [
      'a window that ends first',
      { window: { from: '17:00', to: '09:00' } },
      [['window.to', /before it starts/]],
    ],
    [
      'a window without an end',
      { window: { from: '09:00', to: '09:00' } },
      [['window.to', /before it starts/]],
    ],
    [
      'no times',
      { window: { from: '9', to: '25:00' } },
      [
        ['window.from', /no time/],
        ['window.to', /no time/],
      ],
    ],
    ['a window at night', { window: { from: '19:00', to: '23:00' } }, [['window.from', /not half an hour/]]],
    [
      'a window of minutes',
      { window: { from: '09:00', to: '09:20' } },
      [['window.from', /not half an hour/]],
    ],
    ['no gap', { minGapBusinessDays: 0 }, [['minGapBusinessDays', /cannot be 0/]]],
    ['half a day of gap', { minGapBusinessDays: 3.5 }, [['minGapBusinessDays', /cannot be 3.5/]]],
    ['a gap for ever', { minGapBusinessDays: 31 }, [['minGapBusinessDays', /cannot be 31/]]],
    [
      'a rest for ever',
      { restAfterPaymentBusinessDays: 61 },
      [['restAfterPaymentBusinessDays', /cannot be/]],
    ],
    ['negative grace', { promiseGraceBusinessDays: -1 }, [['promiseGraceBusinessDays', /cannot be/]]],
    [
      'no contact at all',
      { caps: { perWeek: 0, perMonth: 0 } },
      [
        ['caps.perWeek', /0/],
        ['caps.perMonth', /0/],
      ],
    ],
    ['two calls a day', { caps: { perWeek: 8, perMonth: 20 } }, [['caps.perWeek', /cannot be 8/]]],
    ['caps that contradict', { caps: { perWeek: 4, perMonth: 3 } }, [['caps.perMonth', /no room for 4/]]],
    ['no currency', { minimumBalance: { XXY: 5 } }, [['minimumBalance.XXY', /not a currency/]]],
    ['an amount below 0', { worthACall: { USD: -1 } }, [['worthACall.USD', /below zero/]]],
    ['an unsafe amount', { worthALetter: { USD: 2 ** 60 } }, [['worthALetter.USD', /too large/]]],
    ['a fraction of a cent', { worthALetter: { USD: 1.5 } }, [['worthALetter.USD', /not whole/]]],
    [
      'a minimum that is a debt',
      { minimumBalance: { USD: 1_000_001 } },
      [['minimumBalance.USD', /too large/]],
    ],
    [
      'a statement on day 0',
      { statement: { forWhom: 'everybody', businessDay: 0 } },
      [['statement.businessDay', /0/]],
    ],
    [
      'a statement on day 21',
      { statement: { forWhom: 'nobody', businessDay: 21 } },
      [['statement.businessDay', /21/]],
    ],
    ['an unknown sequence', { sequence: 'loud' }, [['sequence', /no sequence “loud”/]]],
    [
      'a fee nobody attested',
      { lateFee: { ...fee, attestedBy: null, attestedOn: null } },
      [
        ['lateFee.attestedBy', /Nobody has stated/],
        ['lateFee.attestedOn', /not known when/],
      ],
    ],
    [
      'a fee attested on no day',
      { lateFee: { ...fee, attestedOn: '2026-02-30' } },
      [['lateFee.attestedOn', /when/]],
    ],
    ['a usurious fee', { lateFee: { ...fee, yearlyRateBp: 2401 } }, [['lateFee.yearlyRateBp', /24.01 %/]]],
    [
      'a fee without a rate',
      { lateFee: { ...fee, yearlyRateBp: null } },
      [['lateFee.yearlyRateBp', /needs its rate/]],
    ],
    [
      'a rate beside the law’s',
      { lateFee: { ...fee, kind: 'statutory' } },
      [['lateFee.yearlyRateBp', /of the law/]],
    ],
    [
      'a fee before it is late',
      { lateFee: { ...fee, graceDays: -1 } },
      [['lateFee.graceDays', /cannot be -1/]],
    ],
  ])('%s', (_name, settings, told) => {
    expectTold(tell(checkDocument(withSettings(settings)), 'refuse', 'settings.'), told);
    // a segment and a customer may not say it either
    expectTold(tell(checkDocument(withSegments({ settings })), 'refuse', 'segments.0.settings.'), told);
    const own = { segment: null, settings, paused: false };
    expectTold(tell(checkCustomerPolicy(own, emailBody), 'refuse', 'settings.'), told);
  });

  it.each<[string, Partial<PolicySettings>, Told]>([
    ['Saturdays', { sendDays: [1, 6] }, [['sendDays', /Saturdays/]]],
    [
      'hours that the law closes',
      { window: { from: '07:00', to: '17:00' } },
      [['window.from', /Before 08:00/]],
    ],
    ['a gap below the house’s', { minGapBusinessDays: 2 }, [['minGapBusinessDays', /kept anyway/]]],
    [
      'a rate above the usual',
      { lateFee: { ...fee, yearlyRateBp: 2000 } },
      [['lateFee.yearlyRateBp', /18 %/]],
    ],
  ])('warns of %s, and saves it', (_name, settings, told) => {
    const faults = checkDocument(withSettings(settings));
    expectTold(tell(faults, 'warn', 'settings.'), told);
    expect(tell(faults, 'refuse', '')).toEqual([]);
  });

  it('takes “do nothing”, the law’s own interest and the edges of every bound', () => {
    expect(
      checkDocument(
        withSettings({
          sequence: null,
          window: { from: '08:00', to: '18:00' },
          caps: { perWeek: 7, perMonth: 30 },
          statement: { forWhom: 'everybody', businessDay: 20 },
          lateFee: { ...fee, kind: 'statutory', yearlyRateBp: null },
        }),
      ),
    ).toEqual([]);
  });
});
