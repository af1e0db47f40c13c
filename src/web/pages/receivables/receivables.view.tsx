import type { Day } from '../../../domain/day.ts';
import { formatDay } from '../../../domain/day.ts';
import { localeOf } from '../../../domain/locale.ts';
import { formatMoney } from '../../../domain/money.ts';
import { Page } from '../../layout.view.tsx';
import { AgeingBar, AgeingLine, AgeingTable } from '../../parts/ageing.view.tsx';
import { Fold } from '../../parts/form.view.tsx';
import { ago, counted } from '../../words.ts';
import type { CompanyFrame } from '../frame.store.ts';
import type { CurrencyTotals, Filter, Receivables, Wish } from './receivables.ts';
import { PAGE_SIZE } from './receivables.ts';
import { ReceivablesTable } from './table.view.tsx';

const filterWords: Readonly<Record<Filter, string>> = {
  past_due: 'Past due',
  all: 'All open',
  held: 'Held',
  attention: 'Needs attention',
};

export interface ReceivablesProps {
  readonly frame: CompanyFrame;
  readonly receivables: Receivables;
  readonly wish: Wish;
}

/** Who is past due, by how much, and why each is or is not going to be chased. */
export function ReceivablesPage({ frame, receivables, wish }: ReceivablesProps) {
  const locale = localeOf(frame.company.country);
  const { totals, rows } = receivables;
  return (
    <Page {...frame} title="Who is past due" active="receivables">
      <div class="stack-lg">
        <div class="stack">
          <h1>Who is past due</h1>
          <ModeSentence frame={frame} receivables={receivables} />
        </div>
        {totals
          .filter((total) => total.openMinor > 0)
          .map((total) => (
            <TotalsPart key={total.currency} total={total} locale={locale} several={totals.length > 1} />
          ))}
        <nav class="tabs-duly" aria-label="Which customers">
          {(Object.keys(filterWords) as Filter[]).map((filter) => (
            <a
              key={filter}
              href={`?show=${filter}&sort=${wish.sort}`}
              aria-current={filter === wish.filter ? 'true' : undefined}
            >
              {filterWords[filter]} <span class="count">{receivables.counts[filter]}</span>
            </a>
          ))}
        </nav>
        {rows.length === 0 ? (
          <NobodyHere {...{ frame, receivables, wish }} />
        ) : (
          totals.map((total) => (
            <ReceivablesTable
              key={total.currency}
              frame={frame}
              currency={total.currency}
              rows={rows.filter((row) => row.currency === total.currency)}
              wish={wish}
              total={total}
            />
          ))
        )}
        <Pager shown={rows.length} all={receivables.counts[wish.filter]} wish={wish} />
        <TieOutLine frame={frame} />
      </div>
    </Page>
  );
}

/** R15: whether these are the ledger's own figures is a page of its own. */
function TieOutLine({ frame }: Pick<ReceivablesProps, 'frame'>) {
  const { company_id: companyId, tied_out_at: at } = frame.company;
  return (
    <p class="t-small t-2">
      <a href={`/companies/${companyId}/tie-out`}>Tie-out with the ledger</a>
      {at === null ? ': not compared yet' : `: last compared ${ago(at, frame.now)}`}
    </p>
  );
}

function ModeSentence({ frame, receivables }: Pick<ReceivablesProps, 'frame' | 'receivables'>) {
  const at = `/companies/${frame.company.company_id}`;
  const count = receivables.counts.past_due;
  if (count === 0) return null;
  if (frame.company.mode === 'preview') {
    return (
      <p class="prose-duly">
        This is a preview: you see what Duly would do, and nothing leaves. When it looks right,{' '}
        <a href={`${at}/settings`}>choose a mode</a>.
      </p>
    );
  }
  if (frame.counts.approve > 0) {
    return (
      <p class="prose-duly">
        <a href={`${at}/approve`}>{counted(frame.counts.approve, 'reminder')}</a>{' '}
        {frame.counts.approve === 1 ? 'waits' : 'wait'} for your approval.
      </p>
    );
  }
  return null;
}

function TotalsPart({
  total,
  locale,
  several,
}: {
  readonly total: CurrencyTotals;
  readonly locale: string;
  /** With several currencies each figure names its own. */
  readonly several: boolean;
}) {
  const money = (minor: number): string => formatMoney(minor, total.currency, locale);
  return (
    <section class="stack" aria-label={`Totals in ${total.currency}`}>
      <div>
        <p class="figure">
          {money(total.pastDueMinor)}
          {several ? <span class="t-2 t-small font-normal tracking-normal"> {total.currency}</span> : null}
        </p>
        <p class="t-2">
          past due from {counted(total.customersPastDue, 'customer')}, of {money(total.openMinor)} open.{' '}
          {total.heldMinor > 0 ? `${money(total.heldMinor)} of the past due is held. ` : ''}
          {total.creditsMinor > 0 ? `${money(total.creditsMinor)} of credits are not applied yet. ` : ''}
        </p>
      </div>
      <AgeingBar ageing={total.ageing} currency={total.currency} locale={locale} />
      <AgeingLine ageing={total.ageing} currency={total.currency} locale={locale} />
      <Fold summary="The same as a table">
        <div class="panel-flush max-w-md">
          <AgeingTable ageing={total.ageing} currency={total.currency} locale={locale} />
        </div>
      </Fold>
    </section>
  );
}

/** An empty list says what will happen next and when. */
function NobodyHere({ frame, receivables, wish }: ReceivablesProps) {
  const locale = localeOf(frame.company.country);
  const next = receivables.nextEventOn;
  const nextWords =
    next === null
      ? 'Nothing is open in the books. When an invoice is written there, it appears here at the next reading.'
      : `The next change is on ${formatDay(next as Day, locale, true)}, when an invoice falls past due or a hold ends.`;
  const words: Readonly<Record<Filter, string>> = {
    past_due: 'Nobody is past due.',
    all: 'Nobody owes anything.',
    held: 'Nothing is held.',
    attention: 'Nothing needs your attention.',
  };
  return (
    <div class="empty">
      <h2>{words[wish.filter]}</h2>
      <p class="t-2">
        {wish.filter === 'past_due' || wish.filter === 'all'
          ? nextWords
          : 'If that changes, it is shown here.'}
      </p>
    </div>
  );
}

function Pager({ shown, all, wish }: { readonly shown: number; readonly all: number; readonly wish: Wish }) {
  if (all <= PAGE_SIZE) return null;
  const from = (wish.page - 1) * PAGE_SIZE;
  const to = (page: number): string => `?show=${wish.filter}&sort=${wish.sort}&page=${page}`;
  return (
    <p class="flex gap-4 t-small">
      <span class="t-2">
        {from + 1} to {from + shown} of {all}
      </span>
      {wish.page > 1 ? <a href={to(wish.page - 1)}>Earlier rows</a> : null}
      {from + shown < all ? <a href={to(wish.page + 1)}>More rows</a> : null}
    </p>
  );
}
