import type { PreviewedTouch } from '../dunning/preview.store.ts';
import type { Tx } from '../platform/db.ts';
import { callTasks } from './call-task.store.ts';
import type { CallTask } from './caller.ts';

/** A touch of the coming days, and whose it is. */
export interface TouchAhead extends PreviewedTouch {
  /** P5: of a call; null: of anything else. */
  readonly task: CallTask | null;
}

/** P5: says of each call that is ahead whose task it will be, as the brand names people now. One query, where there is any. */
export async function withTasks(
  tx: Tx,
  companyId: string,
  touches: readonly PreviewedTouch[],
): Promise<readonly TouchAhead[]> {
  const calls = touches.some(({ step }) => step.channel === 'call');
  const taskOf = calls ? await callTasks(tx, companyId) : null;
  return touches.map((touch) => {
    const { draft, step, at } = touch;
    const call = { style: draft.style, step, step_key: draft.stepKey, planned_for: at };
    return { ...touch, task: taskOf === null || step.channel !== 'call' ? null : taskOf(call) };
  });
}
