import type { AudienceInputs } from "../../model";
import type { AudienceContent } from "../../model/audience-field-lists";
import { UNKNOWN } from "../../model/is-unknown";
import { isUnknown } from "../unknown-values";
import type { Audience } from "./audience";
import type { PlacedAudience } from "./state";
import { contentOf } from "./desired";
import { changedFields } from "./diff";
import type { AudienceForm } from "./forms";

/** What the run will write of an audience. Values may be unknown. */
interface Writes {
  /** What differs: the newer form of the service is sent nothing else. */
  readonly changes: Partial<AudienceContent>;
  /** All that the program manages: the older form is sent all of it. */
  readonly whole: AudienceContent;
}

/**
 * What this process knows of what its run makes of audiences: a job over them is judged by that, and not by what the service has before the
 * run. The engine plans an audience before the job that has its output `id`; where the ID stands in the program as text, the job may come
 * first.
 */
export class AudiencesOfRun {
  private readonly planned = new Map<string, Writes>();
  private readonly made = new Map<string, Audience>();

  /** @param defaultSandbox the setting `cja:sandbox` */
  constructor(private readonly defaultSandbox: string) {}

  /** Notes what the program wants of an audience that it has. @returns whether the run will write something */
  planUpdate({ id, sandbox, state }: PlacedAudience, inputs: AudienceInputs): boolean {
    // The ID of another merge policy is looked up when it is written.
    const isSamePolicy = inputs.mergePolicy === undefined || inputs.mergePolicy === state.mergePolicy;
    const whole = contentOf(inputs, isSamePolicy ? (inputs.mergePolicyId ?? state.mergePolicyId) : UNKNOWN);
    const changes = changedFields(state, whole);
    if (Object.keys(changes).length === 0) return false;
    this.planned.set(keyOf(sandbox, id), { changes, whole });
    return true;
  }

  /** Notes what the program wants of an audience that it is to take over, if it is. */
  planAdoption(inputs: AudienceInputs): void {
    const { adoptId, sandbox = this.defaultSandbox } = inputs;
    if (adoptId === undefined || isUnknown(adoptId)) return;
    const whole = contentOf(inputs, undefined);
    // Whatever of it differs is written.
    this.planned.set(keyOf(sandbox, adoptId), { changes: whole, whole });
  }

  /** Notes what the run has made of it, or taken over, as the service has answered last. */
  answer(sandbox: string, audience: Audience): void {
    const key = keyOf(sandbox, audience.id);
    this.planned.delete(key);
    this.made.set(key, audience);
  }

  /** What the run has made of it; undefined where it has written nothing yet. */
  find(sandbox: string, id: string): Audience | undefined {
    return this.made.get(keyOf(sandbox, id));
  }

  /** What the run will write of it; undefined where it will leave it as it is, or is not known to do otherwise. */
  writes(sandbox: string, id: string, form: AudienceForm): Partial<AudienceContent> | undefined {
    return this.planned.get(keyOf(sandbox, id))?.[form === "audiences" ? "changes" : "whole"];
  }
}

const keyOf = (sandbox: string, id: string): string => JSON.stringify([sandbox, id]);
