import { describe, expect, test } from '@jest/globals';
import { debtorOf, type Family, familiesByDebtor } from '../../src/receivables/debtor.ts';
import { recipientOf } from '../../src/receivables/recipient.ts';

function families(
  ...rows: readonly (readonly [string, string | null, boolean?])[]
): ReadonlyMap<string, Family> {
  return new Map(
    rows.map(([customerId, parentId, billsWithParent = parentId !== null]) => [
      customerId,
      { customerId, parentId, billsWithParent },
    ]),
  );
}

describe('who is chased (R12)', () => {
  test('a sub-customer that bills with its parent is chased at the topmost parent, one that does not at itself', () => {
    const all = families(['top', null], ['middle', 'top'], ['leaf', 'middle'], ['own', 'top', false]);
    expect(['top', 'middle', 'leaf', 'own'].map((id) => debtorOf(id, all))).toEqual([
      'top',
      'top',
      'top',
      'own',
    ]);
    expect(familiesByDebtor(all)).toEqual(
      new Map([
        ['top', ['top', 'middle', 'leaf']],
        ['own', ['own']],
      ]),
    );
  });

  test('a parent that the books do not know, or a loop of parents, ends the walk', () => {
    expect(debtorOf('a', families(['a', 'gone']))).toBe('a');
    expect(debtorOf('a', families(['a', 'a']))).toBe('a');
    const loop = families(['a', 'b'], ['b', 'c'], ['c', 'a']);
    for (const id of ['a', 'b', 'c']) expect(loop.has(debtorOf(id, loop))).toBe(true);
    expect(debtorOf('unknown', loop)).toBe('unknown');
  });

  test('in a loop of parents everybody is chased alone, nobody for somebody else’s invoices', () => {
    const loop = families(['a', 'b'], ['b', 'a'], ['c', 'a']);
    for (const id of loop.keys()) expect(debtorOf(id, loop)).toBe(id);
  });
});

describe('who gets the mail (CON-04)', () => {
  const anna = { name: 'Anna Berg', email: 'anna@ridgeway.example', forInvoices: true };
  const tom = { name: 'Tom Reed', email: 'tom@ridgeway.example', forInvoices: false };
  const customer = {
    name: 'Ridgeway Interiors',
    firstName: 'Rita',
    emails: ['ap@ridgeway.example'],
    contacts: [tom, anna],
  };

  test('is where the ledger sends the oldest invoice', () => {
    expect(
      recipientOf(customer, [[], ['bills@ridgeway.example', 'cc@ridgeway.example'], ['x@ridgeway.example']]),
    ).toEqual({
      name: 'Ridgeway Interiors',
      firstName: 'Rita',
      email: 'bills@ridgeway.example',
    });
  });

  test('else the customer’s own address, else the first contact whom the ledger would send invoices, else nobody', () => {
    expect(recipientOf(customer, [])?.email).toBe('ap@ridgeway.example');
    expect(recipientOf({ ...customer, emails: [] }, [])).toEqual({
      name: 'Anna Berg',
      firstName: 'Anna',
      email: 'anna@ridgeway.example',
    });
    expect(recipientOf({ ...customer, emails: [], contacts: [tom] }, [])).toBeNull();
  });

  test('a contact without a name does not leave an empty greeting', () => {
    const nameless = { ...anna, name: '', email: 'AP@ridgeway.example' };
    expect(recipientOf({ ...customer, contacts: [nameless] }, [])).toEqual({
      name: 'Ridgeway Interiors',
      firstName: 'Rita',
      email: 'ap@ridgeway.example',
    });
  });
});
