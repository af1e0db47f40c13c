import type { CompanyRow } from '../../../companies/company.store.ts';
import { formatDay } from '../../../domain/day.ts';
import { formatMoney } from '../../../domain/money.ts';
import type { Tx } from '../../../platform/db.ts';
import { UserError } from '../../../platform/errors.ts';
import type { AgreementKind } from '../../../receivables/agreements/agreement.ts';
import { makeOffer, makePlan, makePromise } from '../../../receivables/agreements/make.store.ts';
import { withdrawAgreement } from '../../../receivables/agreements/withdraw.store.ts';
import { requireMayHold } from '../../hold-rights.ts';
import type { SignedIn } from '../../session.plugin.ts';
import { counted } from '../../words.ts';
import type { FormGround, Read, Values } from './form.ts';
import { readPlan } from './read-plan.ts';
import { readOffer, readPromise } from './read-promise.ts';

interface Wish {
  readonly kind: AgreementKind;
  readonly customerId: string;
  readonly values: Values;
  readonly ground: FormGround;
  readonly signedIn: SignedIn;
}

/** Writes down what a form asks for; says what was done, or what is wrong with the form. Throws UserError. */
export async function agree(tx: Tx, company: CompanyRow, wish: Wish, now: Date): Promise<Read<string>> {
  const { kind, values, ground, customerId, signedIn } = wish;
  const by = { by: signedIn.personName, byPersonId: signedIn.personId };
  const { locale } = ground;
  if (kind === 'promise') {
    const read = readPromise(values, ground);
    if ('faults' in read) return read;
    const { promiseGrace: graceBusinessDays } = ground;
    await makePromise(tx, company, { ...read.ask, graceBusinessDays, customerId, ...by }, now);
    return {
      ask: `The promise is noted: ${formatDay(read.ask.date, locale)}. The books decide whether it is kept.`,
    };
  }
  if (kind === 'plan') {
    const read = readPlan(values, ground);
    if ('faults' in read) return read;
    const { saidBy: agreedWith, ...plan } = read.ask;
    await makePlan(tx, company, { ...plan, agreedWith, customerId, ...by }, now);
    return { ask: `The plan of ${counted(plan.instalments.length, 'instalment')} is agreed.` };
  }
  const read = readOffer(values, ground);
  if ('faults' in read) return read;
  await makeOffer(tx, company, { ...read.ask, customerId, ...by }, now);
  const { reducedMinor, currency, validUntil } = read.ask;
  return {
    ask: `The offer is noted: ${formatMoney(reducedMinor, currency, locale)} until ${formatDay(validUntil, locale)}. Tell the customer; Duly has not sent it.`,
  };
}

/** Ends an agreement if this person may; sales only a promise that they noted themselves. Throws UserError. */
export async function withdraw(
  tx: Tx,
  company: CompanyRow,
  agreementId: string,
  signedIn: SignedIn,
  reason: string,
  now: Date,
): Promise<string> {
  const row = await tx
    .selectFrom('agreement')
    .select(['kind', 'made_by_person'])
    .where('company_id', '=', company.company_id)
    .where('agreement_id', '=', agreementId)
    .executeTakeFirst();
  if (row === undefined)
    throw new UserError('not_found', 'There is no such agreement.', 'Open the page of the customer again.');
  const kind = row.kind as AgreementKind;
  requireMayHold(signedIn, {
    doing: 'lift',
    kind,
    scope: 'customer',
    own: row.made_by_person === signedIn.personId,
  });
  await withdrawAgreement(tx, company, agreementId, signedIn.personName, reason, now);
  return `The ${kind} is withdrawn. What happens next is worked out again now.`;
}
