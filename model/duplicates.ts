import { describeValue } from "./describe-value";
import type { IsUnknown } from "./is-unknown";
import type { Mistake } from "./mistake";

/** By what an entry of a list is known, and how a message shows it. */
export interface Identity {
  readonly key: string;
  readonly shown: string;
}

const textIdentity = (item: unknown): Identity | undefined =>
  typeof item === "string" ? { key: item, shown: describeValue(item) } : undefined;

/**
 * What is twice in a list. Unknown entries are skipped.
 *
 * @param identity undefined for an entry that has none, and is a mistake of its own. Default: texts are what they say.
 */
export function findDuplicates(
  list: string,
  items: readonly unknown[],
  isUnknown: IsUnknown,
  identity: (item: unknown) => Identity | undefined = textIdentity,
): Mistake[] {
  const firstIndex = new Map<string, number>();
  return items.flatMap((item, i) => {
    const identified = isUnknown(item) ? undefined : identity(item);
    if (!identified) return [];
    const earlierIndex = firstIndex.get(identified.key);
    if (earlierIndex === undefined) firstIndex.set(identified.key, i);
    return earlierIndex === undefined
      ? []
      : [
          {
            path: `${list}[${i}]`,
            message: `found ${identified.shown} a second time (also at ${list}[${earlierIndex}]); give each once`,
          },
        ];
  });
}
