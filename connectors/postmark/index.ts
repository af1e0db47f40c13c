export { parsePostmarkEvent } from './events.ts';
export { postmarkMailer } from './send.ts';
