import { localeOf } from '../../../domain/locale.ts';
import type { Announcement } from '../../../dunning/announcements/announcement.ts';
import type { TouchAhead } from '../../../messages/tasks-ahead.store.ts';
import type { Behaviour } from '../../../receivables/behaviour.store.ts';
import { Page } from '../../layout.view.tsx';
import type { Refused } from '../../refused.ts';
import type { Agreed } from '../agreements/agreed.store.ts';
import { BehaviourPart } from '../agreements/behaviour.view.tsx';
import { AgreementsPart } from '../agreements/part.view.tsx';
import { AnnouncedLines } from '../consequences/announced.view.tsx';
import type { CompanyFrame } from '../frame.store.ts';
import type { CustomerPosition, CustomerView } from './customer.store.ts';
import { CustomerForms } from './forms.view.tsx';
import type { InterestShown } from './interest.store.ts';
import { InterestPart } from './interest.view.tsx';
import { NextPart } from './next.view.tsx';
import { PositionPart, type SaidPosition } from './position.view.tsx';
import { Timeline } from './timeline.view.tsx';

export interface CustomerProps {
  readonly frame: CompanyFrame;
  readonly view: CustomerView;
  readonly agreed?: Agreed;
  readonly behaviour?: Behaviour;
  /** What the customer was told will happen, as far as it is neither done nor withdrawn. */
  readonly announced?: readonly Announcement[];
  /** What would be said in the next 30 days. */
  readonly ahead?: readonly TouchAhead[];
  /** What late payment costs; null: no policy names a fee. */
  readonly interest?: InterestShown | null;
  /** The form that was refused just now, with what was typed. */
  readonly refused?: Refused | null;
}

/** One customer: the position on the left, what happened in the centre, what happens next and why on the right. */
export function CustomerPage(props: CustomerProps) {
  const { frame, view, agreed, behaviour, announced, ahead, interest = null, refused } = props;
  const { customer, positions } = view;
  const locale = localeOf(frame.company.country);
  const at = `/companies/${frame.company.company_id}`;
  return (
    <Page {...frame} title={customer.name} active="receivables">
      <div class="stack-lg">
        <div>
          <p class="t-small">
            <a href={`${at}/receivables`}>Who is past due</a>
          </p>
          <h1>{customer.name}</h1>
          <p class="t-2 t-small">{addressWords(view)}</p>
          <p class="t-small">
            <a href={`${at}/customers/${encodeURIComponent(customer.customer_id)}/policy`}>
              Policy of this customer
            </a>{' '}
            · <a href={`${at}/customers/${encodeURIComponent(customer.customer_id)}/law`}>Their law</a>
            {owesTerms(props) ? (
              <>
                {' '}
                · <a href="#interest">Late-payment interest and fees</a>
              </>
            ) : null}
          </p>
        </div>
        {view.problems.map((problem) => (
          <div key={problem.problem_id} class="trouble">
            <p>
              <strong>{problem.what}</strong> {problem.meaning}
            </p>
            <p>{problem.action}</p>
          </div>
        ))}
        <div class="customer-grid">
          <section class="col-position stack-lg" aria-label="Position">
            {positions.length === 0 ? <p>Owes nothing, and has no credit, in these books.</p> : null}
            {positions.map((position) => (
              <PositionPart
                key={position.currency}
                position={saidOnce(position, view)}
                locale={locale}
                papers={{ at, links: view.links }}
              />
            ))}
            {behaviour === undefined ? null : <BehaviourPart behaviour={behaviour} locale={locale} />}
          </section>
          <section class="col-time stack" aria-label="What happened">
            <h2>What happened</h2>
            <Timeline frame={frame} view={view} />
          </section>
          <section class="col-next stack-lg" aria-label="What happens next">
            <NextPart frame={frame} view={view} ahead={ahead ?? null} />
            <AnnouncedLines frame={frame} announcements={announced ?? []} />
            {agreed === undefined ? null : (
              <AgreementsPart frame={frame} customerId={customer.customer_id} agreed={agreed} />
            )}
            <CustomerForms frame={frame} view={view} refused={refused} />
          </section>
        </div>
        {interest === null || !(positions.length > 0 || paidLate(interest)) ? null : (
          <InterestPart
            frame={frame}
            customerId={customer.customer_id}
            shown={interest}
            credits={positions.map(({ currency, creditsMinor: minor }) => ({ currency, minor }))}
          />
        )}
      </div>
    </Page>
  );
}

/** Whether there is a table to go to. */
function owesTerms({ view, interest = null }: CustomerProps): boolean {
  if (interest === null || interest.found.terms === null) return false;
  return view.positions.length > 0 || paidLate(interest);
}

/** Who owes nothing any more may still owe what a delay has cost. */
function paidLate({ paidLate: { invoices } }: InterestShown): boolean {
  return invoices.length > 0;
}

/** A hold that stands above as a problem, with what to do about it, is not said again beside the figures. */
function saidOnce(position: CustomerPosition, { problems }: CustomerView): SaidPosition {
  const said = new Set(problems.map((problem) => problem.kind));
  const unsaid = position.holds.filter((hold) => hold.holdId !== null || !said.has(hold.kind));
  return { ...position, unsaid };
}

function addressWords({ customer, parentName }: CustomerView): string {
  const parts = [
    customer.emails.length > 0 ? customer.emails.join(', ') : 'No e-mail address in the books',
    ...(customer.phone === null ? [] : [customer.phone]),
    ...(customer.bills_with_parent && parentName !== null ? [`bills go to ${parentName}`] : []),
    ...(customer.active ? [] : ['inactive in the books']),
  ];
  return parts.join(' · ');
}
