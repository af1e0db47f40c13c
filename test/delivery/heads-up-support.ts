import { readChanges } from '../../src/books/changes.job.ts';
import { sendNotices } from '../../src/companies/notice.job.ts';
import { saveDocument } from '../../src/policies/document.store.ts';
import { emailBody } from '../../src/policies/old-body.ts';
import type { TestDatabase } from '../support/database.ts';
import { Workshop } from '../support/workshop.ts';
import { owes } from './support.ts';

const recipients = { contacts: false, escalation: false, informSales: true };

/** A customer with a sales owner, whose steps all inform them; on Tuesday at ten in Oregon, within the window. */
export async function informing(
  database: TestDatabase,
  mode: 'preview' | 'approve' | 'autopilot',
  settings: Partial<(typeof emailBody)['settings']> = {},
): Promise<Workshop> {
  const shop = await Workshop.open(database, mode);
  owes(shop);
  await shop.within(async (tx) => {
    const sequences = emailBody.sequences.map((sequence) => ({
      ...sequence,
      steps: sequence.steps.map((step) => ({ ...step, recipients })),
    }));
    const document = { ...emailBody, sequences, settings: { ...emailBody.settings, ...settings } };
    await saveDocument(tx, shop.companyId, { expectedVersion: 1, document }, 'Maria Lopez', shop.now());
  });
  await readChanges(shop.duly, shop.companyId, shop.ledger);
  await shop.within((tx) =>
    tx
      .updateTable('customer')
      .set({ sales_name: 'Sam', sales_email: 'sam@firm.example' })
      .where('company_id', '=', shop.companyId)
      .execute(),
  );
  return shop;
}

/** Sends what whoever owns the relationship has to be told, and returns all that they were told so far. */
export async function told(shop: Workshop) {
  await sendNotices(shop.duly, { companyId: shop.companyId });
  return shop.mailer.mails.filter((mail) => mail.to.email === 'sam@firm.example');
}
