import { formatDay } from '../../../domain/day.ts';
import { formatMoney } from '../../../domain/money.ts';
import type { Behaviour } from '../../../receivables/behaviour.store.ts';
import { BEHAVIOUR_MONTHS, type SettledFacts } from '../../../receivables/behaviour.ts';
import { counted } from '../../words.ts';

interface BehaviourProps {
  readonly behaviour: Behaviour;
  readonly locale: string;
}

/** How the customer has paid so far: figures, each with what it rests on, and no judgement (P15, P32). */
export function BehaviourPart({ behaviour, locale }: BehaviourProps) {
  const { settled, lastPaymentOn, daysSinceLastPayment } = behaviour;
  return (
    <section class="stack" aria-labelledby="behaviour-title">
      <h2 id="behaviour-title">How they have paid</h2>
      <p class="t-small t-2">{basisWords(settled, locale)}</p>
      <dl class="facts amounts">
        <SettledRows settled={settled} locale={locale} />
        <dt>Last payment</dt>
        <dd>
          {lastPaymentOn === null
            ? 'none in the books'
            : `${formatDay(lastPaymentOn, locale)}${daysSinceLastPayment === 0 ? '' : `, ${counted(daysSinceLastPayment ?? 0, 'day')} ago`}`}
        </dd>
        <AgreedRows behaviour={behaviour} />
        <AgedRows behaviour={behaviour} locale={locale} />
      </dl>
    </section>
  );
}

function basisWords({ settled, withDueDate, dayNotKnown }: SettledFacts, locale: string): string {
  const rest =
    dayNotKnown === 0
      ? ''
      : ` ${counted(dayNotKnown, settled === 0 ? 'invoice has' : 'more has', settled === 0 ? 'invoices have' : 'more have')} nothing open, but the books don’t tell since when.`;
  if (settled === 0) return `No invoice was settled in the last ${BEHAVIOUR_MONTHS} months.${rest}`;
  const dated =
    withDueDate < settled ? `, ${withDueDate.toLocaleString(locale)} of them with a due date` : '';
  return `Of ${counted(settled, 'invoice')} settled in the last ${BEHAVIOUR_MONTHS} months${dated}.${rest}`;
}

function SettledRows({ settled, locale }: { readonly settled: SettledFacts; readonly locale: string }) {
  const { withDueDate, settledLate, averageDaysLate, medianDaysLate, longestDaysLate } = settled;
  if (averageDaysLate === null || medianDaysLate === null || longestDaysLate === null)
    return (
      <>
        <dt>Days late</dt>
        <dd>not known</dd>
      </>
    );
  const share = Math.round((settledLate / withDueDate) * 100);
  const days = (count: number): string => `${count.toLocaleString(locale)} ${count === 1 ? 'day' : 'days'}`;
  return (
    <>
      <dt>Settled late</dt>
      <dd>
        {settledLate} of {withDueDate} ({share}%)
      </dd>
      <dt>Days late, on average</dt>
      <dd>{days(averageDaysLate)}</dd>
      <dt>Days late, median</dt>
      <dd>{days(medianDaysLate)}</dd>
      <dt>Longest</dt>
      <dd>{days(longestDaysLate)}</dd>
    </>
  );
}

function AgreedRows({ behaviour }: Pick<BehaviourProps, 'behaviour'>) {
  const { promises, plans, disputes } = behaviour;
  const { kept, partKept, broken } = promises;
  return (
    <>
      <dt>Promises</dt>
      <dd>
        {kept + partKept + broken === 0
          ? 'none decided'
          : `${kept} kept, ${partKept} part kept, ${broken} broken`}
      </dd>
      {plans.completed + plans.breached === 0 ? null : (
        <>
          <dt>Plans</dt>
          <dd>
            {plans.completed} completed, {plans.breached} breached
          </dd>
        </>
      )}
      <dt>Disputes</dt>
      <dd>{disputes === 0 ? 'none' : disputes}</dd>
    </>
  );
}

function AgedRows({ behaviour, locale }: BehaviourProps) {
  return (
    <>
      {behaviour.aged.map(({ currency, oldest, over90Minor, pastDueMinor }) => (
        <>
          {oldest === null ? null : (
            <>
              <dt>Oldest past due{behaviour.aged.length > 1 ? `, ${currency}` : ''}</dt>
              <dd>
                {oldest.number ?? 'no number'}, {counted(oldest.daysLate, 'day')}
              </dd>
            </>
          )}
          <dt>More than 90 days past due{behaviour.aged.length > 1 ? `, ${currency}` : ''}</dt>
          <dd class={over90Minor > 0 ? 't-late' : undefined}>
            {over90Minor === 0
              ? 'nothing'
              : `${formatMoney(over90Minor, currency, locale)} of ${formatMoney(pastDueMinor, currency, locale)}`}
          </dd>
        </>
      ))}
    </>
  );
}
