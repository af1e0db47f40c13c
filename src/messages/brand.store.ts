import { createHash } from 'node:crypto';
import { record } from '../activity/activity.store.ts';
import { markEverybody } from '../companies/plan-due.store.ts';
import type { Tx } from '../platform/db.ts';
import type { Brand, BrandField } from './brand.ts';
import { isColour } from './colour.ts';
import type { Logo } from './logo.ts';

/** The company's brand as it was last saved; null when it was never set up. */
export async function getBrand(tx: Tx, companyId: string): Promise<Brand | null> {
  const row = await tx.selectFrom('brand').selectAll().where('company_id', '=', companyId).executeTakeFirst();
  if (row === undefined) return null;
  if (!isColour(row.colour)) throw new Error('the brand in the database has no valid colour');
  return {
    name: row.name,
    colour: row.colour,
    logo: logoOf(row.logo, row.logo_type),
    style: row.style === 'service' ? 'service' : 'own',
    serviceName: row.service_name,
    contactName: row.contact_name,
    contactEmail: row.contact_email,
    contactPhone: row.contact_phone,
    ownerName: row.owner_name,
    ownerEmail: row.owner_email,
    ownerTitle: row.owner_title,
    postalAddress: row.postal_address,
    waysToPay: row.ways_to_pay,
  };
}

/**
 * Saves a brand and records who changed what; saving what is already there records nothing.
 * `by` is a person's name, or `Duly`. The brand comes from `checkBrand` or `defaultBrand`.
 */
export async function saveBrand(
  tx: Tx,
  companyId: string,
  brand: Brand,
  by: string,
  now: Date,
): Promise<void> {
  const before = await getBrand(tx, companyId);
  const changed = before === null ? null : changedFields(before, brand);
  if (changed?.length === 0) return;
  // the style of the sender stands in what is planned
  await markEverybody(tx, companyId);
  const values = {
    name: brand.name,
    colour: brand.colour,
    logo: brand.logo === null ? null : Buffer.from(brand.logo.bytes, 'base64'),
    logo_type: brand.logo?.type ?? null,
    style: brand.style,
    service_name: brand.serviceName,
    contact_name: brand.contactName,
    contact_email: brand.contactEmail,
    contact_phone: brand.contactPhone,
    owner_name: brand.ownerName,
    owner_email: brand.ownerEmail,
    owner_title: brand.ownerTitle,
    postal_address: brand.postalAddress,
    ways_to_pay: brand.waysToPay,
    updated_at: now,
  };
  await tx
    .insertInto('brand')
    .values({ company_id: companyId, ...values })
    .onConflict((oc) => oc.column('company_id').doUpdateSet(values))
    .execute();
  const summary =
    changed === null
      ? `${by} set up the brand ${brand.name}.`
      : `${by} changed the brand: ${changed.map((field) => FIELD_WORDS[field]).join(', ')}.`;
  await record(tx, companyId, now, [
    { kind: 'brand_changed', actor: by, summary, data: { fields: changed ?? Object.keys(FIELD_WORDS) } },
  ]);
}

/** The name of a logo's content, for an address that never changes its picture: `/brand/{companyId}/logo/{hash}`. */
export function logoHash(logo: Logo): string {
  return createHash('sha256').update(Buffer.from(logo.bytes, 'base64')).digest('hex').slice(0, 24);
}

const FIELD_WORDS: Readonly<Record<BrandField, string>> = {
  name: 'name',
  colour: 'colour',
  logo: 'logo',
  style: 'who writes',
  serviceName: "service's name",
  contactName: 'contact person',
  contactEmail: 'contact e-mail',
  contactPhone: 'contact phone',
  ownerName: 'head of the business',
  ownerEmail: 'e-mail of the head of the business',
  ownerTitle: 'title of the head of the business',
  postalAddress: 'postal address',
  waysToPay: 'ways to pay',
};

function changedFields(before: Brand, after: Brand): BrandField[] {
  return (Object.keys(FIELD_WORDS) as BrandField[]).filter((field) =>
    field === 'logo'
      ? before.logo?.bytes !== after.logo?.bytes || before.logo?.type !== after.logo?.type
      : before[field] !== after[field],
  );
}

function logoOf(bytes: Buffer | null, type: string | null): Logo | null {
  if (bytes === null || (type !== 'image/png' && type !== 'image/jpeg')) return null;
  return { type, bytes: bytes.toString('base64') };
}
