import type { CompanyRow } from '../../../companies/company.store.ts';
import { parseCurrency } from '../../../domain/currency.ts';
import { addDays, type Day, day, dayAt, daysBetween } from '../../../domain/day.ts';
import { getBrand } from '../../../messages/brand.store.ts';
import { defaultBrand } from '../../../messages/brand.ts';
import { fillWording } from '../../../messages/compose.ts';
import { renderText } from '../../../messages/liquid.ts';
import type { ReminderContent, ReminderInvoice } from '../../../messages/reminder.ts';
import { signerOf } from '../../../messages/signer.ts';
import { templateOf } from '../../../messages/template.ts';
import { viewOf } from '../../../messages/view.ts';
import { fieldsOf } from '../../../messages/wording/fields.ts';
import { wordingFor } from '../../../messages/wording/words.ts';
import type { Tx } from '../../../platform/db.ts';
import { type Stage, type Step, stages } from '../../../policies/step.ts';
import { stepTemplates } from '../../../policies/templates.ts';
import { sampleReminder } from '../brand/sample.ts';

/** The words of a step as somebody would read them. */
export interface ShownWording {
  readonly subject: string;
  /** Opening, request and closing. */
  readonly paragraphs: readonly string[];
  /** Whose figures stand in it. */
  readonly about: string;
}

export type WordedStep = Pick<Step, 'template' | 'stage' | 'sender' | 'payWithinDays'>;

/** Shows wordings with the figures of the customer of this company who owes most past due; an invented one if none does. */
export async function wordingSamples(
  tx: Tx,
  company: CompanyRow,
  personName: string,
  now: Date,
): Promise<(step: WordedStep) => ShownWording> {
  const saved = await getBrand(tx, company.company_id);
  const brand = saved ?? defaultBrand({ ...company, postalAddress: company.postal_address }, personName);
  const today = dayAt(now, company.time_zone);
  const basis = sampleReminder(company, brand, 'own', today, null);
  const own = await whoOwesMost(tx, company, today);
  return (step) => {
    const known = stepTemplates[step.template];
    const content = { ...basis, ...own?.content, signer: signerOf(brand, step.sender) };
    return shown(filled(content, step, known?.from ?? step.stage), own?.content.customer.name ?? null);
  };
}

/** The sample with what a wording may speak of: a letter before, a copy to somebody, so many earlier messages. */
function filled(content: ReminderContent, step: WordedStep, from: Stage): ReminderContent {
  const { today } = content;
  // never milder than its wording, so that the sample can be read while the stage is still being chosen
  const stage = stages.indexOf(step.stage) < stages.indexOf(from) ? from : step.stage;
  const early = stage === 'courtesy';
  const invoices = content.groups.flatMap((group) => group.invoices);
  const shownNow = invoices.map((invoice, index) =>
    early ? { ...invoice, daysLate: 0, dueOn: addDays(today, 5 + index) } : invoice,
  );
  return {
    ...content,
    channel: stepTemplates[step.template]?.channel ?? 'email',
    template: templateOf(step.template, stage),
    stage,
    groups: [{ stage, invoices: shownNow }],
    askMinor: shownNow.reduce((sum, each) => sum + each.openMinor, 0),
    payBy: addDays(today, Math.min(365, Math.max(1, step.payWithinDays))),
    earlier: Math.max(0, stages.indexOf(stage) - 1),
    letterOn: addDays(today, -4),
    announcedOn: null,
    copiedTo: step.template === 'manager_copied' ? 'Robin Vale' : null,
    head: step.template === 'call_head' ? 'Robin Vale' : null,
    wroteOn: addDays(today, -5),
  };
}

function shown(content: ReminderContent, name: string | null): ShownWording {
  const { wording } = wordingFor(content.template, null);
  const words = fillWording(wording, fieldsOf(content), renderText);
  return {
    subject: viewOf(content).subject,
    paragraphs: [...words.opening, ...words.request, ...words.closing],
    about: name === null ? 'With invented figures: nobody is past due.' : `With what ${name} owes today.`,
  };
}

async function whoOwesMost(
  tx: Tx,
  company: CompanyRow,
  today: Day,
): Promise<{ readonly content: Pick<ReminderContent, 'customer' | 'currency' | 'groups'> } | null> {
  const row = await tx
    .selectFrom('position as p')
    .innerJoin('customer as c', (join) =>
      join.onRef('c.company_id', '=', 'p.company_id').onRef('c.customer_id', '=', 'p.customer_id'),
    )
    .select(['p.customer_id', 'p.currency', 'c.name'])
    .where('p.company_id', '=', company.company_id)
    .where('p.past_due_minor', '>', 0)
    .orderBy('p.past_due_minor', 'desc')
    .limit(1)
    .executeTakeFirst();
  const currency = parseCurrency(row?.currency);
  if (row === undefined || currency === null) return null;
  const invoices = await pastDueOf(tx, company.company_id, row, today);
  if (invoices.length === 0) return null;
  const customer = { name: row.name, firstName: null };
  return { content: { customer, currency, groups: [{ stage: 'second', invoices }] } };
}

async function pastDueOf(
  tx: Tx,
  companyId: string,
  { customer_id, currency }: { readonly customer_id: string; readonly currency: string },
  today: Day,
): Promise<readonly ReminderInvoice[]> {
  const rows = await tx
    .selectFrom('invoice')
    .select(['number', 'due_on', 'open_minor', 'total_minor'])
    .where('company_id', '=', companyId)
    .where('customer_id', '=', customer_id)
    .where('currency', '=', currency)
    .where('status', '=', 'open')
    .where('open_minor', '>', 0)
    .where('due_on', '<', today)
    .orderBy('due_on')
    .limit(5)
    .execute();
  return rows.flatMap((row) => {
    if (row.due_on === null) return [];
    const dueOn = day(row.due_on);
    const daysLate = Math.max(0, daysBetween(dueOn, today));
    const { number, open_minor: openMinor, total_minor: totalMinor } = row;
    return [{ number, reference: null, dueOn, daysLate, openMinor, totalMinor, url: null }];
  });
}
