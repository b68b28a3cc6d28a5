import { exactNumbersText } from "../../definition/exact-numbers";
import { AUDIENCE_LOOKUP_FIELDS, type AudienceLookupField } from "../../model/audience-field-lists";
import { PROFILE_SCHEMA } from "../../model/audience-fields";
import { pick } from "../../model/fields";
import type { LookupQuery } from "../../model/lookup-arguments";
import type { Clock } from "../clock";
import { withoutUndefined } from "../http/answer-fields";
import { Batcher, chunk } from "../http/batcher";
import { MAX_BULK_IDS } from "../http/bulk-get";
import { NameLookup } from "../name-lookup";
import { LookupError, resolveByName } from "../resolve-by-name";
import type { Audience, MergePolicy } from "./audience";
import type { AudiencesClient } from "./client";
import type { MergePoliciesClient } from "./merge-policies";

/** An audience as a program gets it: as the outputs of the resource. */
export interface FoundAudience extends Pick<Audience, "id" | Exclude<AudienceLookupField, "expression">> {
  readonly expression?: string | object;
  readonly orgId?: string;
  readonly sandboxName: string;
}

/** What the lookups of audiences need of the runtime. */
export interface AudienceLookupServices {
  readonly client: AudiencesClient;
  readonly mergePolicies: MergePoliciesClient;
  /** The settings `cja:sandbox` and `cja:orgId`. */
  readonly sandbox: string;
  readonly orgId: string | undefined;
}

/** What is looked up in one sandbox. */
interface SandboxLookups {
  readonly byId: Batcher<Audience>;
  readonly byName: NameLookup<Audience>;
}

/** Looks audiences up. Those that are asked for in the same moment, in one sandbox, share requests. */
export class AudienceLookups {
  private readonly sandboxes = new Map<string, SandboxLookups>();
  private readonly mergePolicies = new Map<string, Promise<readonly MergePolicy[]>>();

  constructor(
    private readonly services: AudienceLookupServices,
    private readonly clock: Clock,
  ) {}

  async get({ id, name = "", sandbox = this.services.sandbox }: LookupQuery<"getAudience">): Promise<FoundAudience> {
    const { byId, byName } = this.lookupsOf(sandbox);
    const where = `audience in the sandbox ${JSON.stringify(sandbox)}`;
    if (id === undefined) return this.toResult(resolveByName(name, await byName.find(name), where, "its ID"), sandbox);
    const found = await byId.load(id);
    if (found) return this.toResult(found, sandbox);
    throw new LookupError(
      `there is no audience ${id} in the sandbox ${JSON.stringify(sandbox)}; each sandbox has audiences of its own: check the argument sandbox, or cja:sandbox`,
    );
  }

  async find(query: LookupQuery<"findAudiences">): Promise<readonly FoundAudience[]> {
    const { sandbox = this.services.sandbox, nameContains, schemaName, limit = Infinity } = query;
    const found: Audience[] = [];
    const filter = {
      ...(nameContains !== undefined && { name: nameContains.trim() }),
      ...(schemaName !== undefined && schemaName !== PROFILE_SCHEMA && { entityType: schemaName }),
    };
    for await (const { items } of this.services.client.pages(sandbox, filter)) {
      found.push(...items.filter((audience) => matchesQuery(audience, query)));
      if (found.length >= limit) break;
    }
    return found.slice(0, limit).map((audience) => this.toResult(audience, sandbox));
  }

  async findMergePolicies(query: LookupQuery<"findMergePolicies">): Promise<readonly MergePolicy[]> {
    const { sandbox = this.services.sandbox, nameContains, schemaName, limit } = query;
    return (await this.mergePoliciesOf(sandbox))
      .filter((policy) => contains(policy.name, nameContains))
      .filter((policy) => schemaName === undefined || policy.schemaName === schemaName)
      .slice(0, limit);
  }

  /** Nothing here writes any, so one listing serves a whole program. */
  private mergePoliciesOf(sandbox: string): Promise<readonly MergePolicy[]> {
    const existing = this.mergePolicies.get(sandbox);
    if (existing) return existing;
    const listed = this.services.mergePolicies.list(sandbox);
    this.mergePolicies.set(sandbox, listed);
    // What failed may be asked again.
    listed.catch(() => this.mergePolicies.delete(sandbox));
    return listed;
  }

  private lookupsOf(sandbox: string): SandboxLookups {
    const { client } = this.services;
    const lookups = this.sandboxes.get(sandbox) ?? {
      byId: new Batcher(this.clock, (ids) => readAll(client, sandbox, ids)),
      byName: new NameLookup((name) => client.pages(sandbox, name === undefined ? {} : { name }), this.clock),
    };
    this.sandboxes.set(sandbox, lookups);
    return lookups;
  }

  private toResult(audience: Audience, sandboxName: string): FoundAudience {
    const { expression, ...found } = { id: audience.id, ...pick(audience, AUDIENCE_LOOKUP_FIELDS) };
    const unsafeNumber = exactNumbersText(expression);
    if (unsafeNumber !== undefined)
      throw new LookupError(
        `the expression of audience ${audience.id} ${JSON.stringify(audience.name ?? "")} has ${unsafeNumber}, which a program cannot hold: JavaScript would round it. Change it in the UI, or look up other audiences`,
      );
    return {
      ...found,
      ...(isExpression(expression) && { expression }),
      ...withoutUndefined<Pick<FoundAudience, "orgId">>({ orgId: this.services.orgId }),
      sandboxName,
    };
  }
}

const isExpression = (value: unknown): value is string | object =>
  typeof value === "string" || (typeof value === "object" && value !== null);

/** What a request for many does not answer is asked for by itself: only its own 404 says that it is not there. */
async function readAll(
  client: AudiencesClient,
  sandbox: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Audience>> {
  const found = new Map<string, Audience>();
  for (const part of chunk(ids, MAX_BULK_IDS)) {
    const many = part.length > 1 ? await client.getMany(sandbox, part) : undefined;
    for (const id of part) {
      const audience = many?.get(id) ?? (await client.get(sandbox, id));
      if (audience) found.set(id, audience);
    }
  }
  return found;
}

const contains = (name: string | undefined, part: string | undefined): boolean =>
  part === undefined || name?.toLowerCase().includes(part.trim().toLowerCase()) === true;

/** A service that does not know a filter answers all. */
function matchesQuery(audience: Audience, query: LookupQuery<"findAudiences">): boolean {
  const { nameContains, schemaName, evaluation, lifecycle, labels = [] } = query;
  return (
    contains(audience.name, nameContains) &&
    (schemaName === undefined || audience.schemaName === schemaName) &&
    (evaluation === undefined || audience.evaluation === evaluation) &&
    (lifecycle === undefined || audience.lifecycle === lifecycle) &&
    labels.every((label) => audience.labels?.includes(label) === true)
  );
}
