import { warningWords } from '../../../policies/law/warning-words.ts';
import type { WaitingTouch } from './approve.store.ts';

/** The name of the field with the reason why a touch goes out although the law warns. */
export function reasonField(touchId: string): string {
  return `reason:${touchId}`;
}

/** What the law warns of, and the reason that its release asks for. */
export function Warnings({
  touch,
  form,
  reason = '',
}: {
  readonly touch: WaitingTouch;
  readonly form: string | null;
  /** As it was typed when another of the batch was refused. */
  readonly reason?: string | undefined;
}) {
  if (touch.warnings.length === 0) return null;
  return (
    <div class="trouble t-small stack">
      {touch.warnings.map((rule) => (
        <p key={rule.id}>{warningWords(rule)}</p>
      ))}
      {form === null || touch.state !== 'awaiting_approval' ? null : (
        <label class="field">
          <span class="label-text">Why it goes out all the same</span>
          <input
            class="input input-sm"
            name={reasonField(touch.touchId)}
            form={form}
            value={reason}
            maxLength={300}
            autocomplete="off"
          />
          <span class="hint">Needed to send it; it is kept in the record.</span>
        </label>
      )}
    </div>
  );
}
