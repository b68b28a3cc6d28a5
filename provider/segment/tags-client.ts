import type { ApiRequest, Transport } from "../http/transport";
import { parseRefusals, SEGMENT_TYPE } from "./tags-and-shares-answers";
import { unexpectedAnswerError } from "../http/unexpected-answer";

/** All tags that a segment shall have. */
export interface SegmentTags {
  readonly id: string;
  readonly tags: readonly string[];
}

/** Tags of segments (https://developer.adobe.com/cja-apis/docs/endpoints/componentmetadata/tags/). They are read with the segments. */
export class TagsClient {
  constructor(private readonly transport: Transport) {}

  /**
   * Gives segments their tags and takes all others away; a name that is no tag yet becomes one.
   *
   * @returns the segments that the service refused, with its reason.
   */
  async replace(items: readonly SegmentTags[]): Promise<ReadonlyMap<string, string>> {
    const request: ApiRequest = {
      operation: items.length === 1 ? `tag segment ${items[0]?.id}` : `tag ${items.length} segments`,
      method: "PUT",
      path: "/componentmetadata/tags/tagitems",
      body: items.map(({ id, tags }) => ({
        componentType: SEGMENT_TYPE,
        componentId: id,
        tags: tags.map((name) => ({ name })),
      })),
      repeatable: true,
    };
    const answer = await this.transport.send(request);
    const refusalsById = parseRefusals(
      answer,
      items.map(({ id }) => id),
    );
    if (!refusalsById) throw unexpectedAnswerError(request, answer, "a list of segments, each with its outcome");
    return refusalsById;
  }
}
