import { z } from "zod";
import type { ApiRequest, Transport } from "../http/transport";
import { unexpected } from "./unexpected-answer";

const component = z.looseObject({ id: z.string().min(1) });
/** The OpenAPI document shows a single component; the pages of other lists, and a bare list, were seen. */
const answer = z.union([
  z.array(component).transform((content) => ({ content, lastPage: true as boolean | undefined })),
  z.looseObject({ content: z.array(component), lastPage: z.boolean().optional() }),
]);

/** What a data view has to offer to definitions. */
export interface Components {
  /** `variables/…` and `metrics/…`. */
  readonly ids: ReadonlySet<string>;
  /** Whether these are all. The API has no parameter for another page. */
  readonly complete: boolean;
}

/** Dimensions and metrics of data views (https://developer.adobe.com/cja-apis/docs/endpoints/dimensions/). */
export class DataViewsClient {
  constructor(private readonly transport: Transport) {}

  /** @returns undefined when there is no such data view. */
  async components(dataViewId: string): Promise<Components | undefined> {
    const [dimensions, metrics] = await Promise.all([
      this.list(dataViewId, "dimensions", "variables/"),
      this.list(dataViewId, "metrics", "metrics/"),
    ]);
    if (!dimensions || !metrics) return undefined;
    return { ids: new Set([...dimensions.ids, ...metrics.ids]), complete: dimensions.complete && metrics.complete };
  }

  private async list(
    dataViewId: string,
    kind: "dimensions" | "metrics",
    prefix: string,
  ): Promise<Components | undefined> {
    const request: ApiRequest = {
      operation: `list the ${kind} of data view ${dataViewId}`,
      method: "GET",
      path: `/data/dataviews/${encodeURIComponent(dataViewId)}/${kind}`,
      query: {},
      repeatable: true,
      accept: [404],
    };
    const got = await this.transport.send(request);
    if (got.status === 404) return undefined;
    const { data } = answer.safeParse(got.data);
    if (!data) throw unexpected(request, got, `a list of ${kind} with their IDs`);
    const ids = data.content.map(({ id }) => (id.startsWith(prefix) ? id : `${prefix}${id}`));
    return { ids: new Set(ids), complete: data.lastPage !== false };
  }
}
