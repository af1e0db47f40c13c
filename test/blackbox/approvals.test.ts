import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Duly } from '../../src/platform/context.ts';
import type { Browser } from '../support/browser.ts';
import { composeIn } from '../support/in-process.ts';
import { type Mail, mailsOf } from '../support/sandbox.ts';
import { World } from '../support/world.ts';
import { Office } from './approvals-support.ts';
import { tick } from './exc-support.ts';

const names = [
  'skipped',
  'moved',
  'hurried',
  'again',
  'copied',
  'called',
  'forgotten',
  'posted',
  'silent',
] as const;

/** Tuesday, eleven in the morning in Wellington. */
const TUESDAY = '2026-11-16T22:00:00Z';

describe('approvals, calls, letters and copies', () => {
  let world: World;
  let duly: Duly;
  let browser: Browser;
  let office: Office;

  const at = async (instant: string): Promise<void> => {
    await world.setNow(instant);
    await tick(duly);
  };
  const mailsTo = async (email: string): Promise<readonly Mail[]> =>
    (await mailsOf(world)).filter((mail) => mail.to.includes(email));

  beforeAll(async () => {
    world = await World.start({ now: TUESDAY });
    duly = composeIn(world);
    browser = world.browser();
    office = await Office.open(world, browser, names);
    await office.api.call('PATCH', '', { allBusinesses: true, bccEmail: 'copies@firm.example', by: 'Dana' });
    await tick(duly);
    for (const name of ['called', 'forgotten']) await office.sequence(name, 'phone');
    await office.sequence('posted', 'post');
    await office.api.call('PATCH', '', { mode: 'approve' });
    await at('2026-11-16T22:05:00Z');
  });
  afterAll(() => world.stop());

  it('S4: each message waits for a person and says why; a call is to do at once, a letter once it is released', async () => {
    const waiting = await office.touch('skipped');
    expect(waiting).toMatchObject({
      state: 'awaiting_approval',
      stateReason: expect.stringContaining('The mode is approve'),
    });
    expect((await office.todo()).map((touch) => [touch.channel, touch.customerId]).sort()).toEqual(
      [
        ['call', office.who('called').id],
        ['call', office.who('forgotten').id],
      ].sort(),
    );
    expect(await office.touch('posted')).toMatchObject({ channel: 'letter', state: 'awaiting_approval' });
    await expect(office.change('posted', 'done', { postedOn: '2026-11-17' })).rejects.toThrow(
      /409.*waits for its release/s,
    );
    await office.release('posted');
    expect((await office.todo()).map((touch) => touch.channel)).toContain('letter');
    for (const { channel, task } of await office.todo())
      expect(task?.for.role ?? null).toBe(channel === 'call' ? 'bookkeeper' : null);
    const page = await browser.get(`/companies/${office.companyId}/todo`);
    expect(page.html).toMatch(/For [^;<]+, bookkeeper; due /);
    expect(page.html).toContain('called Ltd');
    // P5: by when it is to be done
    expect(page.html).toContain('Passed over on 19 Nov');
    expect(page.html).toContain('posted Ltd');
  });

  it('S1: a skipped step does not leave, the customer is not stopped, and the next step follows from that day', async () => {
    await expect(office.change('skipped', 'skip', { reason: ' ' })).rejects.toThrow(/400/);
    const touch = await office.change('skipped', 'skip', { reason: 'they know already' });
    expect(touch).toMatchObject({
      state: 'cancelled',
      stateReason: 'Dana skipped this step: they know already',
    });
    await expect(office.change('skipped', 'skip', { reason: 'twice' })).rejects.toThrow(
      /409.*taken back already/s,
    );
    const { items } = await office.api.get<{ items: object[] }>(
      `/holds?customerId=${office.who('skipped').id}`,
    );
    expect(items).toEqual([]);
  });

  it('a touch is moved only to a time that the rules allow, and stays there when it is planned anew', async () => {
    await expect(office.change('moved', 'reschedule', { on: '2026-11-21' })).rejects.toThrow(
      /400.*next time that is allowed.*23 Nov/s,
    );
    await expect(office.change('moved', 'reschedule', { on: '2026-11-19', time: '22:00' })).rejects.toThrow(
      /400.*may not leave then.*hours and business days/s,
    );
    await expect(office.change('moved', 'reschedule', { on: '2026-11-21' })).rejects.toThrow(
      /Sat, 21 Nov 2026 is a weekend day where they are \(New Zealand\)/,
    );
    await expect(office.change('moved', 'reschedule', { on: '2026-12-25', time: '10:00' })).rejects.toThrow(
      /Fri, 25 Dec 2026 is a public holiday where they are: Christmas Day \(New Zealand\).*next time that is allowed is Tue, 29 Dec 2026/s,
    );
    await expect(office.change('moved', 'reschedule', { on: '2026-11-19', time: '22:00' })).rejects.toThrow(
      /policy’s hours are 09:00 to 17:00 their time/,
    );
    const moved = await office.change('moved', 'reschedule', { on: '2026-11-19', time: '10:30' });
    expect(moved.plannedFor).toBe('2026-11-18T21:30:00.000Z');
    await office.release('moved');
    await office.pay('moved', 10_000);
  });

  it('a message that is sent now leaves outside the company’s own hours, and is held by the law’s hours', async () => {
    // half past five in the afternoon: after our hours, inside those that the house rules leave
    await at('2026-11-17T04:30:00Z');
    expect(await mailsTo(office.who('hurried').email)).toEqual([]);
    await world.setNow('2026-11-17T05:30:00Z');
    await expect(office.change('hurried', 'send-now')).rejects.toThrow(/409.*8:00 to 18:00/s);
    await world.setNow('2026-11-17T04:30:00Z');
    const touch = await office.change('hurried', 'send-now');
    expect(touch).toMatchObject({ state: 'approved', approvedBy: 'Dana', sentNowBy: 'Dana' });
    await tick(duly);
    expect(await mailsTo(office.who('hurried').email)).toHaveLength(1);
    expect(await office.touch('hurried')).toMatchObject({ state: 'sent' });
  });

  it('CON-04, CON-05: contacts marked for invoices and the company itself get the same message, once', async () => {
    await at('2026-11-17T22:00:00Z');
    for (const name of ['copied', 'again', 'silent']) await office.release(name);
    await tick(duly);
    const [main] = await mailsTo(office.who('copied').email);
    const [ina] = await mailsTo('ina.copied@debtors.example');
    expect(ina).toMatchObject({ subject: main?.subject, html: main?.html, text: main?.text, touchId: '' });
    expect(await mailsTo('olaf.copied@debtors.example')).toEqual([]);
    const sent = await office.touch('copied');
    const { copies } = await office.api.get<{ copies: object[] }>(`/touches/${sent.touchId}`);
    expect(copies).toEqual([
      { email: 'copies@firm.example', name: '', why: 'blind', state: 'sent', delivery: null },
      {
        email: 'ina.copied@debtors.example',
        name: 'Ina Price',
        why: 'contact',
        state: 'sent',
        delivery: null,
      },
    ]);
    expect((await mailsTo('copies@firm.example')).map((mail) => mail.subject)).toContain(main?.subject);
    await tick(duly);
    expect(await mailsTo('ina.copied@debtors.example')).toHaveLength(1);
  });

  it('a call is written down with how it went, goes to the ledger, and is never mailed', async () => {
    await expect(office.change('called', 'done', {})).rejects.toThrow(/400.*how the call went/s);
    const done = await office.change('called', 'done', { result: 'promised', note: 'pays on Friday' });
    expect(done).toMatchObject({
      state: 'sent',
      doneBy: 'Dana',
      outcome: { result: 'promised', postedOn: null, note: 'pays on Friday' },
    });
    expect(done.message?.text).toContain('Goal');
    await expect(office.change('called', 'done', { result: 'reached' })).rejects.toThrow(
      /409.*Dana has marked it/s,
    );
    await tick(duly);
    expect(await office.notes('called')).toEqual([
      expect.stringMatching(
        /^Called called Ltd on .* \(call\): reached; a payment was promised: pays on Friday\. By Dana\./,
      ),
    ]);
    expect(await mailsTo(office.who('called').email)).toEqual([]);
  });

  it('a letter is written down with the day on which it was posted', async () => {
    await expect(office.change('posted', 'done', { postedOn: '2026-11-20' })).rejects.toThrow(
      /400.*still to come/s,
    );
    const done = await office.change('posted', 'done', { postedOn: '2026-11-17' });
    expect(done).toMatchObject({ state: 'sent', outcome: { postedOn: '2026-11-17' } });
    await tick(duly);
    expect(await office.notes('posted')).toEqual([
      expect.stringContaining('Letter to posted Ltd (letter): posted on'),
    ]);
    expect(await mailsTo(office.who('posted').email)).toEqual([]);
    expect((await office.todo()).map((touch) => touch.customerId)).toEqual([office.who('forgotten').id]);
  });

  it('IDM-11: the same message is sent again to a corrected address, recorded with who and when, and counts', async () => {
    await expect(office.change('again', 'resend')).rejects.toThrow(/409.*today/s);
    await at('2026-11-18T22:00:00Z');
    const first = await office.touch('again');
    await expect(office.change('again', 'resend', { email: 'nobody' })).rejects.toThrow(
      /400.*not an e-mail address/s,
    );
    const again = await office.change('again', 'resend', { email: 'ap.again@debtors.example' });
    expect(again).toMatchObject({ resendOf: first.touchId, state: 'approved', approvedBy: 'Dana' });
    await tick(duly);
    const [was] = await mailsTo(office.who('again').email);
    const [now] = await mailsTo('ap.again@debtors.example');
    expect(now).toMatchObject({
      html: was?.html,
      text: was?.text,
      subject: was?.subject,
      touchId: again.touchId,
    });
    expect((await office.notes('again')).at(-1)).toContain('sent again by Dana');
    const { items } = await office.api.get<{ items: { kind: string; actor: string }[] }>(
      `/activities?customerId=${office.who('again').id}&limit=500`,
    );
    expect(items.filter((item) => item.kind === 'touch_resent')).toMatchObject([{ actor: 'Dana' }]);
    await expect(office.change('again', 'resend')).rejects.toThrow(/409.*today/s);
  });

  it('EXC-13, IDM-11: nothing is sent again to whoever is not to be contacted, nor after it was paid', async () => {
    await office.api.call('POST', '/holds', {
      kind: 'do_not_contact',
      scope: 'customer',
      customerId: office.who('silent').id,
      reason: 'their lawyer wrote',
      by: 'Dana',
    });
    await expect(office.change('silent', 'resend')).rejects.toThrow(/409.*Not to be contacted/s);
    await office.pay('copied', 40_000);
    await at('2026-11-18T22:30:00Z');
    await expect(office.change('copied', 'resend')).rejects.toThrow(/409.*(settled|open any more)/s);
  });

  it('what was moved did not leave before its time although a payment changed it, and a call that nobody made is passed over', async () => {
    expect(await mailsTo(office.who('moved').email)).toEqual([]);
    expect((await office.touches('forgotten')).map((touch) => touch.state)).toContain('cancelled');
    const gone = (await office.touches('forgotten')).find((touch) => touch.channel === 'call');
    expect(gone?.stateReason).toContain('Nobody did it within 2 business days.');
    const { items } = await office.api.get<{ items: { nextStep: string; customerId: string }[] }>('/cases');
    const nextOf = (name: string) => items.find((row) => row.customerId === office.who(name).id)?.nextStep;
    expect(nextOf('skipped')).toBe('second');
    expect(nextOf('forgotten')).toBe('second');
  });
});
