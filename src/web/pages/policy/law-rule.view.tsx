import { addDays, type Day, formatDay } from '../../../domain/day.ts';
import type { TreatedAs } from '../../../policies/law/law.ts';
import type { ListedRule } from '../../../policies/law/law-for.ts';
import { knownUntil } from '../../../policies/law/rates.ts';
import { sourceLink } from '../../../policies/law/source-link.ts';

/** For a reader: `consumers`. */
export const plural: Readonly<Record<TreatedAs, string>> = {
  business: 'businesses',
  sole_trader: 'sole traders',
  consumer: 'consumers',
};

/** One rule in a line; where it stands, since when, and its id are behind "Source". */
export function RuleLine({
  rule,
  whom,
  place,
  locale,
}: {
  readonly rule: ListedRule;
  /** Whom it is for, in words; empty: everybody whom the list is about. */
  readonly whom: string;
  /** The line's place on the page; absent: it has none. */
  readonly place?: string;
  readonly locale: string;
}) {
  return (
    <li id={place} class="ruleline">
      <p>
        {rule.words} {whom === '' ? null : <span class="t-2 t-small">{whom}</span>}
      </p>
      <details class="why">
        <summary>Source</summary>
        <ul class="t-small">
          <li>
            <SourceWords source={rule.source} />
          </li>
          <li>{forceWords(rule, locale)}</li>
          {rule.effect.kind === 'kept' ? <li>Kept by {rule.effect.by.replace(/^by /, '')}.</li> : null}
          {rule.doubt === null ? null : <li>To be confirmed: {rule.doubt}</li>}
          <Rates ruleId={rule.id} locale={locale} />
          <li class="t-2">
            {rule.packName} · <span class="rule">{rule.id}</span>
          </li>
        </ul>
      </details>
    </li>
  );
}

function SourceWords({ source }: { readonly source: string }) {
  const href = sourceLink(source);
  if (href === null) return <>{source}</>;
  return (
    <a href={href} rel="noreferrer">
      {source}
    </a>
  );
}

/** Since when it is in force, and how long. */
function forceWords({ from, until, effect }: ListedRule, locale: string): string {
  const last = until === null ? '' : formatDay(addDays(until as Day, -1), locale);
  if (effect.kind === 'off')
    return from === null ? 'Off.' : `Off; the law is of ${formatDay(from as Day, locale)}.`;
  if (from === null) return last === '' ? 'In force, without a date of its own.' : `In force until ${last}.`;
  const since = `In force from ${formatDay(from as Day, locale)}`;
  return last === '' ? `${since}.` : `${since} to ${last}.`;
}

/** How far the reference rates of a late-payment law are known. */
function Rates({ ruleId, locale }: { readonly ruleId: string; readonly locale: string }) {
  const last = knownUntil(ruleId);
  if (last === null) return null;
  return (
    <li>
      Reference rates are known up to {formatDay(last, locale)}; the rate from{' '}
      {formatDay(addDays(last, 1), locale)} is not known to this version of Duly, and no sum that includes
      that day is computed.
    </li>
  );
}
