import type { PolicyBody, Segment, Sequence } from '../../../policies/document.ts';
import { namingOf, settingChanges } from '../../../policies/what-changed.ts';
import { ruleWords } from '../../../policies/words/rule-words.ts';
import { settingFields, settingWords } from '../../../policies/words/setting-words.ts';
import { capital } from '../../words.ts';
import { toldRule, toldSetting } from './in-currencies.ts';
import { StepCells, StepHeads } from './steps-table.view.tsx';

/** A whole policy as people read it. */
export interface Told {
  readonly body: PolicyBody;
  /** Those that customers owe in. */
  readonly currencies: readonly string[];
  readonly locale: string;
}

/** The rules for everybody, a sentence each. */
export function RulesTold({ body, currencies, locale }: Told) {
  const naming = namingOf(body, locale);
  return (
    <ul class="panel said">
      {settingFields.map((field) => (
        <li key={field}>{settingWords(field, toldSetting(field, body.settings, currencies), naming)}</li>
      ))}
    </ul>
  );
}

/** The steps of one sequence. */
export function StepsTold({
  sequence,
  body,
  locale,
}: Omit<Told, 'currencies'> & { readonly sequence: Sequence }) {
  return (
    <div class="panel-flush">
      <table class="sheet cards">
        <caption class="sr-only">The steps of {sequence.name}</caption>
        <thead>
          <tr>
            <StepHeads />
          </tr>
        </thead>
        <tbody>
          {sequence.steps.map((step) => (
            <tr key={step.key}>
              <StepCells step={step} body={body} locale={locale} />
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** The segments in their order, with who is in them and what is different for those. */
export function SegmentsTold({ body, currencies, locale }: Told) {
  if (body.segments.length === 0)
    return <p class="t-2">There are none: the rules for everybody hold for everybody.</p>;
  return (
    <div class="panel-flush">
      <table class="sheet cards">
        <caption class="sr-only">Segments</caption>
        <thead>
          <tr>
            <th scope="col">Segment</th>
            <th scope="col">Who</th>
            <th scope="col">What is different</th>
          </tr>
        </thead>
        <tbody>
          {body.segments.map((segment) => (
            <tr key={segment.key}>
              <th scope="row">
                {segment.name} {segment.paused ? <span class="chip bad">paused</span> : null}
              </th>
              <td data-label="Who">{capital(ruleWords(toldRule(segment.when, currencies), locale))}</td>
              <td data-label="Different">
                <div>
                  {differences(segment, namingOf(body, locale)).map((words) => (
                    <p key={words}>{words}</p>
                  ))}
                </div>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** What a segment has otherwise than everybody; amounts are its own, so all of them are told. */
export function differences(
  { settings }: Segment,
  naming: Parameters<typeof settingChanges>[2],
): readonly string[] {
  const words = settingChanges({}, settings, naming);
  return words.length === 0 ? ['Nothing.'] : words;
}

/** Who follows a sequence: `everybody else, “New customer”`. */
export function followersOf({ settings, segments }: PolicyBody, key: string): string {
  const followers = [
    ...(settings.sequence === key ? ['everybody else'] : []),
    ...segments.filter((segment) => segment.settings.sequence === key).map(({ name }) => `“${name}”`),
  ];
  return followers.length === 0 ? 'nobody' : followers.join(', ');
}
