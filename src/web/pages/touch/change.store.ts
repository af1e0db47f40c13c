import { taskDone } from '../../../delivery/task-done.store.ts';
import { cancelTouch } from '../../../dunning/approval.store.ts';
import { notPosted } from '../../../dunning/printed.store.ts';
import { rescheduleTouch } from '../../../dunning/reschedule.store.ts';
import { resendTouch } from '../../../dunning/resend.store.ts';
import { sendNow } from '../../../dunning/send-now.store.ts';
import { skipStep } from '../../../dunning/skip.store.ts';
import type { Duly } from '../../../platform/context.ts';
import type { Tx } from '../../../platform/db.ts';
import { fieldOf } from '../../form-fields.ts';
import { doneWords } from './done-words.ts';

/** A posted form about a touch. */
export interface Asked {
  readonly duly: Duly;
  readonly tx: Tx;
  readonly companyId: string;
  readonly touchId: string;
  readonly body: unknown;
  /** Who asks. */
  readonly by: string;
}

interface Done {
  /** As a sentence. */
  readonly said: string;
  /** A form that follows; absent: back to where it was asked. */
  readonly follows?: 'promise';
}

/** What each form of a touch does, by the last part of the address it posts to. Each throws UserError. */
export const changes: Readonly<Record<string, (asked: Asked) => Promise<Done>>> = {
  'send-now': async ({ duly, tx, companyId, touchId, body, by }) => {
    await sendNow(tx, companyId, touchId, by, duly.clock.now(), fieldOf(body, 'reason', 300));
    return { said: 'It leaves in the next minutes, once the books have been read again.' };
  },
  skip: async ({ duly, tx, companyId, touchId, body, by }) => {
    await skipStep(tx, companyId, touchId, fieldOf(body, 'reason', 300), by, duly.clock.now());
    return { said: 'This step is skipped. The next one follows at its usual time.' };
  },
  reschedule: async ({ duly, tx, companyId, touchId, body, by }) => {
    const wanted = { on: fieldOf(body, 'on', 20), time: fieldOf(body, 'time', 10) };
    await rescheduleTouch(tx, companyId, touchId, wanted, by, duly.clock.now());
    return { said: 'It is moved, and stays there however often it is planned anew.' };
  },
  cancel: async ({ duly, tx, companyId, touchId, body, by }) => {
    await cancelTouch(tx, companyId, touchId, fieldOf(body, 'reason', 300), by, duly.clock.now());
    return {
      said: 'That is not sent. The customer is on hold until somebody lifts it; the reason is in their record.',
    };
  },
  resend: async ({ duly, tx, companyId, touchId, body, by }) => {
    const wanted = { email: fieldOf(body, 'email', 300), reason: fieldOf(body, 'reason', 300) };
    await resendTouch(tx, companyId, touchId, wanted, by, duly.clock.now());
    return {
      said: 'The same message goes out once more, within its hours; the books are read again before.',
    };
  },
  'not-posted': async ({ duly, tx, companyId, touchId, by }) => {
    await notPosted(tx, companyId, touchId, by, duly.clock.now());
    return { said: 'It was not posted. It is printed anew with the figures of then, or planned anew.' };
  },
  done: async ({ duly, tx, companyId, touchId, body, by }) => {
    const outcome = await taskDone(
      duly,
      tx,
      companyId,
      touchId,
      {
        result: fieldOf(body, 'result', 40),
        postedOn: fieldOf(body, 'postedOn', 20),
        note: fieldOf(body, 'note', 2_000),
        anyway: fieldOf(body, 'anyway', 10) === 'yes',
      },
      by,
    );
    const promised = outcome.channel === 'call' && outcome.result === 'promised';
    return { said: doneWords(outcome), ...(promised ? { follows: 'promise' } : {}) };
  },
};
