import { z } from "zod";
import { UnexpectedAnswerError } from "../http/errors";
import type { ApiRequest, Transport } from "../http/transport";
import type { DataView } from "./data-view";
import { parseDataView } from "./wire";
import { pageIn, type PageNumber } from "../http/page-number";
import { pagesOf, usable, type AnsweredPage, type NewItems } from "../http/pager";
import { complaints, entriesOf, unexpected } from "../http/unexpected-answer";

/** No document sets a maximum page size. The same service accepts this one for segments. */
const DATA_VIEW_PAGE = 1000;

/** Without it the service answers IDs alone. */
const EXPANSION = "name,description,owner,isDeleted,timezoneDesignator,modified,createdDate";

const LIST = { operation: "list data views", method: "GET", path: "/data/dataviews" } as const;

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

  /**
   * The organisation's data views, page by page.
   *
   * @param ids only these; a service may not know the filter, and answer all.
   * @param impatient see `ApiRequest`
   * @throws IncompleteListingError at the end, where something is missing.
   */
  pages(ids?: readonly string[], impatient = false): AsyncGenerator<NewItems<DataView>, void> {
    return pagesOf<DataView, PageNumber>({
      request: LIST,
      first: { page: 0, limit: DATA_VIEW_PAGE },
      ask: (place) => this.page(place, ids, impatient),
      idOf: ({ id }) => id,
    });
  }

  private async page(
    place: PageNumber,
    ids: readonly string[] | undefined,
    impatient: boolean,
  ): Promise<AnsweredPage<DataView, PageNumber>> {
    const request: ApiRequest = {
      ...LIST,
      query: { expansion: EXPANSION, ...(ids && { dataViewIds: ids.join(",") }), limit: place.limit, page: place.page },
      repeatable: true,
      impatient,
    };
    const answer = await this.transport.send(request);
    const page = pageIn(answer.data, place);
    if (!page) throw unexpected(request, answer, 'an object with the list "content"');
    return usable(page, entriesOf(this.warn, request, parseDataView));
  }

  /**
   * @returns undefined when the service knows no such data view: that there is none, a listing has to say, too. A deleted one may
   *   still be answered.
   */
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
    const view = parseDataView(answer.data, complaints(this.warn, request));
    if (!view) throw unexpected(request, answer, 'a data view with its "id"');
    return view;
  }

  /**
   * @param impatient see `ApiRequest`
   * @returns undefined when there is no such data view.
   */
  async components(dataViewId: string, impatient = false): Promise<Components | undefined> {
    const asked = [
      this.list(dataViewId, "dimensions", "variables/", impatient),
      this.list(dataViewId, "metrics", "metrics/", impatient),
    ] as const;
    // One that fails does not leave the other behind: its repetitions would keep the process.
    await Promise.allSettled(asked);
    const [dimensions, metrics] = await Promise.all(asked);
    if (!dimensions || !metrics) return this.refuseListed(dataViewId, impatient);
    return { ids: new Set([...dimensions.ids, ...metrics.ids]), complete: dimensions.complete && metrics.complete };
  }

  /** What a 404 says counts where the listing agrees. */
  private async refuseListed(dataViewId: string, impatient: boolean): Promise<undefined> {
    for await (const { items } of this.pages([dataViewId], impatient)) {
      if (!items.some(({ id, deleted }) => id === dataViewId && deleted !== true)) continue;
      throw new UnexpectedAnswerError({
        operation: `list the components of data view ${dataViewId}`,
        method: "",
        path: "",
        happened: "the service says that there is no such data view, and lists it",
      });
    }
  }

  private async list(
    dataViewId: string,
    kind: "dimensions" | "metrics",
    prefix: string,
    impatient: boolean,
  ): Promise<Components | undefined> {
    const request: ApiRequest = {
      operation: `list the ${kind} of data view ${dataViewId}`,
      method: "GET",
      path: `/data/dataviews/${encodeURIComponent(dataViewId)}/${kind}`,
      query: {},
      repeatable: true,
      impatient,
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
