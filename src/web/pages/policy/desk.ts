import type { FastifyReply, FastifyRequest } from 'fastify';
import type { CompanyRow } from '../../../companies/company.store.ts';
import type { Action } from '../../../companies/roles.ts';
import { dayAt } from '../../../domain/day.ts';
import { localeOf } from '../../../domain/locale.ts';
import type { Duly } from '../../../platform/context.ts';
import { inCompany, type Tx } from '../../../platform/db.ts';
import { UserError } from '../../../platform/errors.ts';
import type { PolicyBody, Sequence } from '../../../policies/document.ts';
import { type CompanyAccess, requireCompany } from '../../company.plugin.ts';
import { type CompanyFrame, companyFrameOf } from '../frame.store.ts';
import { changeDraft, openWorking, type Whose, type Working } from './draft.store.ts';
import type { Attester } from './fee-form.ts';

export const POLICY = '/companies/:companyId/policy';

/** What every page of the policy works with. */
export interface Desk {
  readonly access: CompanyAccess;
  readonly company: CompanyRow;
  readonly whose: Whose;
  readonly by: string;
  readonly now: Date;
  readonly locale: string;
  /** The address of the policy's pages. */
  readonly at: string;
}

/** Who asks about which company's policy. Throws as `requireCompany`. */
export async function deskOf(duly: Duly, request: FastifyRequest, action: Action): Promise<Desk> {
  const access = await requireCompany(request, action);
  const { company, signedIn } = access;
  return {
    access,
    company,
    whose: { companyId: company.company_id, personId: signedIn.personId },
    by: signedIn.personName,
    now: duly.clock.now(),
    locale: localeOf(company.country),
    at: `/companies/${company.company_id}/policy`,
  };
}

export interface Opened<T> {
  readonly frame: CompanyFrame;
  readonly working: Working;
  readonly found: T;
}

/** The working copy, the frame, and whatever else the page reads in the same transaction. */
export async function openDesk<T>(
  duly: Duly,
  request: FastifyRequest,
  reply: FastifyReply,
  desk: Desk,
  read: (tx: Tx, working: Working) => Promise<T>,
): Promise<Opened<T>> {
  const [working, found] = await inCompany(duly.db, desk.whose.companyId, async (tx) => {
    const opened = await openWorking(tx, desk.whose, desk.locale, await currenciesOf(tx, desk.company));
    return [opened, await read(tx, opened)] as const;
  });
  return { frame: await companyFrameOf(duly, request, reply, desk.access), working, found };
}

/** Changes the person's draft. */
export async function edit(
  duly: Duly,
  desk: Desk,
  change: (body: PolicyBody) => PolicyBody,
): Promise<PolicyBody> {
  return await inCompany(duly.db, desk.whose.companyId, (tx) =>
    changeDraft(tx, desk.whose, change, desk.now),
  );
}

/** Who states something in their own name, and on which day of the company. */
export function attesterOf({ by, now, company }: Desk): Attester {
  return { name: by, today: dayAt(now, company.time_zone) };
}

/** A part of the address. */
export function paramOf(request: FastifyRequest, name: string): string {
  return (request.params as Readonly<Record<string, string>>)[name] ?? '';
}

export function queryOf(request: FastifyRequest, name: string): string {
  const value = (request.query as Readonly<Record<string, unknown>>)[name];
  return typeof value === 'string' ? value.slice(0, 80) : '';
}

/** Throws UserError `not_found`. */
export function sequenceIn(body: PolicyBody, key: string): Sequence {
  const found = body.sequences.find((one) => one.key === key);
  if (found !== undefined) return found;
  throw new UserError('not_found', 'The policy has no such sequence.', 'Choose one from the policy’s page.');
}

/** The currencies that customers owe in, the company's own first. */
export async function currenciesOf(tx: Tx, company: CompanyRow): Promise<readonly string[]> {
  const owed = await tx
    .selectFrom('position')
    .select('currency')
    .distinct()
    .where('company_id', '=', company.company_id)
    .orderBy('currency')
    .execute();
  return [...new Set([company.base_currency, ...owed.map((row) => row.currency)])];
}
