/** Where "now" comes from; nothing else may ask the machine for the time. */
export interface Clock {
  now(): Date;
}
