import { OutcomeUnknownError, UnexpectedAnswerError, type CjaError } from "./errors";
import type { ApiRequest, ApiResponse } from "./transport";

/**
 * An answer that nothing can be made of: says which request it was for and what it lacks. Where the request may not be
 * repeated, its work may be done all the same: the outcome is unknown, and has to be looked for.
 */
export function unexpected(request: ApiRequest, answer: ApiResponse, expected: string): CjaError {
  const failure = {
    operation: request.operation,
    method: request.method,
    path: request.path,
    // A good status beside a bad answer would only puzzle.
    status: answer.status < 300 ? undefined : answer.status,
    happened: `the answer is not ${expected}`,
    requestId: answer.requestId,
  };
  const advice = `Check ${answer.from}: either that is not Adobe's API, or the API has changed and this version cannot read it.`;
  const error = new UnexpectedAnswerError({ ...failure, advice });
  return request.repeatable
    ? error
    : new OutcomeUnknownError({ ...failure, sent: { at: answer.sentAt, answered: true }, cause: error });
}
