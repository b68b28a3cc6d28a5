import type { Step } from "../preview/preview";
import type { Place } from "./report";

export function placeOf({ urn, key, before, after }: Step): Place {
  return {
    resource: urn.name,
    components: urn.types.slice(0, -1).filter((type) => type !== "pulumi:pulumi:Stack"),
    urn: key,
    protected: (after ?? before)?.protect ?? false,
  };
}
