import type { Reason } from '../../../domain/reason.ts';
import { daysInWords } from '../../words.ts';

/** A reason with where it stands; a rule of law opens on the customer's law. */
export function Sourced({
  reason,
  locale,
  at,
}: {
  readonly reason: Reason;
  readonly locale: string;
  /** The customer's pages. */
  readonly at: string;
}) {
  const rule = reason.rule.replace(/^LAW /, '');
  return (
    <>
      {daysInWords(reason.words, locale)}{' '}
      {reason.source === undefined ? (
        <span class="rule">Rule {rule}</span>
      ) : (
        <a href={`${at}/law#${rule}`}>{reason.source}</a>
      )}
    </>
  );
}
