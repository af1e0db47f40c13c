import { expect, test } from '@jest/globals';
import { type HoldWish, mayHold, type Role, whoMayHold } from '../../src/companies/roles.ts';
import { type HoldKind, holdKinds, holdScopes } from '../../src/domain/hold-kinds.ts';

const roles: readonly Role[] = ['owner', 'accountant', 'bookkeeper', 'sales'];
const initials = (allowed: readonly Role[]): string => allowed.map((role) => role[0]).join('');
const who = (wish: HoldWish): string => initials(roles.filter((role) => mayHold(role, wish)));

/** Who may: o(wner), a(ccountant), b(ookkeeper), s(ales). Columns: set; lift another's; lift one's own. */
const table: Readonly<Record<HoldKind, { company: readonly string[]; narrower: readonly string[] }>> = {
  dispute: { company: ['oab', 'oab', 'oab'], narrower: ['oabs', 'oab', 'oabs'] },
  promise: { company: ['oab', 'oab', 'oab'], narrower: ['oabs', 'oab', 'oabs'] },
  plan: { company: ['oab', 'oab', 'oab'], narrower: ['oab', 'oab', 'oab'] },
  offer: { company: ['oab', 'oab', 'oab'], narrower: ['oab', 'oab', 'oab'] },
  pause: { company: ['oab', 'oab', 'oab'], narrower: ['oabs', 'oab', 'oabs'] },
  reply: { company: ['oab', 'oab', 'oab'], narrower: ['oabs', 'oab', 'oabs'] },
  stopped: { company: ['oab', 'oab', 'oab'], narrower: ['oabs', 'oab', 'oabs'] },
  legal: { company: ['oab', 'oa', 'oa'], narrower: ['oab', 'oa', 'oa'] },
  do_not_contact: { company: ['oab', 'oa', 'oa'], narrower: ['oab', 'oa', 'oa'] },
};

for (const kind of holdKinds) {
  test(`who may set and lift a hold of the kind ${kind}, in every role and scope`, () => {
    for (const scope of holdScopes) {
      const found = [
        who({ doing: 'set', kind, scope, own: false }),
        who({ doing: 'lift', kind, scope, own: false }),
        who({ doing: 'lift', kind, scope, own: true }),
      ];
      expect(found).toEqual(table[kind][scope === 'company' ? 'company' : 'narrower']);
    }
  });
}

test('whoever is refused is told who can', () => {
  const wish = { doing: 'lift', kind: 'legal', scope: 'customer', own: true } as const;
  expect(whoMayHold(wish)).toContain('owner or the accountant');
  expect(whoMayHold({ ...wish, kind: 'pause' })).toContain('what you set yourself');
  expect(whoMayHold({ ...wish, doing: 'set', kind: 'pause', scope: 'company' })).toContain('whole company');
  expect(whoMayHold({ ...wish, doing: 'set', kind: 'plan' })).toContain('agree');
  expect(whoMayHold({ ...wish, doing: 'set' })).toContain('set it');
});
