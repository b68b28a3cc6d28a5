import { writeJson } from "../../definition/json";
import { audienceFrom, type AudienceRecord, type ServiceEvaluation } from "../audiences/audience";
import { References } from "../audiences/references";
import { mergePolicy } from "../merge-policies/merge-policy";
import { sandboxes } from "../platform";
import type { Tenant } from "../tenant";
import { ServiceRefusal } from "../errors";
import type { AudiencePatch, MergePolicyInput, NewAudience } from "./inputs";
import { neutralAudience, neutralMergePolicy, type NeutralAudience, type NeutralMergePolicy } from "./neutral";
import { defined, parseInput, throwUnknownId } from "./parse-input";
import { audiencePatchSchema, mergePoliciesSchema, newAudienceSchema, newAudiencesSchema } from "./schemas";

/** What somebody does to audiences and merge policies in the platform's UI. Expressions are not checked. */
export class AudienceControl {
  constructor(private readonly tenant: Tenant) {}

  all(): NeutralAudience[] {
    const { store } = this.tenant;
    const references = new References(store);
    return store.audiences.all().map((audience) => neutralAudience(audience, store, references));
  }

  add(input: NewAudience): NeutralAudience {
    return this.put(this.recordOf(parseInput(newAudienceSchema, input)));
  }

  /** All of them, or none. */
  addAll(inputs: readonly NewAudience[]): NeutralAudience[] {
    const records = parseInput(newAudiencesSchema, inputs).map((given) => this.recordOf(given));
    const { store } = this.tenant;
    const added = records.map((record) => store.audiences.put(record));
    const references = new References(store);
    return added.map((record) => neutralAudience(record, store, references));
  }

  edit(id: string, patch: AudiencePatch): NeutralAudience {
    const { store, clock } = this.tenant;
    const audience = store.audiences.get(id);
    if (audience === undefined) throw throwUnknownId("audience", id);
    const change = this.recordFields(parseInput(audiencePatchSchema, patch), audience.sandbox);
    return this.put({ ...audience, modified: clock.now(), ...change });
  }

  delete(id: string): void {
    if (!this.tenant.store.audiences.remove(id)) throw throwUnknownId("audience", id);
  }

  mergePolicies(): NeutralMergePolicy[] {
    return this.tenant.store.mergePolicies.all().map(neutralMergePolicy);
  }

  setMergePolicies(sandbox: string, input: readonly MergePolicyInput[]): NeutralMergePolicy[] {
    const { mergePolicies } = this.tenant.store;
    if (!sandboxes.includes(sandbox)) throw throwUnknownId("sandbox", sandbox);
    const policies = parseInput(mergePoliciesSchema, input).map((given) => {
      const { default: isDefault, activeOnEdge: isActiveOnEdge, ...rest } = given;
      const { name, ...fields } = { ...rest, isDefault, isActiveOnEdge };
      return mergePolicy(sandbox, { ...defined(fields), name });
    });
    mergePolicies.replaceAll([...mergePolicies.all().filter((policy) => policy.sandbox !== sandbox), ...policies]);
    return policies.map(neutralMergePolicy);
  }

  private put(record: AudienceRecord): NeutralAudience {
    const { store } = this.tenant;
    return neutralAudience(store.audiences.put(record), store, new References(store));
  }

  private recordOf(parsed: ReturnType<typeof newAudienceSchema.parse>): AudienceRecord {
    const { store, clock } = this.tenant;
    const { id = store.nextUuid("audience"), name, sandbox = "prod", created = clock.now() } = parsed;
    const given = { ...this.recordFields(parsed, sandbox), id, name, sandbox, created };
    // Another service names its audiences itself.
    const foreign = given.originName !== undefined && given.originName !== "REAL_TIME_CUSTOMER_PROFILE";
    return audienceFrom({ ...given, ...(foreign && { audienceId: `external-${id}` }) }, store);
  }

  /** The fields that were given, in the service's words. */
  private recordFields(
    given: ReturnType<typeof audiencePatchSchema.parse>,
    sandbox: string,
  ): Partial<Omit<AudienceRecord, "id" | "sandbox">> {
    const { expression, evaluation, mergePolicy: policy, lifecycle, createdBy, name, ...same } = given;
    return defined({
      ...same,
      name,
      lifecycleState: lifecycle,
      expression: expression === undefined ? undefined : expressionFrom(expression),
      evaluation: evaluation && evaluationWords[evaluation],
      mergePolicyId: policy === undefined ? undefined : this.mergePolicyId(policy, sandbox),
      createdById: createdBy === undefined ? undefined : this.tenant.store.personFor(createdBy).id,
    });
  }

  private mergePolicyId(name: string, sandbox: string): string {
    const found = this.tenant.store.mergePolicies.find((each) => each.sandbox === sandbox && each.name === name);
    if (found !== undefined) return found.id;
    throw new ServiceRefusal(400, "bad_request", `mergePolicy: sandbox ${sandbox} has no merge policy "${name}"`);
  }
}

const expressionFrom = (expression: string | object): AudienceRecord["expression"] =>
  typeof expression === "string"
    ? { type: "PQL", format: "pql/text", value: expression }
    : { type: "PQL", format: "pql/json", value: writeJson(expression) };

const evaluationWords: Readonly<Record<"batch" | "streaming" | "edge", ServiceEvaluation>> = {
  batch: "batch",
  streaming: "continuous",
  edge: "synchronous",
};
