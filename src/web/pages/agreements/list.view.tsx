import { formatDay } from '../../../domain/day.ts';
import { localeOf } from '../../../domain/locale.ts';
import { formatMoney } from '../../../domain/money.ts';
import type { AgreementSeen } from '../../agreement-seen.store.ts';
import { kindWords, stateWords, termsWords, toneOf } from '../../agreement-words.ts';
import { Page } from '../../layout.view.tsx';
import type { CompanyFrame } from '../frame.store.ts';
import { type AgreementList, type List, type ListWish, lists, PAGE_SIZE } from './list.ts';

const listWords: Readonly<Record<List, string>> = {
  promised: 'Promised',
  week: 'Due this week',
  broken: 'Broken',
  plans: 'Plans',
  offers: 'Offers',
  over: 'Over',
};

const emptyWords: Readonly<Record<List, string>> = {
  promised: 'No promise is waiting.',
  week: 'Nothing is due in the next seven days.',
  broken: 'Nothing was broken.',
  plans: 'No plan is running.',
  offers: 'No offer stands.',
  over: 'Nothing is over yet.',
};

export interface AgreementsProps {
  readonly frame: CompanyFrame;
  readonly list: AgreementList;
  readonly wish: ListWish;
}

/** What customers promised, the plans and the offers of the whole company. */
export function AgreementsPage({ frame, list, wish }: AgreementsProps) {
  return (
    <Page {...frame} title="Agreements" active="agreements">
      <div class="stack-lg">
        <div class="stack">
          <h1>Agreements</h1>
          <p class="prose-duly t-2">
            Promises to pay, plans and offers. While one stands its invoices are not chased; the books decide
            whether it is kept.
          </p>
        </div>
        <nav class="tabs-duly" aria-label="Which agreements">
          {lists.map((each) => (
            <a key={each} href={`?show=${each}`} aria-current={each === wish.show ? 'true' : undefined}>
              {listWords[each]} <span class="count">{list.counts[each]}</span>
            </a>
          ))}
        </nav>
        {list.rows.length === 0 ? (
          <div class="empty">
            <h2>{emptyWords[wish.show]}</h2>
            <p class="t-2">
              A promise, a plan or an offer is written down on the page of its customer: choose one from{' '}
              <a href={`/companies/${frame.company.company_id}/receivables`}>Who is past due</a>.
            </p>
          </div>
        ) : (
          <Table frame={frame} list={list} wish={wish} />
        )}
        <Pager list={list} wish={wish} />
      </div>
    </Page>
  );
}

function Table({ frame, list, wish }: AgreementsProps) {
  const over = wish.show === 'broken' || wish.show === 'over';
  return (
    <div class="panel-flush">
      <table class="sheet cards" data-keys>
        <caption class="sr-only">{listWords[wish.show]}</caption>
        <thead>
          <tr>
            <th scope="col">Customer</th>
            <th scope="col">Agreed</th>
            <th scope="col" class="num">
              Received
            </th>
            <th scope="col" class="num">
              Missing
            </th>
            <th scope="col">{over ? 'Decided on' : 'Next day'}</th>
            <th scope="col" class="next">
              Where it stands
            </th>
          </tr>
        </thead>
        <tbody>
          {list.rows.map((one) => (
            <Row key={one.agreementId} one={one} frame={frame} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

const toneClass = { paid: 't-paid', soon: 't-soon', late: 't-late', plain: undefined } as const;

function Row({ one, frame }: { readonly one: AgreementSeen; readonly frame: CompanyFrame }) {
  const locale = localeOf(frame.company.country);
  const money = (minor: number): string => formatMoney(minor, one.currency, locale);
  const customer = `/companies/${frame.company.company_id}/customers/${encodeURIComponent(one.customerId)}`;
  const day = one.nextOn ?? one.settledOn;
  return (
    <tr data-row>
      <td>
        <a class="rowlink" href={`${customer}#agreements`}>
          {one.customerName}
        </a>
      </td>
      <td data-label="Agreed">
        <div>
          {kindWords[one.kind]}: {termsWords(one, locale)}
        </div>
      </td>
      <td class="num" data-label="Received">
        {money(one.receivedMinor)}
      </td>
      <td class="num" data-label="Missing">
        {money(one.missingMinor)}
      </td>
      <td data-label={one.nextOn === null ? 'Settled' : 'Next day'}>
        {day === null ? '' : formatDay(day, locale, true)}
      </td>
      <td data-label="State" class={toneClass[toneOf(one)]}>
        <div>{stateWords(one, locale)}</div>
      </td>
    </tr>
  );
}

function Pager({ list, wish }: Pick<AgreementsProps, 'list' | 'wish'>) {
  const all = list.counts[wish.show];
  if (all <= PAGE_SIZE) return null;
  const from = (wish.page - 1) * PAGE_SIZE;
  return (
    <p class="flex gap-4 t-small">
      <span class="t-2">
        {from + 1} to {from + list.rows.length} of {all}
      </span>
      {wish.page > 1 ? <a href={`?show=${wish.show}&page=${wish.page - 1}`}>Earlier rows</a> : null}
      {from + list.rows.length < all ? (
        <a href={`?show=${wish.show}&page=${wish.page + 1}`}>More rows</a>
      ) : null}
    </p>
  );
}
