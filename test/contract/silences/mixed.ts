import type { Place } from "../place";
import { colleaguesSegment, ownSegment } from "../segments";

/** Segments of which one may be tagged and shared. */
export interface Mixed {
  readonly mine: string;
  readonly deleted: string;
  readonly others: string;
}

/** A segment that may be tagged, one that is deleted, and one that the account may not change. */
export async function mixed(place: Place): Promise<Mixed> {
  const [mine, deleted] = [await ownSegment(place), await ownSegment(place)];
  await place.ask({ method: "DELETE", path: `/segments/${deleted}` });
  const others = await colleaguesSegment(place);
  await place.control("PUT", "/permissions", { admin: false });
  return { mine, deleted, others };
}
