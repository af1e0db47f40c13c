import { capital } from '../../words.ts';

type Doing = 'up' | 'down' | 'copy' | 'remove';

interface Props {
  /** The address of what stands in the row; what a button does is posted below it. */
  readonly at: string;
  readonly name: string;
  readonly doings: readonly Doing[];
  /** Its place in the order, and the last place. */
  readonly index: number;
  readonly last: number;
  /** What was pressed here just now; empty: the row was kept, or took the place of one taken out. Null: nothing. */
  readonly pressed: string | null;
}

/** What is done with one row of an ordered list, inside the list's form. The focus stays with what was pressed. */
export function RowButtons({ at, name, doings, index, last, pressed }: Props) {
  const off = { up: index === 0, down: index === last, copy: false, remove: false };
  // what arrived at an end has no button to press again: the other one takes the focus
  const wanted = doings.find((doing) => doing === pressed);
  const takes = wanted === undefined || !off[wanted] ? wanted : wanted === 'up' ? 'down' : 'up';
  return (
    <div class="step-buttons">
      <a href={at} aria-label={`Edit ${name}`} autofocus={pressed === ''}>
        Edit
      </a>
      {doings.map((doing) => (
        <button
          key={doing}
          class="btn btn-xs btn-plain"
          type="submit"
          formaction={`${at}/${doing}`}
          disabled={off[doing]}
          aria-label={buttonWords(doing, name)}
          autofocus={takes === doing}
        >
          {capital(doing)}
        </button>
      ))}
    </div>
  );
}

function buttonWords(doing: Doing, name: string): string {
  return doing === 'up' || doing === 'down' ? `Move ${name} ${doing}` : `${capital(doing)} ${name}`;
}
