import type { FastifyReply, FastifyRequest } from 'fastify';
import type { CompanyRow } from '../../companies/company.store.ts';
import { getConnection } from '../../companies/connection.store.ts';
import { localeOf } from '../../domain/locale.ts';
import type { Duly } from '../../platform/context.ts';
import { inCompany, inSystem } from '../../platform/db.ts';
import { standingCompanyHolds } from '../../receivables/company-holds.store.ts';
import { ownCompany } from '../company.plugin.ts';
import { takeFlash } from '../flash.ts';
import type { PageProps } from '../layout.view.tsx';
import type { SignedIn } from '../session.plugin.ts';
import { daysInWords } from '../words.ts';

/** What every signed-in page shows around its content. */
export interface Frame extends Required<Pick<PageProps, 'companies' | 'sandboxUrl' | 'flash'>> {
  readonly signedIn: SignedIn;
  readonly now: Date;
}

/** The frame of a company's pages, with what waits in it. */
export interface CompanyFrame extends Frame {
  readonly company: CompanyRow;
  readonly counts: { readonly approve: number; readonly todo: number; readonly problems: number };
  /** The state of the connection to the ledger; null: there never was one. */
  readonly connection: string | null;
  /** Why the whole company rests, as a person said it; null: it does not. */
  readonly paused: string | null;
}

export async function frameOf(
  duly: Duly,
  request: FastifyRequest,
  reply: FastifyReply,
  signedIn: SignedIn,
): Promise<Frame> {
  const companies = await inSystem(duly.db, (tx) =>
    tx
      .selectFrom('company')
      .select(['company_id', 'name'])
      .where('account_id', '=', signedIn.accountId)
      .orderBy('name')
      .limit(500)
      .execute(),
  );
  return {
    signedIn,
    companies,
    sandboxUrl: duly.config.sandbox.url,
    flash: takeFlash(request, reply),
    now: duly.clock.now(),
  };
}

export async function companyFrameOf(
  duly: Duly,
  request: FastifyRequest,
  reply: FastifyReply,
  access: { readonly signedIn: SignedIn; readonly company: CompanyRow },
): Promise<CompanyFrame> {
  const { company } = access;
  const [frame, found] = await Promise.all([
    frameOf(duly, request, reply, access.signedIn),
    inCompany(duly.db, company.company_id, async (tx) => {
      const waiting = await tx
        .selectFrom('touch')
        .select((eb) => [
          eb.fn.countAll<number>().filterWhere('state', '=', 'awaiting_approval').as('waiting'),
          eb.fn
            .countAll<number>()
            .filterWhere('channel', 'in', ['call', 'letter'])
            .filterWhere('state', '=', 'approved')
            .as('todo'),
        ])
        .where('company_id', '=', company.company_id)
        .where('state', 'in', ['awaiting_approval', 'approved'])
        .executeTakeFirst();
      const problems = await tx
        .selectFrom('problem')
        .select((eb) => eb.fn.countAll<number>().as('count'))
        .where('company_id', '=', company.company_id)
        .where('resolved_at', 'is', null)
        .executeTakeFirst();
      const counts = {
        approve: waiting?.waiting ?? 0,
        todo: waiting?.todo ?? 0,
        problems: problems?.count ?? 0,
      };
      const connection = (await getConnection(tx, company.company_id))?.state ?? null;
      const [paused] = await standingCompanyHolds(tx, company, duly.clock.now());
      const said = paused === undefined ? null : daysInWords(paused.words, localeOf(company.country));
      return { counts, connection, paused: said };
    }),
  ]);
  return { ...frame, company, ...found };
}

/**
 * The frame of the company in whose pages an address lies, for what has to be said there instead of a page. Null when
 * the address lies in none that the person's account owns, or when the frame itself can't be read.
 */
export async function companyFrameAround(
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<CompanyFrame | null> {
  const { signedIn, server } = request;
  const companyId = /^\/companies\/([^/?]+)/.exec(request.url)?.[1];
  if (signedIn === null || companyId === undefined) return null;
  try {
    const company = await ownCompany(server.duly.db, signedIn, companyId);
    return company && (await companyFrameOf(server.duly, request, reply, { signedIn, company }));
  } catch (error) {
    server.duly.log.warn({ err: error }, 'an error was told without the frame of its company');
    return null;
  }
}
