import { Type } from '@fastify/type-provider-typebox';
import type { Announcement } from '../../dunning/announcements/announcement.ts';
import { announcementStates } from '../../dunning/announcements/announcement.ts';
import {
  type Consequence,
  type ConsequenceKind,
  clauseOf,
  consequenceKinds,
  consequenceName,
  usualDoing,
} from '../../policies/consequences/consequence.ts';
import { CurrencyCode, DayText, orNull, Uuid } from './schema.ts';

/** What the answers about consequences carry (P8). */
export const Kind = Type.Enum([...consequenceKinds]);

export const wanted = {
  ownerName: Type.String({ maxLength: 120, description: 'Who answers for it being done.' }),
  ownerEmail: orNull(Type.String({ maxLength: 254 })),
  leadDays: Type.Integer({ description: 'Calendar days after the last day given to pay, 1 to 180.' }),
  doing: Type.String({ maxLength: 500, description: 'What doing it means, for whoever does it.' }),
  active: Type.Boolean({ description: 'False: it is not announced any more.' }),
};

export const ConsequenceBody = Type.Object({
  kind: Kind,
  name: Type.String(),
  clause: Type.String({ description: 'What the customer reads after “from ‹day›”.' }),
  ...wanted,
  leadDays: orNull(wanted.leadDays),
  approvedBy: orNull(Type.String({ description: 'Null: nobody approved it, so it can’t be announced.' })),
  approvedOn: orNull(DayText),
});

export const AnnouncementBody = Type.Object({
  announcementId: Uuid,
  kind: Kind,
  name: Type.String(),
  customerId: Type.String(),
  caseId: Uuid,
  touchId: Uuid,
  currency: CurrencyCode,
  clause: Type.String({ description: 'As the customer read it.' }),
  announcedOn: DayText,
  actOn: DayText,
  ownerName: Type.String(),
  doing: Type.String(),
  state: Type.Enum([...announcementStates]),
  settledOn: orNull(DayText),
  settledBy: orNull(Type.String()),
  note: orNull(Type.String()),
});

/** An entry of the catalogue; of a kind that nobody approved yet, what its form begins with. */
export function consequenceBody(kind: ConsequenceKind, entry: Consequence | undefined) {
  return {
    kind,
    name: consequenceName(kind),
    clause: clauseOf(kind),
    ownerName: entry?.ownerName ?? '',
    ownerEmail: entry?.ownerEmail ?? null,
    leadDays: entry?.leadDays ?? null,
    doing: entry?.doing ?? usualDoing(kind),
    active: entry?.active ?? false,
    approvedBy: entry?.approvedBy ?? null,
    approvedOn: entry?.approvedOn ?? null,
  };
}

export function announcementBody({ words, ...row }: Announcement) {
  return { ...row, name: consequenceName(row.kind), clause: words };
}
