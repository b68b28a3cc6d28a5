import { nearestWord } from "../../definition/parse/nearest-word";
import type { Mistake } from "../../model";
import { PermissionError } from "../http/errors";
import type { MergePolicy } from "./audience";
import type { MergePoliciesClient } from "./merge-policies";

/** A merge policy, or why there is none of that name. */
export type NamedPolicy = { readonly policy: MergePolicy } | { readonly mistake: Mistake };

/**
 * Merge policies by their names, or their IDs. Each sandbox has its own, with other IDs; their list is asked for once in a process, and only where a
 * name or an ID is new or has changed.
 */
export class MergePoliciesByName {
  private readonly lists = new Map<string, Promise<readonly MergePolicy[]>>();

  constructor(private readonly client: MergePoliciesClient) {}

  /** @param schemaName what the audience is made of: a policy merges one XDM class. Undefined where it is not known yet. */
  async find(sandbox: string, name: string, schemaName: string | undefined): Promise<NamedPolicy> {
    const candidates = ofClass(await this.list(sandbox), schemaName);
    const [policy, ...others] = candidates.filter((one) => one.name === name);
    if (policy && others.length === 0) return { policy };
    const place = `the sandbox ${JSON.stringify(sandbox)}`;
    const why = policy
      ? `which ${others.length + 1} merge policies of ${place} are called; give the ID of one as mergePolicyId: ${[policy, ...others].map(({ id }) => id).join(", ")}`
      : `but ${place} has no merge policy of that name${forClass(schemaName)}${namesText(name, candidates)}`;
    return { mistake: { path: "mergePolicy", message: `found ${JSON.stringify(name)}, ${why}` } };
  }

  /**
   * The same by its ID: of whichever class, since no document says what the service does with one of another class.
   *
   * @returns undefined where the account may not list them: who may write audiences needs no more than the ID.
   */
  async findById(sandbox: string, id: string, schemaName: string | undefined): Promise<NamedPolicy | undefined> {
    const policies = await this.list(sandbox).catch((error: unknown) => {
      if (error instanceof PermissionError) return undefined;
      throw error;
    });
    if (!policies) return undefined;
    const policy = policies.find((one) => one.id === id);
    if (policy) return { policy };
    const has = ofClass(policies, schemaName).map((one) => `${JSON.stringify(one.name)} (${one.id})`);
    const wayOut =
      has.length === 0
        ? `no merge policy${forClass(schemaName)}: leave it out, which takes the service's default`
        : `${has.join(", ")}: give one of these IDs, or its name as mergePolicy, which can be the same in every sandbox`;
    const why = `which is no merge policy of the sandbox ${JSON.stringify(sandbox)}. It has ${wayOut}`;
    return { mistake: { path: "mergePolicyId", message: `found ${JSON.stringify(id)}, ${why}` } };
  }

  /** The name by which a program would give it; undefined where there is no such policy. */
  async nameOf(sandbox: string, id: string): Promise<string | undefined> {
    return (await this.list(sandbox)).find((policy) => policy.id === id)?.name;
  }

  private list(sandbox: string): Promise<readonly MergePolicy[]> {
    const existing = this.lists.get(sandbox);
    if (existing) return existing;
    const list = this.client.list(sandbox);
    this.lists.set(sandbox, list);
    // The next one asks again after a failure.
    list.catch(() => this.lists.delete(sandbox));
    return list;
  }
}

const ofClass = (policies: readonly MergePolicy[], schemaName: string | undefined): readonly MergePolicy[] =>
  policies.filter((one) => schemaName === undefined || one.schemaName === undefined || one.schemaName === schemaName);

const forClass = (schemaName: string | undefined): string => (schemaName === undefined ? "" : ` for ${schemaName}`);

function namesText(name: string, candidates: readonly MergePolicy[]): string {
  const names = candidates.map((policy) => policy.name);
  if (names.length === 0) return ", and no other one";
  const nearest = nearestWord(name, names);
  const suggestion = nearest === undefined ? "" : `; did you mean ${JSON.stringify(nearest)}?`;
  const has = `It has ${names.map((one) => JSON.stringify(one)).join(", ")}`;
  return suggestion === "" ? `. ${has}` : `${suggestion} ${has}`;
}
