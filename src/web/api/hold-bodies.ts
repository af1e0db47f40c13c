import { Type } from '@fastify/type-provider-typebox';
import { disputeCategories, holdKinds, holdScopes, legalCategories } from '../../domain/hold-kinds.ts';
import { By, DayText, Input, LedgerId, orNull, Words } from './schema.ts';

/** What the requests that set a hold carry. */
export const Kind = Type.Enum([...holdKinds]);
export const Scope = Type.Enum([...holdScopes]);
const Reason = Words(500, 'Why, in a few words.');
const Amount = Type.Object(
  { minor: Type.Integer({ minimum: 1 }), currency: Type.String({ pattern: '^[A-Z]{3}$' }) },
  {
    additionalProperties: false,
    description:
      'In the currency of the invoice; for a customer in that of their balance. The amount in question of a dispute is at most what is open.',
  },
);

const DisputeCategory = Type.Enum([...disputeCategories], {
  description: 'What is disputed; other if not given.',
});
export const Category = Type.Enum([...disputeCategories, ...legalCategories], {
  description: 'Of a dispute (other if not given), or of a legal hold (it must be given).',
});

export const NewHoldBody = Input({
  kind: Kind,
  category: Type.Optional(Category),
  scope: Scope,
  customerId: Type.Optional(LedgerId),
  invoiceId: Type.Optional(LedgerId),
  reason: Reason,
  amount: Type.Optional(Amount),
  startsOn: Type.Optional(DayText),
  endsOn: Type.Optional(
    orNull(
      DayText,
      'The last day of the hold. Refused with the kinds reply and stopped: a person ends those.',
    ),
  ),
  reviewOn: Type.Optional(
    orNull(DayText, 'Until that day the customer needs nobody’s attention; on it, it is back in the lists.'),
  ),
  by: By,
});
export const DisputeBody = Input({
  invoiceId: LedgerId,
  category: Type.Optional(DisputeCategory),
  reason: Words(500, 'A note: what the customer says is wrong.'),
  amount: Type.Optional(Amount),
  by: By,
});
