import type { BooksApi } from '../books/model.ts';
import { momentWords } from './format.ts';
import { Message, type Told } from './forms.tsx';

/** Where a button of the clock page leads. Days are calendar days in the first company's zone. */
export function movedClock(now: Date, move: string, timeZone: string): Date {
  const local = Temporal.Instant.from(now.toISOString()).toZonedDateTimeISO(timeZone);
  if (move !== 'morning') return new Date(local.add({ days: Number(move) }).epochMilliseconds);
  let morning = local.with({ hour: 10, minute: 0, second: 0, millisecond: 0, microsecond: 0, nanosecond: 0 });
  while (Temporal.ZonedDateTime.compare(morning, local) <= 0 || morning.dayOfWeek > 5) {
    morning = morning.add({ days: 1 });
  }
  return new Date(morning.epochMilliseconds);
}

export function ClockPage({
  books,
  now,
  shared,
  told,
}: {
  books: BooksApi;
  now: Date;
  shared: boolean;
  told: Told;
}) {
  const iso = now.toISOString();
  return (
    <>
      <h1>Clock</h1>
      <Message told={told} />
      <section class="card">
        <p class="figure">{momentWords(iso, 'UTC')} UTC</p>
        <dl class="facts">
          {books.companies().map((company) => (
            <>
              <dt>{company.name}</dt>
              <dd>{momentWords(iso, company.timeZone)}</dd>
            </>
          ))}
        </dl>
        {!shared && <p class="soon">No clock file is set: Duly does not see when this clock moves.</p>}
      </section>
      <section class="card">
        <h2>Move it</h2>
        <div class="row">
          <Move move="1" words="1 day on" />
          <Move move="3" words="3 days on" />
        </div>
        <br />
        <div class="row">
          {books.companies().map((company) => (
            <Move
              key={company.id}
              move="morning"
              zone={company.timeZone}
              words={`Next business morning, 10:00 at ${company.name}`}
            />
          ))}
        </div>
        <br />
        <form method="post" action="/clock" class="row">
          <label>
            Instant (UTC)
            <br />
            <input name="at" value={iso} size={26} required />
          </label>
          <button type="submit" class="plain">
            Set the clock
          </button>
        </form>
        <p class="quiet">Once moved, the clock stands still until it is moved again.</p>
      </section>
    </>
  );
}

function Move({ move, words, zone }: { move: string; words: string; zone?: string }) {
  return (
    <form method="post" action="/clock">
      <input type="hidden" name="move" value={move} />
      {zone && <input type="hidden" name="zone" value={zone} />}
      <button type="submit" class={move === '1' ? '' : 'plain'}>
        {words}
      </button>
    </form>
  );
}
