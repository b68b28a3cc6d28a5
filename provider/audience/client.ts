import type { AudienceContent } from "../../model/audience-field-lists";
import { omit } from "../../model/fields";
import type { Clock } from "../clock";
import { asObject } from "../http/answer-fields";
import { bulkGet, sandboxHeader } from "../http/bulk-get";
import { FIRST_START, parseChildrenPage } from "../http/children-pages";
import { isPage } from "../http/error-body";
import { CjaError, InvalidRequestError, NotFoundError, UnexpectedAnswerError } from "../http/errors";
import { FormDiscovery, type FormStore } from "../http/form-discovery";
import { pagesOf, parseItems, type AnsweredPage, type NewItems } from "../http/pager";
import type { ApiRequest, ApiResponse, Transport } from "../http/transport";
import { entryParser, fieldWarnings, unexpectedAnswerError } from "../http/unexpected-answer";
import { parseAudience } from "./answers";
import type { Audience } from "./audience";
import { definitionPages, parseDefinitionPage } from "./definition-pages";
import { audiencePath, FORMS, type AudienceForm } from "./forms";
import { creationBody, DEFAULT_EVALUATION, fieldsNotIn, overwritingBody, patchBody } from "./requests";

/** Which audiences of a sandbox to list. The older form has neither filter, and answers all. */
export interface AudienceFilter {
  /** What is in the name, in whichever case. */
  readonly name?: string;
  /** The XDM class that they are made of, where it is not that of people: `_xdm.context.account`. */
  readonly entityType?: string;
}

interface PageQuery {
  readonly limit?: number;
  readonly sort?: string;
}

/**
 * What the service says of an audience that it was to delete. The documents have no body (204 of the newer form, and the segment definitions
 * page), or `{ status, message }` (OpenAPI document); any other good answer says nothing of it.
 */
export type Removal = "deleted" | "absent" | "unconfirmed";

export interface AudiencesClientOptions {
  readonly transport: Transport;
  readonly memory: FormStore<AudienceForm>;
  readonly clock: Clock;
  /** Gets a text for each odd answer that could still be used. */
  readonly warn: (text: string) => void;
}

/** What the service answers to an organisation whose audiences it does not list in the newer form (OpenAPI document). */
const NOT_ENABLED = "UPAPI-113740-403";

/** Reads ask in the newer form where nothing is known: the answer tells whether it was the right one. */
const READ: { readonly guess?: AudienceForm } = { guess: "audiences" };
const WRITE: typeof READ = {};

/** Both lists were seen to come back empty now and then: https://github.com/pitchmuc/aepp asks again after so long. */
const EMPTY_LIST_WAIT_MS = 2_000;

const LIST_OPERATION = "list audiences";

/**
 * The audiences of Experience Platform, in whichever of its two forms the service has them: one method for each of its requests.
 * https://experienceleague.adobe.com/en/docs/experience-platform/segmentation/api/audiences, and `segment-definitions` beside it.
 */
export class AudiencesClient {
  private readonly forms: FormDiscovery<AudienceForm, string>;

  constructor(private readonly options: AudiencesClientOptions) {
    this.forms = new FormDiscovery(undefined, options.memory, (sandbox) => this.discover(sandbox));
  }

  /** The form of the service, as this process has seen it: an older one that is remembered may be all there was at that time. */
  async form(sandbox: string): Promise<AudienceForm> {
    const form = await this.forms.get(sandbox);
    return form === "audiences" ? form : this.forms.found(sandbox);
  }

  /** The form that was last answered, here or to an earlier process: for what nothing depends on but a warning. */
  lastForm(): Promise<AudienceForm | undefined> {
    return this.forms.known();
  }

  /**
   * The audiences of a sandbox, page by page. Inactive ones are left out by the service. A list of all that is empty is asked for once more.
   *
   * @param maxPasses see `pagesOf`.
   * @throws IncompleteListingError at the end, where something is missing.
   */
  async *pages(
    sandbox: string,
    filter: AudienceFilter = {},
    maxPasses?: number,
  ): AsyncGenerator<NewItems<Audience>, void> {
    // The first page is asked for in both forms, if need be. The others follow in its form.
    let first: AnsweredPage<Audience, string> | undefined;
    const form = await this.inForm(sandbox, READ, async (form) => {
      first = await this.firstPage(form, sandbox, filter);
      return form;
    });
    let limit: number = FORMS[form].pageSize;
    const ask = async (start: string) => {
      const page = first ?? (await this.requestPage(form, sandbox, filter, start, { limit }));
      first = undefined;
      // Where the service cuts pages, more than it gives would leave out what lies between.
      const count = page.items.length + (page.unusable ?? 0);
      if (start === FIRST_START && page.next !== undefined && count > 0) limit = Math.min(limit, count);
      return page;
    };
    const askInForm = form === "audiences" ? ask : definitionPages(ask, ({ id }) => id);
    const request = { ...listRequest(form), operation: LIST_OPERATION };
    yield* pagesOf({ request, first: FIRST_START, ask: askInForm, idOf: ({ id }: Audience) => id }, maxPasses);
  }

  /** The newest audiences of a sandbox: what was just made, or left by a run that was interrupted, is among them. */
  async listNewest(sandbox: string): Promise<readonly Audience[]> {
    const newest = { sort: "updateTime:desc" };
    const page = await this.inForm(sandbox, READ, (form) => this.firstPage(form, sandbox, {}, newest));
    return page.items;
  }

  /** @returns undefined when the service knows no such audience: that it is gone, a listing has to say, too. */
  async get(sandbox: string, id: string): Promise<Audience | undefined> {
    return absentAsUndefined(
      this.inForm(sandbox, READ, async (form) => {
        const { request, answer } = await this.read(form, sandbox, id);
        return this.parseAnswer(request, answer, id);
      }),
    );
  }

  /**
   * Reads up to 100 audiences with one request, inactive ones, too. What the answer leaves out, or tells as an error, is absent here.
   *
   * @returns undefined when the service does not know one of them, and therefore answers none.
   */
  getMany(sandbox: string, ids: readonly string[]): Promise<ReadonlyMap<string, Audience> | undefined> {
    return this.inForm(sandbox, READ, async (form) => {
      const bulk = { operation: `read ${ids.length} audiences`, path: FORMS[form].path, itemName: "an audience" };
      const results = await bulkGet(this.options.transport, bulk, sandbox, ids);
      if (!results) return undefined;
      const found = ids.flatMap((id) => {
        const audience = parseAudience(results[id], () => undefined);
        return audience?.id === id ? [[id, audience] as const] : [];
      });
      return new Map(found);
    });
  }

  /** Makes an audience. Never repeated by itself: an `OutcomeUnknownError` says that it may or may not exist now. */
  create(sandbox: string, content: AudienceContent): Promise<Audience> {
    return this.inForm(sandbox, WRITE, async (form) => {
      const request: ApiRequest = {
        operation: `create audience ${JSON.stringify(content.name)}`,
        method: "POST",
        path: FORMS[form].path,
        headers: sandboxHeader(sandbox),
        body: creationBody(form, content),
        repeatable: false,
      };
      refuseLostFields(request, form, content);
      return this.parseWritten(request, await this.options.transport.send(request), content);
    });
  }

  /**
   * Changes an audience. Sending it twice has the effect of once.
   *
   * @param changes all that is sent to the newer form.
   * @param whole all that is managed: the older form overwrites what it is not sent.
   */
  async update(
    sandbox: string,
    id: string,
    changes: Partial<AudienceContent>,
    whole: AudienceContent,
  ): Promise<Audience> {
    return this.inForm(sandbox, WRITE, async (form) => {
      const request: ApiRequest = {
        operation: `update audience ${id}`,
        method: "PATCH",
        path: audiencePath(form, id),
        headers: sandboxHeader(sandbox),
        repeatable: true,
      };
      refuseLostFields(request, form, whole);
      const body =
        form === "audiences" ? patchBody(changes) : overwritingBody(id, await this.current(form, sandbox, id), whole);
      const answer = await this.options.transport.send({ ...request, body });
      if (!isEmpty(answer)) return this.parseWritten(request, answer, whole, id);
      const read = await this.read(form, sandbox, id);
      return this.parseAnswer(read.request, read.answer, id);
    });
  }

  /** @returns `unconfirmed` and `absent` say that others have to be asked: a listing, or the service itself. */
  async remove(sandbox: string, id: string): Promise<Removal> {
    const removal = await absentAsUndefined(
      this.inForm(sandbox, WRITE, async (form) => {
        const request: ApiRequest = {
          operation: `delete audience ${id}`,
          method: "DELETE",
          path: audiencePath(form, id),
          headers: sandboxHeader(sandbox),
          repeatable: true,
        };
        const answer = await this.options.transport.send(request);
        const { status, message } = asObject(answer.data) ?? {};
        if (status === false) {
          const serviceMessage = typeof message === "string" ? message : undefined;
          throw new InvalidRequestError({ ...request, happened: "the service did not delete it", serviceMessage });
        }
        return status === true || isEmpty(answer) ? ("deleted" as const) : ("unconfirmed" as const);
      }),
    );
    return removal ?? "absent";
  }

  /** Sends in the form of the service. A refused request may only have been in one that is remembered and no longer true. */
  private async inForm<T>(
    sandbox: string,
    { guess }: typeof READ,
    send: (form: AudienceForm) => Promise<T>,
  ): Promise<T> {
    const form = (await this.forms.known()) ?? guess ?? (await this.forms.get(sandbox));
    try {
      const result = await send(form);
      // That there is nothing may be said of the form itself.
      const correctForm = result === undefined ? await this.forms.correctionFor(form, sandbox) : undefined;
      if (correctForm !== undefined) return await send(correctForm);
      if (result !== undefined) await this.forms.learn(form);
      return result;
    } catch (error) {
      const correctForm = isWrongForm(error)
        ? await this.forms.correctionFor(form, sandbox).catch((second: unknown) => {
            // Something else than the API answered: what was asked then says more than what was asked to find the form out.
            throw error instanceof UnexpectedAnswerError ? error : second;
          })
        : undefined;
      if (correctForm === undefined) throw error;
      return send(correctForm);
    }
  }

  /** Finds the form out: `/audiences` where it answers, else the older one where that does. */
  private async discover(sandbox: string): Promise<AudienceForm> {
    const answers = async (form: AudienceForm) => {
      await this.requestPage(form, sandbox, {}, FIRST_START, { limit: 1 });
      return form;
    };
    try {
      return await answers("audiences");
    } catch (error) {
      if (!isWrongForm(error)) throw error;
      const older = await answers("definitions").catch((second: unknown) => {
        throw isWrongForm(second) && (isPage(error) || !isPage(second)) ? error : second;
      });
      if (!isPage(error)) return older;
      // What something else has answered once must not hide what only the newer form has.
      return answers("audiences").catch((again: unknown) => {
        if (!isWrongForm(again)) throw again;
        return older;
      });
    }
  }

  /** A sandbox without audiences is rarer than an answer that is wrong: nobody may take what is there for missing. */
  private async firstPage(
    form: AudienceForm,
    sandbox: string,
    filter: AudienceFilter,
    query: PageQuery = {},
  ): Promise<AnsweredPage<Audience, string>> {
    const page = await this.requestPage(form, sandbox, filter, FIRST_START, query);
    const isEmpty = page.items.length === 0 && page.unusable === 0;
    if (!isEmpty || filter.name !== undefined || filter.entityType !== undefined) return page;
    await this.options.clock.sleep(EMPTY_LIST_WAIT_MS);
    return this.requestPage(form, sandbox, filter, FIRST_START, query);
  }

  private async requestPage(
    form: AudienceForm,
    sandbox: string,
    filter: AudienceFilter,
    start: string,
    { limit = FORMS[form].pageSize, ...query }: PageQuery = {},
  ): Promise<AnsweredPage<Audience, string>> {
    const place = start === FIRST_START ? {} : { [form === "audiences" ? "start" : "page"]: start };
    const request: ApiRequest = {
      ...listRequest(form),
      headers: sandboxHeader(sandbox),
      query: { ...place, limit, ...query, ...(form === "audiences" && { ...filter }) },
      repeatable: true,
    };
    const answer = await this.options.transport.send(request);
    const page =
      form === "audiences" ? parseChildrenPage(answer.data, limit) : parseDefinitionPage(answer.data, start, limit);
    if (!page) throw unexpectedAnswerError(request, answer, FORMS[form].list);
    return parseItems(page, entryParser(this.options.warn, request, parseAudience));
  }

  private async current(form: AudienceForm, sandbox: string, id: string) {
    const { request, answer } = await this.read(form, sandbox, id);
    this.parseAnswer(request, answer, id);
    return asObject(answer.data) ?? {};
  }

  private async read(form: AudienceForm, sandbox: string, id: string) {
    const request: ApiRequest = {
      operation: `read audience ${id}`,
      method: "GET",
      path: audiencePath(form, id),
      headers: sandboxHeader(sandbox),
      repeatable: true,
    };
    return { request, answer: await this.options.transport.send(request) };
  }

  /** An answer that has no word of how the audience is evaluated does not say that it is no longer evaluated as it shall be. */
  private parseWritten(
    request: ApiRequest,
    answer: ApiResponse,
    { evaluation = DEFAULT_EVALUATION }: AudienceContent,
    id?: string,
  ): Audience {
    const audience = this.parseAnswer(request, answer, id);
    return evaluation === DEFAULT_EVALUATION || saysEvaluation(answer) ? audience : omit(audience, ["evaluation"]);
  }

  /** @param id that of the audience, where it is known: `/audiences` is asked by `id`, and some have an `audienceId`, too. */
  private parseAnswer(request: ApiRequest, answer: ApiResponse, id?: string): Audience {
    const audience = parseAudience(answer.data, fieldWarnings(this.options.warn, request));
    if (!audience) throw unexpectedAnswerError(request, answer, 'an audience with its "id"');
    if (audience.id !== (id ?? audience.id)) throw unexpectedAnswerError(request, answer, `the audience ${id}`);
    return audience;
  }
}

const listRequest = (form: AudienceForm) =>
  ({ operation: LIST_OPERATION, method: "GET", path: FORMS[form].path }) as const;

/** Answers of writes may have no body (201 and 204 of the documents). */
const isEmpty = ({ data }: ApiResponse): boolean => data === undefined || data === null || data === "";

/** Whether an answer has a word of it. */
const saysEvaluation = ({ data }: ApiResponse): boolean =>
  (asObject(data)?.["evaluationInfo"] ?? undefined) !== undefined;

/** An answer that says: there is no such path here, or not for you. No request with such an answer was carried out. */
const isWrongForm = (error: unknown): error is CjaError =>
  error instanceof CjaError &&
  (error.status === 404 || error.status === 405 || error.status === 410 || error.code === NOT_ENABLED);

async function absentAsUndefined<T>(found: Promise<T>): Promise<T | undefined> {
  try {
    return await found;
  } catch (error) {
    if (error instanceof NotFoundError && error.status === 404) return undefined;
    throw error;
  }
}

/** Writing the rest would be writing something else than what the program says. */
function refuseLostFields(request: ApiRequest, form: AudienceForm, content: Partial<AudienceContent>): void {
  const lost = fieldsNotIn(form, content);
  if (lost.length === 0) return;
  throw new InvalidRequestError({
    ...request,
    happened: `the service answers only ${FORMS[form].path}, which has no ${lost.join(", ")}`,
    advice: `Nothing was sent. Leave out ${lost.join(", ")}.`,
  });
}
