import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { countryCode } from '../../../connectors/xero/countries.ts';
import { emailsIn } from '../../../connectors/xero/emails.ts';
import { noteText } from '../../../connectors/xero/note-text.ts';
import { waitSeconds } from '../../../connectors/xero/retry-after.ts';
import { ianaZone } from '../../../connectors/xero/zones.ts';

describe('a country as somebody typed it', () => {
  it.each([
    ['United States', 'US'],
    ['USA', 'US'],
    ['u.s.a.', 'US'],
    ['uk', 'GB'],
    ['England', 'GB'],
    ['New Zealand', 'NZ'],
    ['de', 'DE'],
    ['Deutschland', 'DE'],
    ['', null],
    ['zz', null],
    ['United', null],
    [null, null],
  ])('%s is %s', (written, code) => {
    expect(countryCode(written)).toBe(code);
  });
});

describe('a field for an address', () => {
  it.each([
    ['a@x.example', ['a@x.example']],
    ['a@x.example;b@y.example, A@X.EXAMPLE', ['a@x.example', 'b@y.example']],
    ['"Doe, Jo" <jo@x.example>', ['jo@x.example']],
    ['mailto:jo@x.example.', ['jo@x.example']],
    ['jo@localhost', []],
    ['jo@x..example', []],
    ['none', []],
    [null, []],
  ])('%s gives %j', (field, emails) => {
    expect(emailsIn(field)).toEqual(emails);
  });
});

describe('the words of Xero for time', () => {
  it('are unknown rather than guessed', () => {
    expect(ianaZone('NEWZEALANDSTANDARDTIME')).toBe('Pacific/Auckland');
    expect(ianaZone('MOONSTANDARDTIME')).toBeNull();
    expect(ianaZone(null)).toBeNull();
  });
});

describe('how long to wait after a 429', () => {
  const now = new Date('2026-11-20T00:00:00Z');
  it.each([
    [{ 'retry-after': '22' }, 22],
    [{ 'retry-after': ' 1.2 ' }, 2],
    [{ 'retry-after': 'Fri, 20 Nov 2026 00:00:30 GMT' }, 30],
    [{ 'retry-after': 'Fri, 20 Nov 2026 00:00:30 GMT', date: 'Fri, 20 Nov 2026 00:00:20 GMT' }, 10],
    [{ 'retry-after': 'Thu, 19 Nov 2026 00:00:30 GMT' }, 0],
    [{ 'x-rate-limit-problem': 'minute' }, 60],
    [{ 'x-rate-limit-problem': 'Day' }, 3600],
    [{ 'x-rate-limit-problem': 'concurrent' }, 1],
    [{ 'retry-after': 'soon' }, null],
    [{ 'retry-after': '-5' }, null],
    [{ 'retry-after': '-5', 'x-rate-limit-problem': 'minute' }, 60],
    [{ 'retry-after': '14400' }, 14_400],
    [{ 'retry-after': '99999999999' }, 7 * 86_400],
    [{}, null],
  ])('%j is %s', (headers, seconds) => {
    expect(waitSeconds(new Headers(headers as Record<string, string>), now)).toBe(seconds);
  });
});

describe('a note too long for Xero', () => {
  const marker = '[duly:t1:i1]';
  it('is left alone when it fits', () => {
    expect(noteText(`Reminder sent. ${marker}`, marker)).toBe(`Reminder sent. ${marker}`);
  });

  it('is cut at a word and keeps its marker, wherever that stood', () => {
    expect(noteText(`one two three four five six ${marker}`, marker, 25)).toBe(`one two… ${marker}`);
    expect(noteText(`${marker} one two three four five six`, marker, 25)).toBe(`${marker} one two…`);
  });

  it('never exceeds the limit, never loses the marker, never ends in half a character', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), fc.nat(200), (words, at) => {
        const whole = `${words.slice(0, at)}${marker}${words.slice(at)}`;
        const note = noteText(whole, marker, 60);
        expect(note.length).toBeLessThanOrEqual(60);
        expect(note).toContain(marker);
      }),
    );
    expect(noteText('😀'.repeat(60), marker, 40).isWellFormed()).toBe(true);
    expect(noteText('😀'.repeat(60), marker, 41).isWellFormed()).toBe(true);
  });
});
