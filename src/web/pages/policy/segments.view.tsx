import { parseCurrency } from '../../../domain/currency.ts';
import { formatMoney } from '../../../domain/money.ts';
import { namingOf } from '../../../policies/what-changed.ts';
import { ruleWords } from '../../../policies/words/rule-words.ts';
import { debtorTypeWords } from '../../../policies/words/step-words.ts';
import { Page } from '../../layout.view.tsx';
import { Csrf } from '../../parts/form.view.tsx';
import { capital, counted } from '../../words.ts';
import type { CompanyFrame } from '../frame.store.ts';
import { differences } from './document.view.tsx';
import type { Working } from './draft.store.ts';
import { toldRule } from './in-currencies.ts';
import type { Member, Members } from './members.store.ts';
import { DraftBar, mayChange, PolicyNav, policyAt } from './parts.view.tsx';
import { RowButtons } from './row-buttons.view.tsx';

interface Props {
  readonly frame: CompanyFrame;
  readonly working: Working;
  readonly members: Members;
  readonly currencies: readonly string[];
  /** Only this segment; `''`: those in none; null: all. */
  readonly only: string | null;
  readonly from: number;
  readonly page: number;
  readonly locale: string;
  readonly focus: { readonly key: string; readonly doing: string };
}

/** The segments in their order, and who of the company's own customers is in which. */
export function SegmentsPage(props: Props) {
  const { frame, working } = props;
  return (
    <Page {...frame} title="Segments" active="policy">
      <div class="stack-lg">
        <PolicyNav frame={frame} here="/segments" />
        <div>
          <h1>Segments</h1>
          <p class="t-2 prose-duly">
            They are tried in this order; the first whose rule fits a customer’s own figures is its segment.
            Who was put into one by hand stays there.
          </p>
        </div>
        <DraftBar frame={frame} working={working} />
        <List {...props} />
        <Who {...props} />
      </div>
    </Page>
  );
}

function List(props: Props) {
  const { frame, working, members, locale } = props;
  const { segments } = working.body;
  const allowed = mayChange(frame);
  const naming = namingOf(working.body, locale);
  return (
    <form method="post" class="stack" action={`${policyAt(frame)}/segments`}>
      <Csrf token={frame.signedIn.csrfToken} />
      <div class="panel-flush">
        <table class="sheet cards">
          <caption class="sr-only">Segments in the order in which they are tried</caption>
          <thead>
            <tr>
              <th scope="col">Segment</th>
              <th scope="col">Who</th>
              <th scope="col">What is different</th>
              <th scope="col" class="num">
                Customers
              </th>
              {allowed ? <th scope="col">Change</th> : null}
            </tr>
          </thead>
          <tbody>
            {segments.map((segment, index) => (
              <tr key={segment.key}>
                <th scope="row">
                  {segment.name} {segment.paused ? <span class="chip bad">paused</span> : null}
                </th>
                <td data-label="Who">
                  {capital(ruleWords(toldRule(segment.when, props.currencies), locale))}
                </td>
                <td data-label="Different">
                  <div>
                    {differences(segment, naming).map((words) => (
                      <p key={words}>{words}</p>
                    ))}
                  </div>
                </td>
                <td class="num" data-label="Customers">
                  <a href={`?only=${segment.key}#who`}>{members.counts.get(segment.key) ?? 0}</a>
                </td>
                {allowed ? (
                  <td data-label="Change">
                    <RowButtons
                      at={`${policyAt(frame)}/segments/${segment.key}`}
                      name={segment.name}
                      doings={['up', 'down', 'remove']}
                      index={index}
                      last={working.body.segments.length - 1}
                      pressed={props.focus.key === segment.key ? props.focus.doing : null}
                    />
                  </td>
                ) : null}
              </tr>
            ))}
            <tr>
              <th scope="row">In none</th>
              <td data-label="Who">Everybody else</td>
              <td data-label="Different">Nothing.</td>
              <td class="num" data-label="Customers">
                <a href="?only=#who">{members.counts.get('') ?? 0}</a>
              </td>
              {allowed ? <td class="none" /> : null}
            </tr>
          </tbody>
        </table>
      </div>
      {allowed ? (
        <p>
          <a
            class="btn btn-plain"
            href={`${policyAt(frame)}/new-segment`}
            autofocus={props.focus.doing === 'remove'}
          >
            Add a segment
          </a>
        </p>
      ) : null}
    </form>
  );
}

function Who(props: Props) {
  const { frame, working, members, only, from, page, locale } = props;
  const name = working.body.segments.find(({ key }) => key === only)?.name ?? 'no segment';
  const link = (start: number): string => `?${only === null ? '' : `only=${only}&`}from=${start}#who`;
  return (
    <section class="stack" id="who">
      <div class="head">
        <h2>{only === null ? 'Who is in which segment, and why' : `Who is in ${name}, and why`}</h2>
        {only === null ? null : <a href="?#who">All customers</a>}
      </div>
      {members.more ? (
        <p class="t-soon">The company has more customers; the first 5,000 by name were looked at.</p>
      ) : null}
      {members.shown.length === 0 ? (
        <p>Nobody.</p>
      ) : (
        <div class="panel-flush">
          <table class="sheet cards">
            <caption class="sr-only">Customers with their segments</caption>
            <thead>
              <tr>
                <th scope="col">Customer</th>
                <th scope="col">Segment</th>
                <th scope="col">Why</th>
              </tr>
            </thead>
            <tbody>
              {members.shown.map((member) => (
                <tr key={member.customerId}>
                  <th scope="row">
                    <a
                      href={`/companies/${frame.company.company_id}/customers/${encodeURIComponent(member.customerId)}`}
                    >
                      {member.name}
                    </a>
                  </th>
                  <td data-label="Segment">
                    {working.body.segments.find(({ key }) => key === member.segment)?.name ?? 'None'}
                  </td>
                  <td data-label="Why">{factWords(member, locale)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <p class="actions t-small">
        {from > 0 ? <a href={link(Math.max(0, from - page))}>Before</a> : null}
        <span class="t-2">
          {members.total === 0
            ? ''
            : `${from + 1} to ${from + members.shown.length} of ${counted(members.total, 'customer')}`}
        </span>
        {from + page < members.total ? <a href={link(from + page)}>Next</a> : null}
      </p>
    </section>
  );
}

/** The figures by which a customer is placed. */
export function factWords({ facts, byHand }: Pick<Member, 'facts' | 'byHand'>, locale: string): string {
  const open = Object.entries(facts.openMinor).flatMap(([code, minor]) => {
    const currency = parseCurrency(code);
    return currency === null ? [] : [formatMoney(minor, currency, locale)];
  });
  const average = facts.averageDaysLate;
  const parts = [
    ...(byHand ? ['put here by hand'] : []),
    counted(facts.invoices, 'invoice'),
    facts.settled === 0 ? 'none settled yet' : `${facts.settledLate} of ${facts.settled} settled late`,
    ...(average === null ? [] : [`${counted(average, 'day')} late on average`]),
    ...(facts.brokenPromises === 0 ? [] : [`broke ${counted(facts.brokenPromises, 'promise')} in 12 months`]),
    ...(open.length === 0 ? ['nothing open'] : [`${open.join(', ')} open`]),
    facts.debtorType === 'unknown'
      ? 'not known whether business or consumer'
      : `one of the ${debtorTypeWords[facts.debtorType]}`,
    ...(facts.groups.length === 0 ? [] : [`groups: ${facts.groups.join(', ')}`]),
  ];
  return `${capital(parts.join(', '))}.`;
}
