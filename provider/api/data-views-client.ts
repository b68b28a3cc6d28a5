import { z } from "zod";
import type { ApiRequest, Transport } from "../http/transport";
import type { DataView, DataViewPage } from "./data-view";
import { parseDataView, parseDataViewPage } from "./data-view-wire";
import { unexpected } from "./unexpected-answer";
import type { Complain } from "./wire-field";

/** The document names no largest page; for segments of the same service this one is known to work (cja-api.md, "Field notes"). */
export const DATA_VIEW_PAGE = 1000;

/** Without it the service answers IDs alone. */
const EXPANSION = "name,description,owner,isDeleted,timezoneDesignator,modified,createdDate";

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

/** Which data views to list. */
export interface DataViewFilter {
  readonly ids?: readonly string[];
  /** From 0. */
  readonly page: number;
}

/**
 * Data views (https://developer.adobe.com/cja-apis/docs/endpoints/dataviews/), with their dimensions and metrics
 * (https://developer.adobe.com/cja-apis/docs/endpoints/dimensions/).
 */
export class DataViewsClient {
  /** @param warn told of odd answers that could still be used. */
  constructor(
    private readonly transport: Transport,
    private readonly warn: (text: string) => void = () => undefined,
  ) {}

  /** One page of the organisation's data views. */
  async page({ ids, page }: DataViewFilter): Promise<DataViewPage> {
    const request: ApiRequest = {
      operation: "list data views",
      method: "GET",
      path: "/data/dataviews",
      query: { expansion: EXPANSION, ...(ids && { dataViewIds: ids.join(",") }), limit: DATA_VIEW_PAGE, page },
      repeatable: true,
    };
    const answer = await this.transport.send(request);
    const parsed = parseDataViewPage(answer.data, { page, limit: DATA_VIEW_PAGE });
    if (!parsed) throw unexpected(request, answer, 'an object with the list "content"');
    const dataViews = parsed.items.flatMap((item, i) => {
      const view = parseDataView(item, this.complain(request, `[${i}].`));
      if (!view) this.warn(`${request.operation}: entry ${i} of the answer has no usable "id"; it is left out`);
      return view ?? [];
    });
    return { dataViews, last: parsed.last };
  }

  /** @returns undefined when there is no such data view. A deleted one may still be answered. */
  async get(id: string): Promise<DataView | undefined> {
    const request: ApiRequest = {
      operation: `read data view ${id}`,
      method: "GET",
      path: `/data/dataviews/${encodeURIComponent(id)}`,
      query: { expansion: EXPANSION },
      repeatable: true,
      accept: [404],
    };
    const answer = await this.transport.send(request);
    if (answer.status === 404) return undefined;
    const view = parseDataView(answer.data, this.complain(request));
    if (!view) throw unexpected(request, answer, 'a data view with its "id"');
    return view;
  }

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

  private complain(request: ApiRequest, place = ""): Complain {
    return (name, expected) =>
      this.warn(
        `${request.operation} (${request.method} ${request.path}): the field "${place}${name}" of the answer is not as documented (${expected}); the rest of the answer is used`,
      );
  }
}
