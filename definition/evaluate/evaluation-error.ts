import type { Mistake } from "../mistake";

/** So many mistakes stand in the message; all of them are in `mistakes`. */
const TOLD = 20;

/** A definition, or events, that have no certain meaning. */
export class EvaluationError extends Error {
  override readonly name = "EvaluationError";

  /** @param mistakes with their paths: in the definition `container.pred`, in the events `events[3].time` */
  constructor(readonly mistakes: readonly Mistake[]) {
    const told = mistakes.slice(0, TOLD).map(({ path, message }) => (path === "" ? message : `${path}: ${message}`));
    const rest = mistakes.length > TOLD ? [`and ${mistakes.length - TOLD} more mistakes`] : [];
    super(["This cannot be evaluated:", ...told, ...rest].join("\n  "));
  }
}
