import { measure } from "../../definition";
import { IMPLIED_METRICS } from "../../definition/evaluate/metric";
import { nearestWord } from "../../definition/parse/nearest-word";

/** The dimensions and metrics that definitions ask for, as events have them. */
export function componentsOf(definitions: readonly unknown[]): ReadonlySet<string> {
  return new Set(
    definitions.flatMap((definition) => {
      const { dimensions, metrics } = measure(definition);
      return [...dimensions.map((id) => `variables/${id}`), ...metrics.map((id) => `metrics/${id}`)];
    }),
  );
}

/** A warning for each component that is asked for and that no event has: it may be mistyped, on one side or the other. */
export function missingComponents(asked: ReadonlySet<string>, found: ReadonlySet<string>): string[] {
  return [...asked]
    .filter((name) => !found.has(name) && !IMPLIED_METRICS.has(name))
    .map((name) => {
      const [kind = ""] = name.split("/", 1);
      const ids = [...found]
        .filter((other) => other.startsWith(`${kind}/`))
        .map((other) => other.slice(kind.length + 1));
      const meant = nearestWord(name.slice(kind.length + 1), ids);
      return `no event has \`${name}\`${meant === undefined ? "" : `; did you mean \`${kind}/${meant}\`?`}`;
    });
}
