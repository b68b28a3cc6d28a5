import { nearestWord } from "../../definition/parse/nearest-word";
import type { Mistake } from "../../model";
import type { MergePolicy } from "./audience";
import type { MergePoliciesClient } from "./merge-policies";

/** A merge policy, or why there is none of that name. */
export type NamedPolicy = { readonly policy: MergePolicy } | { readonly mistake: Mistake };

/**
 * Merge policies by their names. Each sandbox has its own, with other IDs; their list is asked for once in a process, and only where a
 * name is new or has changed.
 */
export class MergePoliciesByName {
  private readonly lists = new Map<string, Promise<readonly MergePolicy[]>>();

  constructor(private readonly client: MergePoliciesClient) {}

  /** @param schemaName what the audience is made of: a policy merges one XDM class */
  async find(sandbox: string, name: string, schemaName: string): Promise<NamedPolicy> {
    const candidates = (await this.list(sandbox)).filter(
      (policy) => policy.schemaName === undefined || policy.schemaName === schemaName,
    );
    const [policy, ...others] = candidates.filter((one) => one.name === name);
    if (policy && others.length === 0) return { policy };
    const place = `the sandbox ${JSON.stringify(sandbox)}`;
    const why = policy
      ? `which ${others.length + 1} merge policies of ${place} are called; give the ID of one as mergePolicyId: ${[policy, ...others].map(({ id }) => id).join(", ")}`
      : `but ${place} has no merge policy of that name for ${schemaName}${namesText(name, candidates)}`;
    return { mistake: { path: "mergePolicy", message: `found ${JSON.stringify(name)}, ${why}` } };
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

function namesText(name: string, candidates: readonly MergePolicy[]): string {
  const names = candidates.map((policy) => policy.name);
  if (names.length === 0) return ", and no other one";
  const nearest = nearestWord(name, names);
  const suggestion = nearest === undefined ? "" : `; did you mean ${JSON.stringify(nearest)}?`;
  const has = `It has ${names.map((one) => JSON.stringify(one)).join(", ")}`;
  return suggestion === "" ? `. ${has}` : `${suggestion} ${has}`;
}
