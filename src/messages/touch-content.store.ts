import { knownLinks } from '../books/papers.store.ts';
import type { Currency } from '../domain/currency.ts';
import { addDays, type Day, dayAt, daysBetween } from '../domain/day.ts';
import { localeOf } from '../domain/locale.ts';
import { lawQuestion } from '../dunning/laws.ts';
import { type TouchedInvoice, touchedInvoices } from '../dunning/touch.store.ts';
import { stepOf } from '../dunning/touch-step.ts';
import type { Tx } from '../platform/db.ts';
import { UserError } from '../platform/errors.ts';
import type { Announced } from '../policies/consequences/consequence.ts';
import type { Law } from '../policies/law/law.ts';
import { lawFor } from '../policies/law/law-for.ts';
import { emailSteps } from '../policies/policy.ts';
import type { Channel, DebtorType, Stage, Step } from '../policies/step.ts';
import { daysToPay, styleUnder } from '../policies/style.ts';
import { announcedBy } from './announced-by.store.ts';
import { getBrand, logoHash } from './brand.store.ts';
import { requiredWords } from './disclosure.ts';
import { figuresOf } from './figures.ts';
import {
  type DueInstalment,
  invoiceToOpen,
  type ReminderContent,
  type ReminderGroup,
  type ReminderInvoice,
} from './reminder.ts';
import { signerOf } from './signer.ts';
import { isPersonal, templateOf } from './template.ts';
import { readTouchFacts } from './touch-facts.store.ts';
import { findTouch, type TouchToWord } from './touch-row.store.ts';

/** What a touch says, and how it travels. */
export interface TouchContent {
  readonly content: ReminderContent;
  /** P8: what the message announces, to be kept with it; null: nothing. */
  readonly announces: Announced | null;
  readonly customerId: string;
  /** Name and address as they stand in a letter's window; only the name where no address is known. */
  readonly address: readonly string[];
  readonly phone: string | null;
  /** What a person must know of the debtor's law before this step, in sentences. */
  readonly lawWords: readonly string[];
}

/**
 * What a touch says at `now`, from the mirror as it stands in this transaction: step, wording and persona as the
 * touch was planned with (S6), the debtor's law as it is today. Throws UserError when there is no brand or no such
 * touch.
 */
export async function touchContent(
  tx: Tx,
  companyId: string,
  touchId: string,
  now: Date,
  baseUrl: string,
): Promise<TouchContent> {
  const touch = await findTouch(tx, companyId, touchId);
  const brand = await getBrand(tx, companyId);
  if (brand === null)
    throw new UserError('conflict', 'Your brand is not set up.', 'Fill in the Brand page first.');
  const today = dayAt(now, touch.time_zone);
  const step = stepOf(touch);
  const channel = touch.channel as Channel;
  const template = templateOf(step.template, step.stage);
  const law = lawOf(touch, today);
  // the planned style may only become milder: a law that came into force meanwhile has the last word
  const planned = touch.style === 'service' && step.sender !== 'owner' && !isPersonal(template);
  const { style } = styleUnder(law, planned ? 'service' : 'own');
  const signer = signerOf(brand, step.sender);
  const invoices = await invoicesOf(tx, companyId, touchId, { now, today });
  const facts = await readTouchFacts(tx, companyId, { touch, touchId, step, today, invoices });
  const postalAddress = brand.postalAddress || touch.postal_address;
  const legalName = touch.legal_name;
  const contact = `${signer.name}, ${signer.email}`;
  const { serviceName } = brand;
  const given = addDays(today, daysToPay(step, law));
  const payBy = payByOf(template, invoices, facts.instalment, given);
  const groups = groupsOf(invoices, template === 'statement' ? null : step);
  const announces = await announcedBy(tx, companyId, {
    ...{ touch, step, law, payBy, now, today },
    invoices: groups.flatMap(({ stage, invoices: members }) =>
      members.map((invoice) => ({ ...invoice, leading: stage === step.stage })),
    ),
  });
  const required = requiredWords(law, { channel, style, legalName, postalAddress, serviceName, contact });
  const shared = {
    channel,
    brand,
    style,
    signer,
    template,
    stage: step.stage,
    language: null,
    today,
  } as const;
  const content: ReminderContent = {
    ...shared,
    creditor: { legalName, postalAddress, country: touch.country, email: touch.email, phone: touch.phone },
    customer: { name: touch.customer_name ?? touch.recipient_name, firstName: touch.first_name },
    reference: touch.reference,
    currency: touch.currency as Currency,
    locale: localeOf(touch.country),
    groups,
    ...figuresOf({
      template,
      invoices,
      creditsMinor: touch.credits_minor ?? 0,
      plannedMinor: touch.ask_minor,
    }),
    payBy,
    payUrl: invoiceToOpen(invoices)?.url ?? null,
    logoUrl: brand.logo === null ? null : `${baseUrl}/brand/${companyId}/logo/${logoHash(brand.logo)}`,
    ...facts,
    consequence: announces,
    disclosures: required.others,
    stop: required.stop,
  };
  return {
    content,
    announces,
    customerId: touch.customer_id,
    address: addressOf(touch),
    phone: touch.recipient_phone ?? touch.customer_phone,
    lawWords: law.warnings
      .filter((one) => one.stage === null || one.stage === step.stage)
      .map((one) => one.rule.words),
  };
}

type Invoice = ReminderInvoice & Pick<TouchedInvoice, 'invoiceId' | 'stepKey' | 'stage'>;

async function invoicesOf(
  tx: Tx,
  companyId: string,
  touchId: string,
  at: { readonly now: Date; readonly today: Day },
): Promise<readonly Invoice[]> {
  const touched = await touchedInvoices(tx, companyId, touchId);
  const ids = touched.map((invoice) => invoice.invoiceId);
  const links = await knownLinks(tx, companyId, ids, at);
  return touched.map((invoice) => ({
    ...invoice,
    daysLate: Math.max(0, daysBetween(invoice.dueOn, at.today)),
    url: links.get(invoice.invoiceId) ?? null,
  }));
}

interface Group extends ReminderGroup {
  readonly invoices: readonly Invoice[];
}

/** By stage; a statement has none. Touches of before stages were kept have their step's key. */
function groupsOf(invoices: readonly Invoice[], step: Step | null): readonly Group[] {
  const stageOf = (invoice: Invoice): Stage | 'listed' =>
    step === null
      ? 'listed'
      : (invoice.stage ?? emailSteps.find((known) => known.key === invoice.stepKey)?.stage ?? 'listed');
  return [...Map.groupBy(invoices, stageOf)].map(([stage, members]) => ({ stage, invoices: members }));
}

/**
 * Before the due date the first due date is what is asked for, of a plan the last day of grace, after which it ends;
 * else the days that the step and the law give.
 */
function payByOf(
  template: string,
  invoices: readonly Invoice[],
  instalment: DueInstalment | null,
  given: Day,
): Day {
  if (template === 'instalment') return instalment?.payBy ?? given;
  if (template !== 'courtesy') return given;
  const [first] = invoices.map((invoice) => invoice.dueOn).toSorted();
  return first ?? given;
}

/** The law of the debtor as the books know it now. */
function lawOf(touch: TouchToWord, today: Day): Law {
  const debtor = {
    country: touch.customer_country,
    region: touch.customer_region,
    city: touch.customer_city,
    postcode: touch.customer_postcode,
    debtorType: (touch.debtor_type ?? 'unknown') as DebtorType,
    emailConsent: touch.email_consent,
  };
  return lawFor(lawQuestion(touch, debtor), today);
}

/** As the touch was planned; of an older one, or before there was one, as the books have it now. */
function addressOf(touch: TouchToWord): readonly string[] {
  const lines = (touch.recipient_address ?? (touch.customer_address ?? []).join('\n'))
    .split('\n')
    .filter((line) => line.trim() !== '');
  const name = touch.customer_name ?? touch.recipient_name;
  return lines[0] === name ? lines : [name, ...lines];
}
