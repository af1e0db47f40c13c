import { may } from '../../../companies/roles.ts';
import { localeOf } from '../../../domain/locale.ts';
import { formatMoney } from '../../../domain/money.ts';
import { stepWords } from '../../words.ts';
import type { CompanyFrame } from '../frame.store.ts';
import type { WaitingTouch } from './approve.store.ts';
import { leavesWords, Skip } from './table.view.tsx';

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
  const allowed = may(frame.signedIn.role, 'approve');
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
                {allowed && touch.state === 'approved' ? (
                  <Skip touch={touch} action={`${at}/approve/skip`} csrf={frame.signedIn.csrfToken} />
                ) : null}
              </td>
              <td data-label="Step">{stepWords(touch.stepKey)}</td>
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
