import { describe, expect, it } from '@jest/globals';
import { parsePostmarkEvent } from '../../../connectors/postmark/index.ts';

const delivery = {
  RecordType: 'Delivery',
  MessageStream: 'ar-reminders',
  ServerID: 23,
  MessageID: '883953f4-6105-42a2-a16a-77a8eac79483',
  Recipient: 'ap@debtor.example',
  DeliveredAt: '2026-08-01T13:28:10.2735393-04:00',
  Details: 'Test delivery',
  Metadata: { ob: 'touch-1', co: 'company-1' },
};

const bounce = {
  RecordType: 'Bounce',
  MessageStream: 'ar-reminders',
  ID: 4323372036854775807n,
  Type: 'HardBounce',
  TypeCode: 1,
  Name: 'Hard bounce',
  MessageID: '883953f4-6105-42a2-a16a-77a8eac79483',
  Description: 'The server was unable to deliver your message.',
  Details: 'smtp;550 5.1.1',
  Email: 'ap@debtor.example',
  BouncedAt: '2026-08-02T13:28:10.2735393Z',
  Inactive: true,
  CanActivate: true,
  Metadata: { ob: 'touch-1', co: 'company-1' },
};

describe('events about a message that left', () => {
  it('tells of a copy by its own id, and never as of the touch', () => {
    const event = parsePostmarkEvent({ ...bounce, Metadata: { cp: 'copy-1', co: 'company-1' } }, null);
    expect(event).toMatchObject({ kind: 'bounced', touchId: null, copyId: 'copy-1', companyId: 'company-1' });
  });

  it('reads a delivery with our ids and a UTC instant', () => {
    expect(parsePostmarkEvent(delivery)).toEqual({
      kind: 'delivered',
      touchId: 'touch-1',
      companyId: 'company-1',
      providerMessageId: delivery.MessageID,
      recipient: 'ap@debtor.example',
      at: '2026-08-01T17:28:10.273Z',
      eventId: `Delivery:${delivery.MessageID}:ap@debtor.example:${delivery.DeliveredAt}`,
      details: 'Test delivery',
    });
  });

  it('names an event by its trace id when there is one', () => {
    expect(parsePostmarkEvent(delivery, 'trace-9')).toMatchObject({ eventId: 'trace-9' });
  });

  it('reads a bounce, and judges it by Inactive', () => {
    expect(parsePostmarkEvent(bounce)).toMatchObject({
      kind: 'bounced',
      bounceType: 'HardBounce',
      inactive: true,
    });
    const soft = { ...bounce, Type: 'SoftBounce', Inactive: false };
    expect(parsePostmarkEvent(soft)).toMatchObject({ kind: 'bounced', inactive: false });
  });

  it('does not take an absence note or a changed address for a failure', () => {
    expect(parsePostmarkEvent({ ...bounce, Type: 'AutoResponder' })).toMatchObject({ kind: 'autoReply' });
    expect(parsePostmarkEvent({ ...bounce, Type: 'AddressChange' })).toMatchObject({ kind: 'addressChange' });
  });

  it('reads a complaint', () => {
    const complaint = { ...bounce, RecordType: 'SpamComplaint', Type: 'SpamComplaint' };
    expect(parsePostmarkEvent(complaint)).toMatchObject({ kind: 'complained', touchId: 'touch-1' });
  });

  it('ignores what it does not need, and has no ids for what was not ours', () => {
    expect(parsePostmarkEvent({ RecordType: 'Open' })).toEqual({ kind: 'ignored', recordType: 'Open' });
    expect(parsePostmarkEvent({ RecordType: 'SubscriptionChange', MessageID: null })).toMatchObject({
      kind: 'ignored',
    });
    expect(parsePostmarkEvent({ ...delivery, Metadata: {} })).toMatchObject({
      touchId: null,
      companyId: null,
    });
    expect(parsePostmarkEvent({ ...delivery, Metadata: null })).toMatchObject({ touchId: null });
  });

  it.each([
    ['nothing', null],
    ['a list', []],
    ['a text', 'Delivery'],
    ['no type', {}],
    ['no message id', { ...delivery, MessageID: null }],
    ['no recipient', { ...delivery, Recipient: 7 }],
    ['an impossible instant', { ...delivery, DeliveredAt: 'yesterday' }],
  ])('is no event: %s', (_name, body) => {
    expect(parsePostmarkEvent(body)).toBeNull();
  });
});
