import { describe, expect, it } from '@jest/globals';
import { callerOf } from '../../src/messages/caller.ts';
import { signerOf } from '../../src/messages/signer.ts';
import type { Sender } from '../../src/policies/step.ts';
import { larkspur } from './samples.ts';
import { withOwner } from './templates.ts';

const of = (brand: typeof larkspur | null, sender: Sender, style: 'own' | 'service' = 'own'): string =>
  callerOf(brand === null ? null : signerOf(brand, sender), sender, style).words;

describe('P5, P9: whose task a call is', () => {
  it('the bookkeeper’s, the owner’s or the service’s, by name where the brand names them', () => {
    expect(of(withOwner, 'bookkeeper')).toBe('Maria Lopez, bookkeeper');
    expect(of(withOwner, 'owner')).toBe('Ingrid Larsen, Owner');
    expect(of({ ...withOwner, ownerTitle: null }, 'owner')).toBe('Ingrid Larsen, owner');
    expect(of(withOwner, 'service', 'service')).toBe('Maria Lopez, calling for the service');
  });

  it('by their part where nobody is named', () => {
    expect(
      (['bookkeeper', 'owner', 'service'] as const).map((sender) => of(null, sender, 'service')),
    ).toEqual(['the bookkeeper', 'the owner', 'the service']);
    expect(of({ ...larkspur, contactName: ' ' }, 'bookkeeper')).toBe('the bookkeeper');
  });

  it('the contact’s, who signs for an owner that is not named, or where the law allows no service', () => {
    expect(of(larkspur, 'owner')).toBe('Maria Lopez, bookkeeper');
    expect(of(larkspur, 'service', 'own')).toBe('Maria Lopez, bookkeeper');
  });
});
