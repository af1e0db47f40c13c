import { describe, expect, it } from '@jest/globals';
import { checkDocument } from '../../src/policies/check-document.ts';
import { presets } from '../../src/policies/presets/presets.ts';

describe.each(Object.entries(presets))('the preset %s', (_key, preset) => {
  it('passes the check of policies without a warning', () => {
    expect(checkDocument(preset)).toEqual([]);
  });
});
