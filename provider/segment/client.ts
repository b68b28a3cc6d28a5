import { InvalidRequestError } from "../http/errors";
import type { ApiRequest, ApiResponse, Transport } from "../http/transport";
import { toBody, expansionOf, listQuery, validationRequest, type SegmentFilter } from "./dialect-forms";
import { detectDialect, type Dialect } from "./dialect";
import { FormDiscovery, type FormStore } from "../http/form-discovery";
import { chunk, MAX_IDS_PER_REQUEST } from "../http/batcher";
import type { PageNumber } from "../http/numbered-pages";
import { pagesOf, parseItems, type NewItems } from "../http/pager";
import type { SegmentContent } from "../../model";
import type { Verdict } from "../verdict-cache";
import type { Segment, SegmentPatch } from "./segment";
import { isDeletion, parsePage, parseSegment, parseVerdict, type ListPage } from "./answers";
import { fieldWarnings, entryParser, unexpectedAnswerError } from "../http/unexpected-answer";

/** No document sets a maximum page size. This is the largest that is known to work: for the segments of Adobe Analytics. */
export const MAX_PAGE_SIZE = 1000;

/** https://experienceleague.adobe.com/en/docs/analytics-platform/technotes/guardrails, "Segments" */
const MAX_SEGMENTS = 50_000;

export interface SegmentsClientOptions {
  readonly transport: Transport;
  /** The setting, unless it is `auto`. */
  readonly dialect?: Dialect;
  readonly memory: FormStore<Dialect>;
  /** Gets a text for each odd answer that could still be used. */
  readonly warn: (text: string) => void;
}

/** The segments API (https://developer.adobe.com/cja-apis/docs/endpoints/segments/): one method for each of its requests. */
export class SegmentsClient {
  private readonly dialect: FormDiscovery<Dialect>;
  private hasWarnedOfLimit = false;

  constructor(private readonly options: SegmentsClientOptions) {
    const discover = async () => (await this.requestPage({ include: "own", page: 0, limit: 1 })).dialect;
    this.dialect = new FormDiscovery(options.dialect, options.memory, discover);
  }

  /** One page of a listing, which may lack what others have. */
  async list(filter: SegmentFilter): Promise<readonly Segment[]> {
    return (await this.requestPage(filter)).items;
  }

  /**
   * A listing, page by page, from the first one on.
   *
   * @param maxPasses see `pagesOf`.
   * @throws IncompleteListingError at the end, where something is missing.
   */
  pages(filter: Omit<SegmentFilter, "page">, maxPasses?: number): AsyncGenerator<NewItems<Segment>, void> {
    return pagesOf<Segment, PageNumber>(
      {
        request: LIST,
        first: { page: 0, limit: filter.limit },
        ask: (pageNumber) => this.requestPage({ ...filter, ...pageNumber }),
        idOf: ({ id }) => id,
      },
      maxPasses,
    );
  }

  /** Those of the IDs that are listed to this account: one request for `MAX_IDS_PER_REQUEST`, where the service answers them all at once. */
  async listByIds(ids: readonly string[], filter: Pick<SegmentFilter, "expand"> = {}): Promise<readonly Segment[]> {
    const found: Segment[] = [];
    for (const idChunk of chunk(ids, MAX_IDS_PER_REQUEST)) {
      const missing = new Set(idChunk);
      for await (const { items } of this.pages({ ...filter, ids: idChunk, include: "widest", limit: MAX_PAGE_SIZE })) {
        found.push(...items);
        for (const { id } of items) missing.delete(id);
        if (missing.size === 0) break;
      }
    }
    return found;
  }

  /** Our own newest segments of a data view: what was just made, or left by a run that was interrupted, is among them. */
  async listNewestOwn(dataViewId: string): Promise<readonly Segment[]> {
    return this.list({ dataViewId, include: "own", newestFirst: true, page: 0, limit: 100 });
  }

  /**
   * @returns undefined when the service knows no such segment: that it is gone, a listing has to say, too. A deleted one is still
   *   answered.
   */
  async get(id: string): Promise<Segment | undefined> {
    const request: ApiRequest = {
      operation: `read segment ${id}`,
      method: "GET",
      path: segmentPath(id),
      query: { expansion: expansionOf(await this.dialect.get()) },
      repeatable: true,
      acceptedStatuses: [404],
    };
    const answer = await this.options.transport.send(request);
    return answer.status === 404 ? undefined : this.parseAnswer(request, answer);
  }

  /** Makes a segment. Never repeated by itself: an `OutcomeUnknownError` says that it may or may not exist now. */
  create(content: SegmentContent, locale?: string): Promise<Segment> {
    return this.inDialect(async (dialect) => {
      const request: ApiRequest = {
        operation: `create segment ${JSON.stringify(content.name)}`,
        method: "POST",
        path: "/segments",
        query: { expansion: expansionOf(dialect), locale },
        body: toBody(content, dialect),
        repeatable: false,
      };
      return this.parseAnswer(request, await this.options.transport.send(request));
    });
  }

  /** Changes the given fields and no other. Sending it twice has the effect of once. */
  async update(id: string, patch: SegmentPatch, locale?: string): Promise<Segment> {
    const dialect = await this.dialect.get();
    const request: ApiRequest = {
      operation: `update segment ${id}`,
      method: "PUT",
      path: segmentPath(id),
      query: { expansion: expansionOf(dialect), locale },
      body: toBody(patch, dialect),
      repeatable: true,
    };
    return this.parseAnswer(request, await this.options.transport.send(request));
  }

  /**
   * @returns whether the service says that it has deleted the segment. Whether one is gone that it knows nothing of (404), or of
   *   which it says something that is not documented, only a listing tells.
   */
  async remove(id: string): Promise<boolean> {
    const answer = await this.options.transport.send({
      operation: `delete segment ${id}`,
      method: "DELETE",
      path: segmentPath(id),
      repeatable: true,
      acceptedStatuses: [404],
    });
    return answer.status !== 404 && isDeletion(answer.data);
  }

  /** Asks the service what it thinks of a definition. Nothing is written. */
  validate(content: SegmentContent): Promise<Verdict> {
    return this.inDialect(async (dialect) => {
      const request: ApiRequest = {
        operation: `validate segment ${JSON.stringify(content.name)}`,
        method: "POST",
        path: "/segments/validate",
        ...validationRequest(content, dialect),
        repeatable: true,
      };
      const answer = await this.options.transport.send(request);
      const verdict = parseVerdict(answer.data, fieldWarnings(this.options.warn, request));
      if (!verdict) throw unexpectedAnswerError(request, answer, 'an object with "valid": true or false');
      return verdict;
    });
  }

  /** A refused request may only have been in a dialect that is remembered and no longer true. It was not carried out. */
  private async inDialect<T>(send: (dialect: Dialect) => Promise<T>): Promise<T> {
    const dialect = await this.dialect.get();
    try {
      return await send(dialect);
    } catch (error) {
      const correctDialect =
        error instanceof InvalidRequestError ? await this.dialect.correctionFor(dialect) : undefined;
      if (correctDialect === undefined) throw error;
      return send(correctDialect);
    }
  }

  private async requestPage(filter: SegmentFilter, mayRepeat = true): Promise<ListPage<Segment>> {
    const requestedDialect = await this.dialect.known();
    const request: ApiRequest = {
      ...LIST,
      query: listQuery(filter, requestedDialect),
      repeatable: true,
    };
    const answer = await this.options.transport.send(request);
    const page = parsePage(answer.data, filter);
    if (!page) throw unexpectedAnswerError(request, answer, 'a list, or an object with the list "content"');
    await this.dialect.learn(page.dialect);
    if (this.dialect.contradicts(page.dialect)) {
      throw unexpectedAnswerError(
        request,
        answer,
        "in the dialect that cja:dialect (CJA_DIALECT) names; auto finds the right one",
      );
    }
    // Filters in the other dialect's words had no effect: such a page would be taken for something else.
    if (requestedDialect !== undefined && requestedDialect !== page.dialect && mayRepeat)
      return this.requestPage(filter, false);
    if (page.total !== undefined && page.total >= MAX_SEGMENTS && !this.hasWarnedOfLimit) {
      this.hasWarnedOfLimit = true;
      this.options.warn(
        `The organisation has ${page.total} segments, and Adobe's limit is ${MAX_SEGMENTS}: it takes no more. Delete segments that nobody uses.`,
      );
    }
    const segments = parseItems(page, entryParser(this.options.warn, request, parseSegment));
    return { ...segments, dialect: page.dialect, items: withEmptyTags(segments.items) };
  }

  private async parseAnswer(request: ApiRequest, answer: ApiResponse): Promise<Segment> {
    const dialect = detectDialect(answer.data);
    if (dialect) await this.dialect.learn(dialect);
    const segment = parseSegment(answer.data, fieldWarnings(this.options.warn, request));
    if (!segment) throw unexpectedAnswerError(request, answer, 'a segment with its "id"');
    return segment;
  }
}

/** Where some of a page have tags, those that the answer is silent about have none: they were asked for of all. */
const withEmptyTags = (segments: readonly Segment[]): readonly Segment[] =>
  segments.some(({ tags }) => tags !== undefined)
    ? segments.map((segment) => ({ ...segment, tags: segment.tags ?? [] }))
    : segments;

const LIST = { operation: "list segments", method: "GET", path: "/segments" } as const;

const segmentPath = (id: string): string => `/segments/${encodeURIComponent(id)}`;
