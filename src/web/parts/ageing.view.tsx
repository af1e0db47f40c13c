import type { Currency } from '../../domain/currency.ts';
import { formatAmount, formatMoney } from '../../domain/money.ts';
import { type Ageing, bucketsOf, bucketWords } from '../ageing.ts';

interface AgeingProps {
  readonly ageing: Ageing;
  readonly currency: Currency;
  readonly locale: string;
}

/** One thin stacked bar, zero-based. SVG attributes instead of styles: the security policy refuses inline styles. */
export function AgeingBar({ ageing, currency, locale }: AgeingProps) {
  const buckets = bucketsOf(ageing);
  const total = buckets.reduce((sum, minor) => sum + minor, 0);
  if (total <= 0) return null;
  const words = buckets
    .map((minor, index) => `${bucketWords[index]} ${formatMoney(minor, currency, locale)}`)
    .join(', ');
  let left = 0;
  return (
    <svg class="ageing-bar" viewBox="0 0 1000 10" preserveAspectRatio="none" role="img" aria-label={words}>
      {buckets.map((minor, index) => {
        const width = Math.round((minor / total) * 1000);
        const rect = (
          <rect key={bucketWords[index]} class={`age-${index}`} x={left} y="0" width={width} height="10" />
        );
        left += width;
        return rect;
      })}
    </svg>
  );
}

function Swatch({ index }: { readonly index: number }) {
  return (
    <svg class="swatch" viewBox="0 0 10 10" aria-hidden="true">
      <rect class={`age-${index}`} width="10" height="10" />
    </svg>
  );
}

/** The same figures as words and numbers, beside or below the bar. */
export function AgeingTable({ ageing, currency, locale }: AgeingProps) {
  return (
    <table class="sheet">
      <caption class="sr-only">Open by age, in {currency}</caption>
      <thead>
        <tr>
          <th scope="col">Age</th>
          <th scope="col" class="num">
            {currency}
          </th>
        </tr>
      </thead>
      <tbody>
        {bucketsOf(ageing).map((minor, index) => (
          <tr key={bucketWords[index]}>
            <td>
              <Swatch index={index} />
              {bucketWords[index]}
            </td>
            <td class={index >= 2 && minor > 0 ? 'num t-late' : 'num'}>
              {formatAmount(minor, currency, locale)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The figures in one line under the bar, only those that are not zero. */
export function AgeingLine({ ageing, currency, locale }: AgeingProps) {
  return (
    <ul class="flex flex-wrap gap-x-5 gap-y-1 t-small">
      {bucketsOf(ageing).map((minor, index) =>
        minor === 0 ? null : (
          <li key={bucketWords[index]}>
            <Swatch index={index} />
            <span class="t-2">{bucketWords[index]}</span> {formatAmount(minor, currency, locale)}
          </li>
        ),
      )}
    </ul>
  );
}
