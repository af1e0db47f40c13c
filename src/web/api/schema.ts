import { type TProperties, type TSchema, Type } from '@fastify/type-provider-typebox';
import type { Currency } from '../../domain/currency.ts';
import { type Day, parseDay } from '../../domain/day.ts';
import { holdScopes } from '../../domain/hold-kinds.ts';
import { UserError } from '../../platform/errors.ts';

/** Ids of the ledger; text without NUL, which the database can't hold. */
const WITHOUT_NUL = '^[^\\u0000]*$';
const UUID = '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$';

export const LedgerId = Type.String({
  minLength: 1,
  maxLength: 100,
  pattern: WITHOUT_NUL,
  description: 'The ledger’s own id.',
});
export const Uuid = Type.String({ pattern: UUID, description: 'An id given by Duly: a UUID in lower case.' });
export const Words = (maxLength: number, description: string) =>
  Type.String({ minLength: 1, maxLength, pattern: WITHOUT_NUL, description });
export const By = Type.Optional(Words(100, 'Who does this: a person’s name, kept in the activities.'));
export const DayText = Type.String({
  pattern: '^[12]\\d{3}-\\d{2}-\\d{2}$',
  description: 'A calendar day YYYY-MM-DD in the company’s time zone.',
});
export const Instant = Type.String({ format: 'date-time', description: 'An instant, ISO 8601 in UTC.' });
export const CurrencyCode = Type.String({ description: 'ISO 4217 code.' });
export const Money = Type.Object(
  { minor: Type.Integer(), currency: CurrencyCode },
  { description: 'An amount in integer minor units (cents, yen, fils) of its currency. Never a float.' },
);
export const Reasons = Type.Array(
  Type.Object({
    rule: Type.String({ description: 'The rule, for example R11.' }),
    words: Type.String({ description: 'One sentence with the figures used.' }),
    source: Type.Optional(Type.String({ description: 'Where a rule of law stands.' })),
  }),
);
export const HoldReasons = Type.Array(
  Type.Object({
    kind: Type.String(),
    rule: Type.String({ description: 'The rule, for example R10.' }),
    scope: Type.Enum([...holdScopes]),
    category: orNull(Type.String({ description: 'Of a dispute or a legal hold.' })),
    holdId: orNull(Type.String({ description: 'Null: it follows from the figures and ends with them.' })),
    by: Type.String({ description: 'Who set it; Duly: it follows from the figures.' }),
    since: Type.String({ description: 'Its first day, in the company’s time zone.' }),
    words: Type.String(),
    until: orNull(
      Type.String({ description: 'Its last day; null: until it is lifted or its cause is gone.' }),
    ),
  }),
);

export function orNull<T extends TSchema>(schema: T, description?: string) {
  return Type.Union([schema, Type.Null()], description === undefined ? {} : { description });
}

/** An input object: what is not in it is refused, so that a slip of the pen is not silently ignored. */
export function Input<T extends TProperties>(properties: T) {
  return Type.Object(properties, { additionalProperties: false });
}

/** Query of a list that is given page by page. */
export function PageQuery<T extends TProperties>(properties: T) {
  return Input({
    limit: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 500, description: 'How many at most; 100 if not given.' }),
    ),
    after: Type.Optional(
      Type.String({
        maxLength: 1_000,
        description: 'The `next` of the page before; absent: from the start.',
      }),
    ),
    ...properties,
  });
}

/** A page of a list. */
export function PageOf<T extends TSchema>(item: T) {
  return Type.Object({
    items: Type.Array(item),
    next: orNull(
      Type.String({ description: 'Send it as `after` for the next page; null: this was the last.' }),
    ),
  });
}

export const CompanyParams = Type.Object({ companyId: Uuid });

const ErrorBody = Type.Object(
  {
    error: Type.Object({
      code: Type.String({
        description: 'From a closed list: bad_input, not_signed_in, not_found, conflict, …',
      }),
      message: Type.String({ description: 'What happened.' }),
      action: Type.String({ description: 'What to do.' }),
    }),
  },
  { description: 'Nothing was changed.' },
);

/** The ways in which any request can fail. */
export const failures = { '4xx': ErrorBody, '5xx': ErrorBody } as const;

export function money(minor: number, currency: string): { minor: number; currency: string } {
  return { minor, currency: currency as Currency };
}

export function moneyOrNull(minor: number | null, currency: string) {
  return minor === null ? null : money(minor, currency);
}

export function iso(instant: Date): string {
  return instant.toISOString();
}

export function isoOrNull(instant: Date | null): string | null {
  return instant === null ? null : instant.toISOString();
}

/** A day that exists. Throws UserError bad_input for one that doesn't (`2026-02-30`). */
export function existingDay(text: string, field: string): Day {
  const day = parseDay(text);
  if (day !== null) return day;
  throw new UserError('bad_input', `${field} is not a day that exists: ${text}.`, 'Send a day YYYY-MM-DD.');
}
