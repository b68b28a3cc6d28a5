import { OutcomeUnknownError, UnexpectedAnswerError, type CjaError } from "./errors";
import type { ApiRequest, ApiResponse } from "./transport";
import type { OnBadField } from "./answer-fields";

/**
 * An answer that nothing can be made of: says which request it was for and what it lacks. Where the request may not be
 * repeated, its work may be done all the same: the outcome is unknown, and has to be looked for.
 */
export function unexpectedAnswerError(request: ApiRequest, answer: ApiResponse, expected: string): CjaError {
  const failure = {
    operation: request.operation,
    method: request.method,
    path: request.path,
    // A good status beside a bad answer would only puzzle.
    status: answer.status < 300 ? undefined : answer.status,
    happened: `the answer is not ${expected}`,
    requestId: answer.requestId,
  };
  const advice = `Check ${answer.urlSource}. If that is Adobe's API, it has changed: update pulumi-cja.`;
  const error = new UnexpectedAnswerError({ ...failure, advice });
  return request.repeatable
    ? error
    : new OutcomeUnknownError({ ...failure, sent: { at: answer.sentAt, answered: true }, cause: error });
}

/** Warns of fields of an answer that are not as documented. @param prefix before their names: `[3].` */
export const fieldWarnings =
  (warn: (text: string) => void, { operation, method, path }: ApiRequest, prefix = ""): OnBadField =>
  (name, expected) =>
    warn(
      `${operation} (${method} ${path}): the field "${prefix}${name}" of the answer is not as documented (${expected}); the provider uses the rest of the answer`,
    );

/** Reads the entries of a listing, and warns of what is odd in them and of those that cannot be used. */
export const entryParser =
  <Item>(
    warn: (text: string) => void,
    request: ApiRequest,
    parse: (entry: unknown, onBadField: OnBadField) => Item | undefined,
  ) =>
  (entry: unknown, index: number): Item | undefined => {
    const item = parse(entry, fieldWarnings(warn, request, `[${index}].`));
    if (item === undefined)
      warn(`${request.operation}: entry ${index} of the answer has no usable "id"; the provider ignores it`);
    return item;
  };
