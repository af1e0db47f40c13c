import { describe, expect, it } from '@jest/globals';
import { checkCustomerPolicy, checkDocument } from '../../src/policies/check-document.ts';
import type { Segment } from '../../src/policies/document.ts';
import { emailBody } from '../../src/policies/old-body.ts';
import { expectTold, type Told, tell, withSegments } from './check-support.ts';

describe('SEQ-12: segments that cannot be are refused when saved', () => {
  it.each<[string, Partial<Segment>, Told]>([
    ['no key', { key: '' }, [['key', /no usable key/]]],
    ['no name', { name: '' }, [['name', /needs a name/]]],
    ['more than all', { when: { latePercentAtLeast: 101 } }, [['when.latePercentAtLeast', /101/]]],
    [
      'an empty range',
      { when: { latePercentAtLeast: 50, latePercentAtMost: 40 } },
      [['when.latePercentAtMost', /nothing/]],
    ],
    [
      'an empty range of days',
      { when: { averageDaysLateAtLeast: 5, averageDaysLateAtMost: 4 } },
      [['when.averageDaysLateAtMost', /nothing/]],
    ],
    ['a fraction of an invoice', { when: { invoicesAtMost: 0.5 } }, [['when.invoicesAtMost', /0.5/]]],
    [
      'fewer broken promises than more',
      { when: { brokenPromisesAtLeast: 2, brokenPromisesAtMost: 1 } },
      [['when.brokenPromisesAtMost', /nothing/]],
    ],
    ['less than no promise', { when: { brokenPromisesAtLeast: -1 } }, [['when.brokenPromisesAtLeast', /-1/]]],
    ['no amount', { when: { openAtLeast: {} } }, [['when.openAtLeast', /names no amount/]]],
    ['no currency', { when: { openAtLeast: { US: 5 } } }, [['when.openAtLeast.US', /not a currency/]]],
    ['no type', { when: { debtorTypes: [] } }, [['when.debtorTypes', /no type/]]],
    ['no group', { when: { groups: [] } }, [['when.groups', /no group/]]],
    ['an empty group', { when: { groups: [''] } }, [['when.groups.0', /needs a name/]]],
    [
      'by hand and by rule',
      { when: { byHandOnly: true, invoicesAtMost: 1 } },
      [['when.byHandOnly', /by hand/]],
    ],
  ])('%s', (_name, segment, told) => {
    expectTold(tell(checkDocument(withSegments(segment)), 'refuse', 'segments.0.'), told);
  });

  it('refuses two of one key, and one for everybody before others', () => {
    expectTold(tell(checkDocument(withSegments({}, {})), 'refuse', 'segments.'), [['1.key', /same key/]]);
    expectTold(tell(checkDocument(withSegments({ when: {} }, { key: 'b' })), 'refuse', 'segments.'), [
      ['0.when', /for everybody/],
    ]);
    expect(checkDocument(withSegments({}, { key: 'b', when: {} }))).toEqual([]);
  });

  it('a customer may not be put into a segment that does not exist', () => {
    const faults = checkCustomerPolicy({ segment: 'vip', settings: {}, paused: false }, emailBody);
    expectTold(tell(faults, 'refuse', ''), [['segment', /no segment “vip”/]]);
  });
});
