import { describe, expect, test } from '@jest/globals';
import { asRole, may } from '../../src/companies/roles.ts';
import { guessTimeZone } from '../../src/companies/time-zone.ts';

describe('roles', () => {
  test('a sales rep sees and may stop a reminder, but releases and changes nothing', () => {
    expect(
      ['see', 'hold', 'approve', 'change_settings', 'connect'].map((each) => may('sales', each as 'see')),
    ).toEqual([true, true, false, false, false]);
  });

  test('an unknown role has the fewest rights', () => {
    expect(asRole('root')).toBe('sales');
  });
});

describe('the guess of a time zone', () => {
  test('goes by state where the country is wide, by country otherwise, and is UTC for an unknown one', () => {
    expect(guessTimeZone('US', 'OR')).toBe('America/Los_Angeles');
    expect(guessTimeZone('US', null)).toBe('America/New_York');
    expect(guessTimeZone('gb', null)).toBe('Europe/London');
    expect(guessTimeZone('XX', null)).toBe('UTC');
  });
});
