import type { Place } from "../report/report";
import { markup, type Markup } from "./markup";
import { code } from "./words";

/** The name in the program, where it is in it, and whether it is protected. */
export function place({ resource, components, protected: kept }: Place): Markup {
  const inside = components.map((type) => markup` in ${code(type)}`);
  return markup`${code(resource)}${inside}${kept ? ", protected" : ""}`;
}
