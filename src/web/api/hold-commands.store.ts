import type { Static } from '@fastify/type-provider-typebox';
import { getCompany } from '../../companies/company.store.ts';
import { dayAt } from '../../domain/day.ts';
import { isOfAgreement } from '../../domain/hold-kinds.ts';
import type { Tx } from '../../platform/db.ts';
import { UserError } from '../../platform/errors.ts';
import { type NewHold, setHold } from '../../receivables/hold.store.ts';
import { actor } from './caller.plugin.ts';
import type { DisputeBody, NewHoldBody } from './hold-bodies.ts';
import { holdCurrency, readHold } from './holds.store.ts';
import { existingDay } from './schema.ts';

interface Amount {
  readonly minor: number;
  readonly currency: string;
}

/** Sets any hold; from today and until it is lifted where nothing else is said. Throws UserError. */
export async function addHold(tx: Tx, companyId: string, body: Static<typeof NewHoldBody>, now: Date) {
  const company = await getCompany(tx, companyId);
  const { kind, scope, customerId, invoiceId, reason, amount, startsOn, endsOn, reviewOn } = body;
  if (isOfAgreement(kind))
    throw new UserError(
      'bad_input',
      `A hold of the kind ${kind} belongs to an agreement.`,
      `Note the ${kind} itself at /${kind}s; it sets its holds and ends them.`,
    );
  if (scope === 'company' && (customerId !== undefined || invoiceId !== undefined))
    throw new UserError(
      'bad_input',
      'A hold of the whole company names no customer and no invoice.',
      'Leave them out, or choose the scope customer or invoice.',
    );
  const today = dayAt(now, company.time_zone);
  return await store(
    tx,
    companyId,
    {
      kind,
      category: body.category ?? null,
      scope,
      customerId: customerId ?? null,
      invoiceId: invoiceId ?? null,
      reason,
      setBy: actor(body.by),
      startsOn: startsOn === undefined ? today : existingDay(startsOn, 'startsOn'),
      endsOn: endsOn == null ? null : existingDay(endsOn, 'endsOn'),
      reviewOn: reviewOn == null ? null : existingDay(reviewOn, 'reviewOn'),
    },
    amount,
    now,
  );
}

/** R11: holds one invoice until somebody lifts it. Throws UserError. */
export async function addDispute(tx: Tx, companyId: string, body: Static<typeof DisputeBody>, now: Date) {
  const company = await getCompany(tx, companyId);
  const hold: NewHold = {
    kind: 'dispute',
    category: body.category ?? null,
    scope: 'invoice',
    invoiceId: body.invoiceId,
    reason: body.reason,
    setBy: actor(body.by),
    startsOn: dayAt(now, company.time_zone),
  };
  return await store(tx, companyId, hold, body.amount, now);
}

async function store(tx: Tx, companyId: string, hold: NewHold, amount: Amount | undefined, now: Date) {
  if (amount !== undefined) {
    const currency = await holdCurrency(tx, companyId, hold);
    if (currency !== null && currency !== amount.currency)
      throw new UserError(
        'bad_input',
        `The amount is in ${amount.currency}, but the balance is in ${currency}.`,
        `Send it in ${currency}.`,
      );
  }
  const holdId = await setHold(tx, companyId, { ...hold, amountMinor: amount?.minor ?? null }, now);
  return await readHold(tx, companyId, holdId, now);
}
