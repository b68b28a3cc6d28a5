import type { Place } from "../report/report";
import { code } from "./code";

/** The name in the program, where it is in it, and whether it is protected. */
export function placeText({ resource, components, protected: kept }: Place): string {
  const inside = components.length > 0 ? ` in ${components.map(code).join(" in ")}` : "";
  return `${code(resource)}${inside}${kept ? ", protected" : ""}`;
}
