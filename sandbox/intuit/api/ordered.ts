import * as faults from './faults.ts';

const KINDS: Readonly<Record<string, () => faults.Refusal>> = {
  api_401: () => faults.unauthorized('Token expired'),
  api_403: faults.forbidden,
  // the gateway minds no Accept header when it is in the mood
  api_401_xml: () => ({ ...faults.unauthorized('Token expired'), xml: true }),
  api_403_xml: () => ({ ...faults.forbidden(), xml: true }),
  throttle: faults.throttled,
  stale: faults.stale,
  closed_period: () => faults.closedPeriod(''),
  suspended: faults.suspended,
  gone: faults.notFound,
  system: faults.system,
  // batch items apart, old parts of the API answer 200 and mean it not
  fault_200: () => ({ ...faults.system(), status: 200 }),
};

/** The error in Intuit's own words that a test ordered by that kind; undefined: the kind is not one of these. */
export function orderedRefusal(kind: string): faults.Refusal | undefined {
  return Object.hasOwn(KINDS, kind) ? KINDS[kind]?.() : undefined;
}
