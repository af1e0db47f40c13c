import { type Db, inSystem } from '../../../platform/db.ts';

/** A company in the list of an account. */
export interface CompanyListRow {
  readonly companyId: string;
  readonly name: string;
  readonly provider: string | null;
  readonly connectionState: string | null;
  readonly mode: string;
  readonly syncState: string;
  readonly booksReadAt: Date | null;
  readonly timeZone: string;
  readonly country: string;
  /** When its tokens end: on the vendor's fixed day, or because nobody used them; null: not stated. */
  readonly hardExpiresAt: Date | null;
  readonly refreshExpiresAt: Date | null;
}

/** Every company of an account, from the catalogue: no row of any book is read for a list. */
export function readCompanies(db: Db, accountId: string): Promise<CompanyListRow[]> {
  return inSystem(db, (tx) =>
    tx
      .selectFrom('company')
      .leftJoin('connection', 'connection.company_id', 'company.company_id')
      .leftJoin('token_set', 'token_set.token_set_id', 'connection.token_set_id')
      .select([
        'company.company_id as companyId',
        'company.name',
        'connection.provider',
        'connection.state as connectionState',
        'company.mode',
        'company.sync_state as syncState',
        'company.books_read_at as booksReadAt',
        'company.time_zone as timeZone',
        'company.country',
        'token_set.hard_expires_at as hardExpiresAt',
        'token_set.refresh_expires_at as refreshExpiresAt',
      ])
      .where('company.account_id', '=', accountId)
      .orderBy('company.name')
      .limit(500)
      .execute(),
  );
}
