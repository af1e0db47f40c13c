import { formatDay } from '../../../domain/day.ts';
import { formatAmount, formatMoney } from '../../../domain/money.ts';
import { holding } from '../../../dunning/holding.ts';
import type { PositionLine } from '../../../receivables/position.ts';
import { ageingOf } from '../../ageing.ts';
import { AgeingBar, AgeingLine } from '../../parts/ageing.view.tsx';
import { Why } from '../../parts/why.view.tsx';
import { counted, daysInWords, splitRule } from '../../words.ts';
import type { CustomerPosition, CustomerView } from './customer.store.ts';

/** A position with those of its holds that nothing else on the page says. */
export interface SaidPosition extends CustomerPosition {
  readonly unsaid: CustomerPosition['holds'];
}

interface PositionProps {
  readonly position: SaidPosition;
  readonly locale: string;
  readonly papers: Papers;
}

interface Papers {
  /** The company's pages: `/companies/…`. */
  readonly at: string;
  /** Where the ledger shows an invoice online. */
  readonly links: CustomerView['links'];
}

/** What the customer owes in one currency: one figure, its age, credits, holds, and each invoice with its reason. */
export function PositionPart({ position, locale, papers }: PositionProps) {
  const { currency } = position;
  // a hold of the whole customer holds all of it (R10), as in the list; want of an address holds only e-mail
  const held = holding(position, 'letter').length > 0;
  const emailHeld = position.holds.length > 0;
  const heldMinor = held ? position.pastDueMinor : position.heldMinor;
  const ageing = ageingOf(position.lines);
  const money = (minor: number): string => formatMoney(minor, currency, locale);
  return (
    <div class="stack">
      <div>
        <p class="figure">{money(position.pastDueMinor)}</p>
        <p class="t-2">past due, of {money(position.openMinor)} open</p>
      </div>
      <AgeingBar ageing={ageing} currency={currency} locale={locale} />
      <AgeingLine ageing={ageing} currency={currency} locale={locale} />
      <dl class="facts amounts">
        {heldMinor > 0 ? (
          <>
            <dt>On hold or left out</dt>
            <dd>{money(heldMinor)}</dd>
          </>
        ) : null}
        {position.creditsMinor > 0 ? (
          <>
            <dt>Credits not applied yet</dt>
            <dd>{money(position.creditsMinor)}</dd>
          </>
        ) : null}
        <dt>{emailHeld && !held ? 'A letter or a call would ask for' : 'A reminder would ask for'}</dt>
        <dd>
          <strong>{money(held ? 0 : position.askMinor)}</strong>
        </dd>
      </dl>
      <HoldsInForce {...{ position, locale }} />
      {position.tiesOut || position.ledgerMinor === null ? null : (
        <p class="trouble">
          The ledger says {money(position.ledgerMinor)} and the invoices read add up to{' '}
          {money(position.openMinor - position.creditsMinor)}. Nothing is sent until the two agree.
        </p>
      )}
      <Invoices {...{ position, locale, papers }} />
    </div>
  );
}

function HoldsInForce({ position, locale }: Omit<PositionProps, 'papers'>) {
  if (position.unsaid.length === 0) return null;
  return (
    <ul class="stack">
      {position.unsaid.map((hold) => {
        const { rule, words } = splitRule(hold.words);
        return (
          <li key={hold.holdId ?? hold.kind} class="trouble">
            {daysInWords(words, locale)} {rule === '' ? null : <span class="rule">Rule {rule}</span>}
          </li>
        );
      })}
    </ul>
  );
}

const stateWords = {
  ask: 'Asked for in the next reminder',
  not_due: 'Not due yet',
  held: 'Held',
  left_out: 'Left out',
} as const;

/** A hold of the whole position wins over what would be asked for by the invoice alone (R10). */
function lineWords(line: PositionLine, position: CustomerPosition): string {
  return line.state === 'ask' && position.holds.length > 0
    ? 'Past due, held with the customer'
    : stateWords[line.state];
}

function Invoices({ position, locale, papers }: PositionProps) {
  if (position.lines.length === 0) return null;
  const lines = position.lines.toSorted((one, other) => other.daysLate - one.daysLate);
  return (
    <div class="stack">
      <h2>Open invoices</h2>
      <ul class="rows t-small">
        {lines.map((line) => (
          <Invoice key={line.invoiceId} {...{ line, position, locale, papers }} />
        ))}
      </ul>
    </div>
  );
}

function Invoice({ line, position, locale, papers }: PositionProps & { readonly line: PositionLine }) {
  const due = line.dueOn === null ? 'no due date' : `due ${formatDay(line.dueOn, locale)}`;
  return (
    <li>
      <div class="head">
        <strong>{line.number ?? 'No number'}</strong>
        <span class={line.daysLate > 30 ? 't-late' : undefined}>
          {formatAmount(line.openMinor, position.currency, locale)}
        </span>
      </div>
      <p class="t-2">
        {due}
        {line.daysLate > 0 ? `, ${counted(line.daysLate, 'day')} late` : ''}
        {line.openMinor < line.totalMinor
          ? `, part paid of ${formatAmount(line.totalMinor, position.currency, locale)}`
          : ''}
      </p>
      <p>{lineWords(line, position)}</p>
      <PaperLinks line={line} papers={papers} />
      <Why reasons={line.reasons} locale={locale} />
    </li>
  );
}

/** The invoice itself: as the ledger prints it, and as its customer sees it online. */
function PaperLinks({ line, papers }: { readonly line: PositionLine; readonly papers: Papers }) {
  const online = papers.links.get(line.invoiceId) ?? null;
  const called = line.number === null ? '' : ` ${line.number}`;
  return (
    <p>
      <a
        href={`${papers.at}/invoices/${encodeURIComponent(line.invoiceId)}/pdf`}
        aria-label={`Invoice (PDF)${called}`}
      >
        Invoice (PDF)
      </a>
      {online === null ? null : (
        <>
          {' · '}
          <a href={online} rel="noreferrer" aria-label={`See it online: invoice${called}`}>
            See it online
          </a>
        </>
      )}
    </p>
  );
}
