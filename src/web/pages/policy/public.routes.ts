import type { FastifyPluginAsync } from 'fastify';
import { dayAt, formatDay } from '../../../domain/day.ts';
import { localeOf } from '../../../domain/locale.ts';
import { getBrand, logoHash } from '../../../messages/brand.store.ts';
import { defaultBrand } from '../../../messages/brand.ts';
import type { Duly } from '../../../platform/context.ts';
import { inCompany, inSystem } from '../../../platform/db.ts';
import { UserError } from '../../../platform/errors.ts';
import { getDocument } from '../../../policies/document.store.ts';
import { policyInWords } from '../../../policies/words/policy-in-words.ts';
import { sendPage } from '../../render.ts';
import { isLinkInForce } from './link.store.ts';
import { companyOfToken } from './link-token.ts';
import { PublicPolicyPage } from './public.view.tsx';
import { readVersions } from './versions.store.ts';

/** Only our styles and the logo: no script, no form, no frame around it. */
const strict =
  "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'none'; frame-ancestors 'none'; base-uri 'none'";

/** P28: `/policy-of/{token}`, for anybody who has the address. */
export function publicPolicyRoutes(duly: Duly): FastifyPluginAsync {
  return async (app) => {
    app.get(
      '/policy-of/:token',
      { config: { rateLimit: { max: 60, timeWindow: '1 minute' } } },
      async (request, reply) => {
        const { token } = request.params as { token: string };
        const companyId = companyOfToken(token);
        const shown = companyId === null ? null : await readPublic(duly, companyId, token);
        if (shown === null)
          throw new UserError(
            'not_found',
            'There is no policy at this address.',
            'Ask the business that gave it to you.',
          );
        reply
          .header('content-security-policy', strict)
          .header('x-robots-tag', 'noindex, nofollow')
          .header('referrer-policy', 'no-referrer');
        return sendPage(reply, PublicPolicyPage(shown));
      },
    );
  };
}

/** Null: no such address, or it was taken back. Nothing tells the two apart. */
async function readPublic(duly: Duly, companyId: string, token: string) {
  const found = await inCompany(duly.db, companyId, async (tx) =>
    (await isLinkInForce(tx, companyId, token))
      ? { document: await getDocument(tx, companyId), brand: await getBrand(tx, companyId) }
      : null,
  );
  if (found === null) return null;
  const company = await inSystem(duly.db, (tx) =>
    tx.selectFrom('company').selectAll().where('company_id', '=', companyId).executeTakeFirstOrThrow(),
  );
  const locale = localeOf(company.country);
  const [latest] = await inCompany(duly.db, companyId, (tx) =>
    readVersions(tx, companyId, { limit: 1, timeZone: company.time_zone, locale }),
  );
  const brand =
    found.brand ?? defaultBrand({ ...company, postalAddress: company.postal_address }, company.name);
  const since = latest?.on ?? dayAt(duly.clock.now(), company.time_zone);
  return {
    brand,
    // whoever has set no brand up has named nobody to turn to
    sections: policyInWords(found.document, brand).slice(0, brand.contactEmail === '' ? -1 : undefined),
    since: formatDay(since, locale),
    logoUrl: brand.logo === null ? null : `/brand/${companyId}/logo/${logoHash(brand.logo)}`,
  };
}
