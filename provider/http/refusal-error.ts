import {
  AuthenticationError,
  type CjaError,
  type Failure,
  InvalidRequestError,
  NotFoundError,
  PermissionError,
} from "./errors";

const CLIENT_ID_ADVICE =
  "Check cja:clientId (CJA_CLIENT_ID): it is also the API key, and its project in the Adobe Developer Console must include this API.";

/**
 * The gateway's own codes: it refuses before the service sees the request, and some of its statuses mislead
 * (https://experienceleague.adobe.com/en/docs/experience-platform/landing/troubleshooting).
 */
const GATEWAY_ERRORS: Readonly<Record<string, (failure: Failure) => CjaError>> = {
  "400003": (failure) =>
    new InvalidRequestError({
      ...failure,
      advice: "Check cja:orgId (CJA_ORG_ID): it looks like 1234567890ABCDEF@AdobeOrg.",
    }),
  "403000": (failure) => new AuthenticationError({ ...failure, advice: CLIENT_ID_ADVICE }),
  "403003": (failure) => new AuthenticationError({ ...failure, advice: CLIENT_ID_ADVICE }),
  "403010": (failure) => new AuthenticationError(failure),
  "403025": (failure) =>
    new PermissionError({
      ...failure,
      advice:
        "Check that cja:orgId (CJA_ORG_ID) is the organisation of the credential, and that it has a product profile there.",
    }),
};

/** A 403 that complains about a region is how a missing product profile shows (Adobe's credential page). */
const REGION_ADVICE =
  "The credential has no product profile of Adobe Experience Platform, which decides the region: add one in the " +
  "Adobe Developer Console.";

/** The error for a 4xx that says no for good. */
export function toRefusalError(failure: Failure & { readonly status: number }): CjaError {
  const createError = failure.code === undefined ? undefined : GATEWAY_ERRORS[failure.code];
  if (createError !== undefined) return createError(failure);
  switch (failure.status) {
    case 401:
      return new AuthenticationError(failure);
    case 403:
      return new PermissionError(
        /\bregion\b/i.test(failure.serviceMessage ?? "") ? { ...failure, advice: REGION_ADVICE } : failure,
      );
    case 404:
    case 410:
      return new NotFoundError(failure);
    default:
      return new InvalidRequestError(failure);
  }
}
