import { localeOf } from '../../../domain/locale.ts';
import { formatMoney } from '../../../domain/money.ts';
import type { CompanyFrame } from '../frame.store.ts';
import { TouchChanges } from '../touch/change.view.tsx';
import type { WaitingTouch } from './approve.store.ts';
import { leavesWords } from './table.view.tsx';

/** What was released already; until its window opens a person may take it back. */
export function ReleasedTable({
  frame,
  touches,
}: {
  readonly frame: CompanyFrame;
  readonly touches: readonly WaitingTouch[];
}) {
  const locale = localeOf(frame.company.country);
  const at = `/companies/${frame.company.company_id}`;
  return (
    <div class="panel-flush">
      <table class="sheet cards" data-keys>
        <thead>
          <tr>
            <th scope="col">Customer</th>
            <th scope="col">Step</th>
            <th scope="col" class="num">
              Asks for
            </th>
            <th scope="col">Released by</th>
            <th scope="col">Leaves</th>
          </tr>
        </thead>
        <tbody>
          {touches.map((touch) => (
            <tr key={touch.touchId} data-row>
              <td>
                <a class="rowlink" href={`${at}/touches/${touch.touchId}`}>
                  {touch.customerName}
                </a>
                <TouchChanges frame={frame} touch={touch} from="approve" />
              </td>
              <td data-label="Step">{touch.repeats ? `${touch.stepName}, once more` : touch.stepName}</td>
              <td class="num" data-label="Asks for">
                {formatMoney(touch.askMinor, touch.currency, locale)}
              </td>
              <td data-label="Released by">{touch.approvedBy ?? 'Duly'}</td>
              <td data-label="Leaves">{leavesWords(touch, frame)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
