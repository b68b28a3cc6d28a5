import type { Clause } from "../clause/clause";
import type { Json } from "../../json/value";
import { json } from "../quote";
import { enumerated } from "../style";
import type { Style } from "../style";

/** More values than this are not read one by one. */
const MAX_READ = 8;

/** The styles for two comparisons one of which became the other: of two long lists only what differs is told. */
export function stylesFor(
  before: Clause,
  after: Clause,
  style: Style,
): { readonly before: Style; readonly after: Style } {
  const [was, is] = [before.topic?.list, after.topic?.list];
  if (was === undefined || is === undefined || was.length <= MAX_READ || is.length <= MAX_READ) {
    return { before: style, after: style };
  }
  const without = (others: readonly Json[]): Style => ({ ...style, list: (values) => differing(values, others) });
  return { before: without(is), after: without(was) };
}

/** `"new", and 199 that stay` */
function differing(values: readonly Json[], others: readonly Json[]): string {
  const left = new Map<string, number>();
  for (const other of others) left.set(json(other), (left.get(json(other)) ?? 0) + 1);
  const own = values.filter((value) => {
    const count = left.get(json(value)) ?? 0;
    left.set(json(value), count - 1);
    return count <= 0;
  });
  const stay = values.length - own.length;
  if (stay === 0) return enumerated(own);
  return own.length === 0 ? `${stay} values that stay` : `${enumerated(own)}, and ${stay} that stay`;
}
