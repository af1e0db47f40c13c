import { getCompany } from '../companies/company.store.ts';
import { openLedger } from '../companies/ledger-access.store.ts';
import { saveOwnReminders, saveProfile } from '../companies/profile.store.ts';
import type { Duly } from '../platform/context.ts';
import { inCompany } from '../platform/db.ts';
import { LedgerError } from '../platform/errors.ts';
import { upkeepDue } from './reading-plan.ts';
import { sweepOpenInvoices } from './sweep.job.ts';
import * as state from './sync-state.store.ts';

/**
 * What is read now and then besides the changes: the company's profile, the ledger's own reminders (R14), all open
 * invoices. The books were read already, so what can't be read keeps its last state and is asked for with the next
 * read. Throws LedgerError only when a person must reconnect.
 */
export async function keepUp(duly: Duly, companyId: string): Promise<void> {
  const now = duly.clock.now();
  const due = await inCompany(duly.db, companyId, async (tx) => {
    const company = await getCompany(tx, companyId);
    const cursor = await state.getCursor(tx, companyId);
    return upkeepDue(
      {
        profileReadAt: company.profile_read_at,
        remindersReadAt: company.reminders_read_at,
        fullReadAt: cursor?.full_read_at ?? null,
        sweepAskedAt: cursor?.sweep_asked_at ?? null,
      },
      now,
    );
  });
  if (!due.profile && !due.reminders && !due.sweep) return;
  const { ledger } = await openLedger(duly, companyId, 'background');
  if (due.profile)
    await attempt(duly, companyId, 'the company’s profile', async () => {
      const profile = await ledger.profile();
      await inCompany(duly.db, companyId, (tx) => saveProfile(tx, companyId, profile, now));
    });
  if (due.reminders)
    await attempt(duly, companyId, 'the ledger’s own reminders', async () => {
      const on = await ledger.ownReminders();
      await inCompany(duly.db, companyId, (tx) => saveOwnReminders(tx, companyId, on, now));
    });
  if (due.sweep)
    await attempt(duly, companyId, 'the open invoices', () => sweepOpenInvoices(duly, companyId, ledger));
}

async function attempt(
  duly: Duly,
  companyId: string,
  what: string,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof LedgerError) || error.kind === 'reconnect_needed') throw error;
    duly.log.warn({ err: error, companyId }, `${what} could not be read`);
  }
}
