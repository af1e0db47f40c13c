export { type DeliveryEvent, parsePostmarkEvent } from './events.ts';
export { postmarkMailer } from './send.ts';
