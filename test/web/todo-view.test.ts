import { expect, test } from '@jest/globals';
import { renderToString } from 'preact-render-to-string';
import type { Task } from '../../src/web/pages/todo/todo.store.ts';
import { TodoPage } from '../../src/web/pages/todo/todo.view.tsx';
import { DoneForm } from '../../src/web/pages/touch/done.view.tsx';
import { doneWords } from '../../src/web/pages/touch/done-words.ts';
import { currency } from '../support/values.ts';
import { frame, now } from './frame.ts';

function call(customerName: string, plannedFor: Date): Task {
  return {
    touchId: customerName,
    channel: 'call',
    customerId: customerName,
    customerName,
    country: 'US',
    region: 'OR',
    stepName: 'call',
    recipientName: customerName,
    phone: '555 0100',
    caller: null,
    address: null,
    currency: currency('USD'),
    askMinor: 10_000,
    invoiceCount: 1,
    plannedFor,
    printed: null,
    passedOverOn: null,
  };
}

test('S1, S3: a call that is not to be made yet is folded away, below those of now', () => {
  const later = new Date(now.getTime() + 86_400_000);
  const shown = [call('Tomorrow Ltd', later), call('Now Ltd', now)];
  const html = renderToString(TodoPage({ frame: frame(), tasks: { shown, count: 2 } }));
  const [before, after] = html.split('1 call for later');
  expect(before).toContain('The call sheet for Now Ltd');
  expect(before).not.toContain('Tomorrow Ltd');
  expect(after).toContain('The call sheet for Tomorrow Ltd');
  const fold = (of: string): string =>
    /<details class="fold"[^>]*><summary>1 call for later/.exec(of)?.[0] ?? '';
  expect(fold(html)).not.toContain(' open');
  // nothing is to be done now: what comes is not hidden
  const only = { shown: [call('Tomorrow Ltd', later)], count: 1 };
  expect(fold(renderToString(TodoPage({ frame: frame(), tasks: only })))).toContain(' open');
});

test('a call that was refused as it was not its time is written down with one tick more', () => {
  const touch = {
    touchId: 't',
    state: 'approved',
    channel: 'call',
    repeats: false,
    recipientEmail: '',
    plannedFor: now,
  };
  const refused = {
    form: 'done',
    typed: { result: 'reached', note: 'pays on Friday' },
    field: 'anyway',
    words:
      'Acme was called about what is owed in EUR on this day already. If it was made all the same, say so.',
    status: 409,
  };
  const html = (of: typeof refused | null): string =>
    renderToString(DoneForm({ frame: frame(), touch, from: 'todo', refused: of }));
  expect(html(null)).not.toContain('name="anyway"');
  expect(html(refused)).toMatch(/Acme was called about .*name="anyway"/s);
  expect(html(refused)).toContain('pays on Friday');
});

test('S9: what a wrong number means for the step stands beside the choice, and is said after it', () => {
  const touch = {
    touchId: 't',
    state: 'approved',
    channel: 'call',
    repeats: false,
    recipientEmail: '',
    plannedFor: now,
  };
  const html = renderToString(DoneForm({ frame: frame(), touch, from: 'todo' }));
  expect(html).toContain('With a wrong number the step stays open: a task asks for the right one');
  expect(doneWords({ channel: 'call', result: 'wrong_number', note: '' })).toBe(
    'The wrong number is written down, and a task asks for the right one. The step stays open: the call is planned anew once the books have another number, and passed over without one in five business days.',
  );
  expect(doneWords({ channel: 'call', result: 'no_answer', note: '' })).toContain('The next step follows');
});
