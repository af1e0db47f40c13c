import type { Reason } from '../../domain/reason.ts';
import { daysInWords, splitRule } from '../words.ts';

/** "Why?": opens the rule in words with the figures used. Nothing when there is no reason to give. */
export function Why({
  reasons,
  locale,
  label = 'Why?',
  open = false,
  whole,
}: {
  readonly reasons: readonly Reason[];
  readonly locale: string;
  readonly label?: string;
  readonly open?: boolean;
  /** Where the whole decision stands, question by question. */
  readonly whole?: string;
}) {
  if (reasons.length === 0) return null;
  return (
    <details class="why" open={open}>
      <summary>{label}</summary>
      <ul>
        {reasons.map((reason, index) => (
          <ReasonLine key={`${index}${reason.rule}`} reason={reason} locale={locale} />
        ))}
        {whole === undefined ? null : (
          <li>
            <a href={whole}>The whole decision</a>
          </li>
        )}
      </ul>
    </details>
  );
}

function ReasonLine({ reason, locale }: { readonly reason: Reason; readonly locale: string }) {
  const split = splitRule(reason.words);
  const rule = reason.rule || split.rule;
  return (
    <li>
      {daysInWords(split.words, locale)} {rule === '' ? null : <span class="rule">Rule {rule}</span>}
    </li>
  );
}
