import { localeOf } from '../../../domain/locale.ts';
import { Page } from '../../layout.view.tsx';
import { counted, daysInWords, splitRule, timeWords } from '../../words.ts';
import type { CompanyFrame } from '../frame.store.ts';
import { kindWords } from './kinds.ts';
import type { ProblemList, ProblemRow } from './problems.store.ts';
import { PROBLEMS_PER_PAGE, type ProblemWish } from './wish.ts';

export interface ProblemsProps {
  readonly frame: CompanyFrame;
  readonly problems: ProblemList;
  readonly wish: ProblemWish;
}

/** What happened, what it means for reminders, what to do: by kind, what stops most first. */
export function ProblemsPage({ frame, problems, wish }: ProblemsProps) {
  const groups = Map.groupBy(problems.rows, (row) => row.kind);
  return (
    <Page {...frame} title="Problems" active="problems">
      <div class="stack-lg max-w-3xl">
        <div class="stack">
          <h1>Problems</h1>
          {problems.kinds.length === 0 && wish.customerId === null ? (
            <p class="prose-duly">
              None. The books are compared with the ledger at every reading; whatever does not fit is shown
              here, with what to do.
            </p>
          ) : null}
          {wish.customerId === null ? null : (
            <p class="prose-duly">
              {counted(problems.count, 'problem')} of {problems.customerName ?? 'this customer'}.{' '}
              <a href="?">Show those of everybody</a>
            </p>
          )}
        </div>
        {problems.kinds.length > 1 || wish.kind !== null ? <Kinds problems={problems} wish={wish} /> : null}
        {problems.kinds.length > 0 && problems.rows.length === 0 ? (
          <p class="prose-duly">
            Nothing of this is left. <a href="?">Show all</a>
          </p>
        ) : null}
        {[...groups].map(([kind, rows]) => (
          <Group key={kind} kind={kind} rows={rows} frame={frame} wish={wish} />
        ))}
        <Pager problems={problems} wish={wish} />
      </div>
    </Page>
  );
}

/** The address of the list with something of the wish changed. */
function linkTo(wish: ProblemWish, change: Partial<ProblemWish>): string {
  const { kind, customerId, page } = { ...wish, page: 1, ...change };
  const query = new URLSearchParams();
  if (kind !== null) query.set('kind', kind);
  if (customerId !== null) query.set('customer', customerId);
  if (page > 1) query.set('page', String(page));
  return `?${query}`;
}

function Kinds({ problems, wish }: Pick<ProblemsProps, 'problems' | 'wish'>) {
  const all = problems.kinds.reduce((sum, { count }) => sum + count, 0);
  return (
    <nav class="tabs-duly" aria-label="Which problems">
      <a href={linkTo(wish, { kind: null })} aria-current={wish.kind === null ? 'true' : undefined}>
        All <span class="count">{all}</span>
      </a>
      {problems.kinds.map(({ kind, count }) => (
        <a key={kind} href={linkTo(wish, { kind })} aria-current={wish.kind === kind ? 'true' : undefined}>
          {kindWords(kind)} <span class="count">{count}</span>
        </a>
      ))}
    </nav>
  );
}

/** Of many entries that mean the same, the meaning and what to do are said once. */
function Group({
  kind,
  rows,
  frame,
  wish,
}: {
  readonly kind: string;
  readonly rows: readonly ProblemRow[];
  readonly frame: CompanyFrame;
  readonly wish: ProblemWish;
}) {
  const [first] = rows;
  const shared =
    first !== undefined &&
    rows.length > 1 &&
    rows.every((row) => row.meaning === first.meaning && row.action === first.action)
      ? first
      : null;
  return (
    <section class="stack" aria-label={kindWords(kind)}>
      <h2>{kindWords(kind)}</h2>
      {shared === null ? null : <ToDo problem={shared} frame={frame} />}
      <ul class="panel rows">
        {rows.map((problem) => (
          <ProblemEntry
            key={problem.problem_id}
            problem={problem}
            frame={frame}
            wish={wish}
            whole={shared === null}
          />
        ))}
      </ul>
    </section>
  );
}

function sayer(frame: CompanyFrame): (text: string) => string {
  const locale = localeOf(frame.company.country);
  return (text) => daysInWords(splitRule(text).words, locale);
}

function ToDo({ problem, frame }: { readonly problem: ProblemRow; readonly frame: CompanyFrame }) {
  const words = sayer(frame);
  return (
    <div class="prose-duly">
      <p>{words(problem.meaning)}</p>
      <p>
        <strong>What to do:</strong> {words(problem.action)}
      </p>
    </div>
  );
}

function ProblemEntry({
  problem,
  frame,
  wish,
  whole,
}: {
  readonly problem: ProblemRow;
  readonly frame: CompanyFrame;
  readonly wish: ProblemWish;
  /** False: what it means and what to do stands above. */
  readonly whole: boolean;
}) {
  const { company } = frame;
  const locale = localeOf(company.country);
  const at = `/companies/${company.company_id}`;
  return (
    <li class="stack">
      <div>
        {problem.customer_id === null ? null : (
          <h3>
            <a href={`${at}/customers/${encodeURIComponent(problem.customer_id)}`}>
              {problem.customerName ?? 'The customer'}
            </a>
          </h3>
        )}
        <p>{sayer(frame)(problem.what)}</p>
        {whole ? <ToDo problem={problem} frame={frame} /> : null}
      </div>
      <p class="t-small t-2">
        Since {timeWords(problem.first_seen_at, company.time_zone, locale)}
        {problem.customer_id === null || wish.customerId !== null ? null : (
          <>
            {' · '}
            <a href={linkTo(wish, { customerId: problem.customer_id, kind: null })}>
              All problems of this customer
            </a>
          </>
        )}
        {problem.kind === 'never_sent' ? (
          <>
            {' · '}
            <a href={`${at}/settings#statements`}>Settings</a>
          </>
        ) : null}
        {/^(?:consequence_|tell_withdrawn)/.test(problem.kind) ? (
          <>
            {' · '}
            <a href={`${at}/consequences#${problem.subject}`}>Consequences</a>
          </>
        ) : null}
        {problem.kind === 'does_not_tie_out' ? (
          <>
            {' · '}
            <a href={`${at}/tie-out`}>Tie-out</a>
          </>
        ) : null}
        {/^(?:connection|sync_failed)/.test(problem.kind) ? (
          <>
            {' · '}
            <a href={`${at}/connection`}>Connection</a>
          </>
        ) : null}
      </p>
    </li>
  );
}

function Pager({ problems, wish }: Pick<ProblemsProps, 'problems' | 'wish'>) {
  const { count, rows } = problems;
  if (count <= rows.length) return null;
  const from = (wish.page - 1) * PROBLEMS_PER_PAGE;
  return (
    <p class="head">
      <span class="t-2">
        {from + 1} to {from + rows.length} of {count}
      </span>
      {wish.page > 1 ? <a href={linkTo(wish, { page: wish.page - 1 })}>Earlier problems</a> : null}
      {from + rows.length < count ? <a href={linkTo(wish, { page: wish.page + 1 })}>More problems</a> : null}
    </p>
  );
}
