import { EnvironmentIds } from "../../model/environment/environment-ids";
import { logicalReference, rebound } from "../../model/environment/rebind";
import type { ResolvedEnvironment } from "../../model/environment/resolve";
import { shareKind } from "../../model/environment/share-ids";
import type { ComparedSegment, ComparedShare } from "./compared-segment";

/**
 * A segment with logical names in the place of IDs, as far as its environment has names for them: what is the same in two
 * environments is then the same.
 */
export function inLogicalNames(segment: ComparedSegment, environment: ResolvedEnvironment): ComparedSegment {
  const ids = new EnvironmentIds(environment.name, environment.ids);
  const dataView = ids.nameOf("dataViews", segment.dataViewId);
  return {
    ...segment,
    dataViewId: dataView === undefined ? segment.dataViewId : logicalReference("dataViews", dataView),
    ...(segment.shares && { shares: segment.shares.map((share) => named(share, ids)) }),
    definition: rebound(segment.definition, ({ kind, text }) => {
      const name = ids.nameOf(kind, text);
      return name === undefined ? undefined : logicalReference(kind, name);
    }),
  };
}

function named(share: ComparedShare, ids: EnvironmentIds): ComparedShare {
  const kind = shareKind(share.to);
  const name = kind && share.ids.map((id) => ids.nameOf(kind, id)).find((found) => found !== undefined);
  return kind && name !== undefined ? { ...share, ids: [logicalReference(kind, name)] } : share;
}
