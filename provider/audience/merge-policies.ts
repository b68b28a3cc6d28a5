import { sandboxHeader } from "../http/bulk-get";
import { FIRST_START, parseChildrenPage } from "../http/children-pages";
import { pagesOf, parseItems, type AnsweredPage } from "../http/pager";
import type { ApiRequest, Transport } from "../http/transport";
import { entryParser, unexpectedAnswerError } from "../http/unexpected-answer";
import { parseMergePolicy } from "./answers";
import type { MergePolicy } from "./audience";

/** A sandbox has 5 at most (https://experienceleague.adobe.com/en/docs/experience-platform/profile/guardrails), and the default page 20. */
const PAGE_SIZE = 100;

const LIST = { operation: "list merge policies", method: "GET", path: "/config/mergePolicies" } as const;

/** The merge policies of a sandbox (https://experienceleague.adobe.com/en/docs/experience-platform/profile/api/merge-policies). Read only. */
export class MergePoliciesClient {
  constructor(
    private readonly transport: Transport,
    private readonly warn: (text: string) => void,
  ) {}

  /**
   * All of them, of every class.
   *
   * @throws IncompleteListingError where something is missing.
   */
  async list(sandbox: string): Promise<readonly MergePolicy[]> {
    const found: MergePolicy[] = [];
    const ask = (start: string) => this.requestPage(sandbox, start);
    for await (const { items } of pagesOf({
      request: LIST,
      first: FIRST_START,
      ask,
      idOf: ({ id }: MergePolicy) => id,
    }))
      found.push(...items);
    return found;
  }

  private async requestPage(sandbox: string, start: string): Promise<AnsweredPage<MergePolicy, string>> {
    const request: ApiRequest = {
      ...LIST,
      headers: sandboxHeader(sandbox),
      query: { ...(start !== FIRST_START && { start }), limit: PAGE_SIZE },
      repeatable: true,
    };
    const answer = await this.transport.send(request);
    const page = parseChildrenPage(answer.data, PAGE_SIZE);
    if (!page) throw unexpectedAnswerError(request, answer, 'an object with the list "children"');
    const { next, ...rest } = parseItems(page, entryParser(this.warn, request, parseMergePolicy));
    // The page's sample has all of them, and a link to more.
    const isAll = start === FIRST_START && page.total === page.items.length;
    return isAll || next === undefined ? rest : { ...rest, next };
  }
}
