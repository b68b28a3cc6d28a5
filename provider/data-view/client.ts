import { z } from "zod";
import { UnexpectedAnswerError } from "../http/errors";
import type { ApiRequest, Transport } from "../http/transport";
import type { DataView } from "./data-view";
import { parseDataView } from "./answers";
import { parseNumberedPage, type PageNumber } from "../http/numbered-pages";
import { pagesOf, parseItems, type AnsweredPage, type NewItems } from "../http/pager";
import { fieldWarnings, entryParser, unexpectedAnswerError } from "../http/unexpected-answer";

/** No document sets a maximum page size. The same service accepts this one for segments. */
const PAGE_SIZE = 1000;

/** Without it the service answers IDs alone. */
const EXPANSION = "name,description,owner,isDeleted,timezoneDesignator,modified,createdDate";

const LIST = { operation: "list data views", method: "GET", path: "/data/dataviews" } as const;

const componentSchema = z.looseObject({ id: z.string().min(1) });
/** The OpenAPI document shows a single component; the pages of other lists, and a bare list, were seen. */
const componentsSchema = z.union([
  z.array(componentSchema).transform((content) => ({ content, lastPage: true as boolean | undefined })),
  z.looseObject({ content: z.array(componentSchema), lastPage: z.boolean().optional() }),
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
  /** @param warn gets a text for each odd answer that could still be used. */
  constructor(
    private readonly transport: Transport,
    private readonly warn: (text: string) => void = () => undefined,
  ) {}

  /**
   * The organisation's data views, page by page.
   *
   * @param ids only these; a service may not know the filter, and answer all.
   * @param failFast see `ApiRequest`
   * @throws IncompleteListingError at the end, where something is missing.
   */
  pages(ids?: readonly string[], failFast = false): AsyncGenerator<NewItems<DataView>, void> {
    return pagesOf<DataView, PageNumber>({
      request: LIST,
      first: { page: 0, limit: PAGE_SIZE },
      ask: (pageNumber) => this.requestPage(pageNumber, ids, failFast),
      idOf: ({ id }) => id,
    });
  }

  private async requestPage(
    pageNumber: PageNumber,
    ids: readonly string[] | undefined,
    failFast: boolean,
  ): Promise<AnsweredPage<DataView, PageNumber>> {
    const request: ApiRequest = {
      ...LIST,
      query: {
        expansion: EXPANSION,
        ...(ids && { dataViewIds: ids.join(",") }),
        limit: pageNumber.limit,
        page: pageNumber.page,
      },
      repeatable: true,
      failFast,
    };
    const answer = await this.transport.send(request);
    const page = parseNumberedPage(answer.data, pageNumber);
    if (!page) throw unexpectedAnswerError(request, answer, 'an object with the list "content"');
    return parseItems(page, entryParser(this.warn, request, parseDataView));
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
      acceptedStatuses: [404],
    };
    const answer = await this.transport.send(request);
    if (answer.status === 404) return undefined;
    const view = parseDataView(answer.data, fieldWarnings(this.warn, request));
    if (!view) throw unexpectedAnswerError(request, answer, 'a data view with its "id"');
    return view;
  }

  /**
   * @param failFast see `ApiRequest`
   * @returns undefined when there is no such data view.
   */
  async getComponents(dataViewId: string, failFast = false): Promise<Components | undefined> {
    const requests = [
      this.listComponents(dataViewId, "dimensions", "variables/", failFast),
      this.listComponents(dataViewId, "metrics", "metrics/", failFast),
    ] as const;
    // One that fails does not leave the other behind: its repetitions would keep the process.
    await Promise.allSettled(requests);
    const [dimensions, metrics] = await Promise.all(requests);
    if (!dimensions || !metrics) return this.throwIfListed(dataViewId, failFast);
    return { ids: new Set([...dimensions.ids, ...metrics.ids]), complete: dimensions.complete && metrics.complete };
  }

  /** What a 404 says counts where the listing agrees. */
  private async throwIfListed(dataViewId: string, failFast: boolean): Promise<undefined> {
    for await (const { items } of this.pages([dataViewId], failFast)) {
      if (!items.some(({ id, deleted }) => id === dataViewId && deleted !== true)) continue;
      throw new UnexpectedAnswerError({
        operation: `list the components of data view ${dataViewId}`,
        method: "",
        path: "",
        happened: "the service says that there is no such data view, but lists it",
      });
    }
  }

  private async listComponents(
    dataViewId: string,
    kind: "dimensions" | "metrics",
    prefix: string,
    failFast: boolean,
  ): Promise<Components | undefined> {
    const request: ApiRequest = {
      operation: `list the ${kind} of data view ${dataViewId}`,
      method: "GET",
      path: `/data/dataviews/${encodeURIComponent(dataViewId)}/${kind}`,
      query: {},
      repeatable: true,
      failFast,
      acceptedStatuses: [404],
    };
    const response = await this.transport.send(request);
    if (response.status === 404) return undefined;
    const { data } = componentsSchema.safeParse(response.data);
    if (!data) throw unexpectedAnswerError(request, response, `a list of ${kind} with their IDs`);
    const ids = data.content.map(({ id }) => (id.startsWith(prefix) ? id : `${prefix}${id}`));
    return { ids: new Set(ids), complete: data.lastPage !== false };
  }
}
