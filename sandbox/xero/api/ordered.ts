import type { Fault } from '../../faults.ts';
import { gate, notFound, queryError, validation, XeroRefusal } from '../wire/problem.ts';

/** What a test ordered, in Xero's own words; they come after token, organisation and limits were found good. */
const REFUSALS: Readonly<Record<string, (fault: Fault) => XeroRefusal>> = {
  // wrong or disconnected organisation; seen as 401 too
  api_403: () => gate(403, 'AuthenticationUnsuccessful'),
  api_401_organisation: () => gate(401, 'AuthenticationUnsuccessful'),
  // the app was not granted the scope; the person lost the role
  scope: () => gate(401, 'AuthorizationUnsuccessful'),
  role: () => gate(403, 'AuthorizationUnsuccessful'),
  gone: () => notFound(),
  validation: (fault) => validation({}, String(fault.body ?? 'This document cannot be edited.')),
  closed_period: () =>
    validation(
      {},
      'The document date cannot be before the end of year lock date, currently set for the organisation.',
    ),
  query: () => queryError("No property or field 'Nonsense' exists in type 'Invoice'"),
  offline: () => new XeroRefusal(503, 'The Organisation is offline'),
  system: () =>
    new XeroRefusal(500, {
      ErrorNumber: 500,
      Type: 'InternalServerError',
      Message: 'An error occurred in Xero.',
    }),
}; // prettier-ignore

/** Throws the refusal that was ordered for this request, if one was. */
export function refuseAsOrdered(fault: Fault | undefined): void {
  const refusal = fault === undefined ? undefined : REFUSALS[fault.kind];
  if (fault !== undefined && refusal !== undefined) throw refusal(fault);
}
