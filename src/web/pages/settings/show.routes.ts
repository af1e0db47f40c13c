import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Duly } from '../../../platform/context.ts';
import { inCompany } from '../../../platform/db.ts';
import { readCompanyHolds } from '../../../receivables/company-holds.store.ts';
import { countUnknownTypes } from '../../../receivables/debtor-type.store.ts';
import type { CompanyAccess } from '../../company.plugin.ts';
import type { Refused } from '../../refused.ts';
import { sendPage } from '../../render.ts';
import { companyFrameOf } from '../frame.store.ts';
import { SettingsPage } from './settings.view.tsx';

const zones = Intl.supportedValuesOf('timeZone');

/** Answers with the page of settings; a form that was refused stands in it as it was typed. */
export async function showSettings(
  duly: Duly,
  request: FastifyRequest,
  reply: FastifyReply,
  access: CompanyAccess,
  refused: Refused | null = null,
): Promise<FastifyReply> {
  const { company } = access;
  const frame = await companyFrameOf(duly, request, reply, access);
  const shown = await inCompany(duly.db, company.company_id, async (tx) => ({
    holds: await readCompanyHolds(tx, company, frame.now),
    unknown: company.all_businesses_at === null ? null : await countUnknownTypes(tx, company.company_id),
  }));
  return sendPage(reply, SettingsPage({ frame, zones, ...shown, refused }), refused?.status ?? 200);
}
