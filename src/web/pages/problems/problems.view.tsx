import { localeOf } from '../../../domain/locale.ts';
import { Page } from '../../layout.view.tsx';
import { daysInWords, splitRule, timeWords } from '../../words.ts';
import type { CompanyFrame } from '../frame.store.ts';
import type { ProblemRow } from './problems.store.ts';

/** What happened, what it means for reminders, what to do: one entry each. */
export function ProblemsPage({
  frame,
  problems,
}: {
  readonly frame: CompanyFrame;
  readonly problems: readonly ProblemRow[];
}) {
  return (
    <Page {...frame} title="Problems" active="problems">
      <div class="stack-lg max-w-3xl">
        <div class="stack">
          <h1>Problems</h1>
          {problems.length === 0 ? (
            <p class="prose-duly">
              None. The books are compared with the ledger at every reading; whatever does not fit is shown
              here, with what to do.
            </p>
          ) : null}
        </div>
        {problems.length === 0 ? null : (
          <ul class="panel rows">
            {problems.map((problem) => (
              <ProblemEntry key={problem.problem_id} problem={problem} frame={frame} />
            ))}
          </ul>
        )}
      </div>
    </Page>
  );
}

function ProblemEntry({ problem, frame }: { readonly problem: ProblemRow; readonly frame: CompanyFrame }) {
  const { company } = frame;
  const locale = localeOf(company.country);
  const words = (text: string): string => daysInWords(splitRule(text).words, locale);
  return (
    <li class="stack">
      <div>
        <h2>{words(problem.what)}</h2>
        <p>{words(problem.meaning)}</p>
        <p>
          <strong>What to do:</strong> {words(problem.action)}
        </p>
      </div>
      <p class="t-small t-2">
        Since {timeWords(problem.first_seen_at, company.time_zone, locale)}
        {problem.customer_id === null ? null : (
          <>
            {' · '}
            <a href={`/companies/${company.company_id}/customers/${encodeURIComponent(problem.customer_id)}`}>
              {problem.customerName ?? 'the customer'}
            </a>
          </>
        )}
        {problem.kind === 'does_not_tie_out' ? (
          <>
            {' · '}
            <a href={`/companies/${company.company_id}/tie-out`}>Tie-out</a>
          </>
        ) : null}
        {/^(?:connection|sync_failed)/.test(problem.kind) ? (
          <>
            {' · '}
            <a href={`/companies/${company.company_id}/connection`}>Connection</a>
          </>
        ) : null}
      </p>
    </li>
  );
}
