import { randomUUID } from 'node:crypto';
import type { Role } from '../../src/companies/roles.ts';
import { startSession } from '../../src/companies/session.store.ts';
import { inSystem } from '../../src/platform/db.ts';
import { now, type TestServer } from './api-support.ts';

export interface SignedInPerson {
  readonly name: string;
  /** The session cookie as a browser sends it. */
  readonly cookie: string;
  get(address: string): Promise<{ readonly status: number; readonly html: string }>;
  /** Posts a form with the session's token; follows nothing. */
  post(
    address: string,
    fields: Readonly<Record<string, string | readonly string[]>>,
  ): Promise<{ readonly status: number; readonly html: string; readonly location: string | null }>;
}

/** Somebody of the company's account, signed in with this role. */
export async function signIn(server: TestServer, companyId: string, role: Role): Promise<SignedInPerson> {
  const name = `Ann the ${role}`;
  const value = await inSystem(server.duly.db, async (tx) => {
    const { account_id: accountId } = await tx
      .selectFrom('company')
      .select('account_id')
      .where('company_id', '=', companyId)
      .executeTakeFirstOrThrow();
    const personId = randomUUID();
    await tx
      .insertInto('person')
      .values({ person_id: personId, name, email: `${role}@larkspur.test`, created_at: now })
      .execute();
    await tx
      .insertInto('membership')
      .values({ account_id: accountId, person_id: personId, role, created_at: now })
      .execute();
    return await startSession(tx, { personId, accountId }, now, 14);
  });
  const cookie = `duly_session=${value}`;
  const get = async (address: string) => {
    const answer = await server.app.inject({ url: address, headers: { cookie } });
    return { status: answer.statusCode, html: answer.body };
  };
  return {
    name,
    cookie,
    get,
    async post(address, fields) {
      const { html } = await get('/companies');
      const body = new URLSearchParams({ _csrf: /name="_csrf" value="([^"]+)"/.exec(html)?.[1] ?? '' });
      for (const [field, values] of Object.entries(fields))
        for (const each of [values].flat()) body.append(field, String(each));
      const answer = await server.app.inject({
        method: 'POST',
        url: address,
        headers: { cookie, 'content-type': 'application/x-www-form-urlencoded' },
        payload: body.toString(),
      });
      const location = answer.headers.location;
      return {
        status: answer.statusCode,
        html: answer.body,
        location: typeof location === 'string' ? location : null,
      };
    },
  };
}
