import type { FastifyPluginAsync } from 'fastify';
import type { CompanyRow } from '../../../companies/company.store.ts';
import { dayAt } from '../../../domain/day.ts';
import { getBrand, logoHash, saveBrand } from '../../../messages/brand.store.ts';
import { type Brand, type BrandInput, checkBrand, defaultBrand } from '../../../messages/brand.ts';
import { isColour } from '../../../messages/colour.ts';
import { composeReminder } from '../../../messages/compose.ts';
import type { Duly } from '../../../platform/context.ts';
import { inCompany } from '../../../platform/db.ts';
import { UserError } from '../../../platform/errors.ts';
import { addJob } from '../../../platform/jobs.ts';
import { requireCompany } from '../../company.plugin.ts';
import { redirectSaying } from '../../flash.ts';
import { fieldOf, isId } from '../../form-fields.ts';
import { sendMailHtml, sendNoMail } from '../../raw-mail.ts';
import { sendPage } from '../../render.ts';
import { companyFrameOf } from '../frame.store.ts';
import { BrandPage } from './brand.view.tsx';
import { sampleReminder } from './sample.ts';

const PATH = '/companies/:companyId/brand';

/** The brand: form, samples, and the logo's public address that mails point at. */
export function brandRoutes(duly: Duly): FastifyPluginAsync {
  const brandOf = async (company: CompanyRow, personName: string): Promise<Brand> => {
    const saved = await inCompany(duly.db, company.company_id, (tx) => getBrand(tx, company.company_id));
    return saved ?? defaultBrand({ ...company, postalAddress: company.postal_address }, personName);
  };
  return async (app) => {
    app.get(PATH, async (request, reply) => {
      const access = await requireCompany(request, 'see');
      const brand = await brandOf(access.company, access.signedIn.personName);
      const frame = await companyFrameOf(duly, request, reply, access);
      return sendPage(reply, BrandPage({ frame, brand, faults: [] }));
    });

    app.post(PATH, async (request, reply) => {
      const access = await requireCompany(request, 'change_settings');
      const { company, signedIn } = access;
      const before = await brandOf(company, signedIn.personName);
      const input = inputOf(request.body, before);
      const checked = checkBrand(input);
      if (!checked.ok) {
        const frame = await companyFrameOf(duly, request, reply, access);
        const page = BrandPage({
          frame,
          brand: shownAgain(input, before),
          faults: checked.faults,
        });
        return sendPage(reply, page, 400);
      }
      await inCompany(duly.db, company.company_id, async (tx) => {
        await saveBrand(tx, company.company_id, checked.brand, signedIn.personName, duly.clock.now());
        // reminders that wait already are written in the new style
        await addJob(tx, 'reconcile', { companyId: company.company_id });
      });
      return redirectSaying(reply, `/companies/${company.company_id}/brand`, 'The brand is saved.');
    });

    app.get(`${PATH}/preview/:style`, async (request, reply) => {
      const { company, signedIn } = await requireCompany(request, 'see');
      const style = (request.params as { style: string }).style === 'service' ? 'service' : 'own';
      const saved = await brandOf(company, signedIn.personName);
      const brand = withTyped(saved, request.query);
      const logoUrl = brand.logo === null ? null : logoAddress(duly, company.company_id, brand);
      try {
        const today = dayAt(duly.clock.now(), company.time_zone);
        const { html } = await composeReminder(sampleReminder(company, brand, style, today, logoUrl));
        return sendMailHtml(reply, html, new URL(duly.config.baseUrl).origin);
      } catch (error) {
        if (!(error instanceof RangeError)) throw error;
        return sendNoMail(
          reply,
          'The sample appears when the brand has a name, a contact and a postal address.',
        );
      }
    });

    // public: mail programs fetch it; the name of its content keeps it from being guessed or going stale
    app.get('/brand/:companyId/logo/:hash', async (request, reply) => {
      const { companyId, hash } = request.params as { companyId: string; hash: string };
      const brand = isId(companyId)
        ? await inCompany(duly.db, companyId, (tx) => getBrand(tx, companyId))
        : null;
      if (brand?.logo == null || logoHash(brand.logo) !== hash)
        throw new UserError('not_found', 'There is no such picture.', 'Open the e-mail again.');
      return reply
        .header('cache-control', 'public, max-age=31536000, immutable')
        .header('cross-origin-resource-policy', 'cross-origin')
        .type(brand.logo.type)
        .send(Buffer.from(brand.logo.bytes, 'base64'));
    });
  };
}

function logoAddress(duly: Duly, companyId: string, brand: Brand): string | null {
  return brand.logo === null
    ? null
    : `${duly.config.baseUrl}/brand/${companyId}/logo/${logoHash(brand.logo)}`;
}

/** The brand as it is being typed, where what is typed so far can be used; nothing of it is kept. */
function withTyped(saved: Brand, query: unknown): Brand {
  if (fieldOf(query, 'typed', 5) !== 'yes') return saved;
  const checked = checkBrand({ ...inputOf(query, saved), logo: saved.logo });
  return checked.ok ? checked.brand : saved;
}

/** The posted fields; without a new file the logo stays, unless it is to go. */
function inputOf(body: unknown, before: Brand): BrandInput {
  const file = typeof body === 'object' && body !== null && 'logo' in body ? body.logo : undefined;
  const fresh = Buffer.isBuffer(file) && file.length > 0 ? { bytes: file.toString('base64') } : null;
  return {
    name: fieldOf(body, 'name', 300),
    colour: fieldOf(body, 'colour', 20),
    logo: fresh ?? (fieldOf(body, 'noLogo', 5) === 'yes' ? null : before.logo),
    style: fieldOf(body, 'style', 20),
    serviceName: fieldOf(body, 'serviceName', 300),
    contactName: fieldOf(body, 'contactName', 300),
    contactEmail: fieldOf(body, 'contactEmail', 300),
    contactPhone: fieldOf(body, 'contactPhone', 100),
    ownerName: fieldOf(body, 'ownerName', 300),
    ownerEmail: fieldOf(body, 'ownerEmail', 300),
    ownerTitle: fieldOf(body, 'ownerTitle', 300),
    postalAddress: fieldOf(body, 'postalAddress', 1000),
    waysToPay: fieldOf(body, 'waysToPay', 3000),
  };
}

/** What was typed, so that nothing has to be typed again. */
function shownAgain(input: BrandInput, before: Brand): Brand {
  const text = (value: unknown): string => (typeof value === 'string' ? value : '');
  return {
    ...before,
    name: text(input.name),
    colour: isColour(input.colour) ? input.colour : before.colour,
    style: input.style === 'service' ? 'service' : 'own',
    serviceName: text(input.serviceName),
    contactName: text(input.contactName),
    contactEmail: text(input.contactEmail),
    contactPhone: text(input.contactPhone),
    ownerName: text(input.ownerName),
    ownerEmail: text(input.ownerEmail),
    ownerTitle: text(input.ownerTitle),
    postalAddress: text(input.postalAddress),
    waysToPay: text(input.waysToPay),
  };
}
