import type { CompanyRow } from '../../src/companies/company.store.ts';
import type { Role } from '../../src/companies/roles.ts';
import type { CompanyFrame } from '../../src/web/pages/frame.store.ts';

export const now = new Date('2026-11-23T18:00:00Z');

/** A company as the pages get it; parts of it can be said otherwise. */
function companyRow(facts: Partial<CompanyRow> = {}): CompanyRow {
  return {
    company_id: '00000000-0000-4000-8000-000000000001',
    account_id: '00000000-0000-4000-8000-000000000002',
    name: 'Larkspur Joinery',
    legal_name: 'Larkspur Joinery LLC',
    country: 'US',
    region: 'OR',
    time_zone: 'America/Los_Angeles',
    time_zone_confirmed: true,
    base_currency: 'USD',
    postal_address: '1 Mill Lane, Portland OR 97201',
    email: null,
    phone: null,
    locked_until: null,
    ledger_reminders_on: null,
    profile_read_at: null,
    time_zone_by: null,
    mode: 'approve',
    invoices_sent_elsewhere_by: null,
    invoices_sent_elsewhere_at: null,
    all_businesses_by: null,
    all_businesses_at: null,
    first_batch_released_at: null,
    sync_state: 'ready',
    sync_stage: null,
    sync_rows: 0,
    sync_rows_total: null,
    sync_problem: null,
    books_read_at: new Date('2026-11-23T17:56:00Z'),
    next_run_at: null,
    tied_out_at: null,
    books_changed_at: null,
    reminders_read_at: null,
    terms: {},
    rings: 0,
    rung_at: null,
    ring_due_at: null,
    ring_read_at: null,
    looked_at: null,
    read_not_before: null,
    notes_compared_at: null,
    bcc_email: null,
    created_at: now,
    ...facts,
  };
}

export function frame(facts: Partial<CompanyRow> = {}, role: Role = 'owner'): CompanyFrame {
  return {
    signedIn: {
      personId: 'p',
      personName: 'Dana Whitfield',
      accountId: 'a',
      accountName: 'Larkspur Joinery',
      role,
      csrfToken: 'csrf-of-dana',
    },
    company: companyRow(facts),
    companies: [],
    sandboxUrl: null,
    flash: null,
    now,
    counts: { approve: 0, todo: 0, problems: 0 },
    connection: 'healthy',
    paused: null,
  };
}
