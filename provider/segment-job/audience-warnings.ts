import { hash } from "../../definition/hash";
import { PROFILE_SCHEMA } from "../../model";
import type { AudienceContent } from "../../model/audience-field-lists";
import { isAudienceId } from "../../model/audience-id";
import { otherOrigin } from "../audience/adoption";
import type { Audience } from "../audience/audience";
import { findKnownAudiences } from "../audience/names";
import { CjaError } from "../http/errors";
import { isUnknown } from "../unknown-values";
import type { SegmentJobServices } from "./services";

/**
 * For so long audiences that are as a job needs them are not asked about again: `up` asks nothing that its preview has asked. People change
 * audiences in the UI, so it is not as long as for verdicts.
 */
const LIFETIME_MS = 10 * 60_000;

/**
 * What a job will not evaluate as its author expects, of the audiences whose IDs are known. It is no mistake: what Adobe does not run, Adobe
 * says itself.
 *
 * What this run has made is known without a request. Of what it will still change, and of all others, the service is asked: one request
 * for each hundred.
 *
 * @returns a text for each audience
 */
export async function audienceWarnings(
  services: SegmentJobServices,
  sandbox: string,
  segmentIds: readonly string[],
): Promise<string[]> {
  const { audiencesOfRun } = services;
  const ids = segmentIds.filter(isAudienceId);
  const made = ids.flatMap((id) => audiencesOfRun.find(sandbox, id) ?? []);
  const others = ids.filter((id) => audiencesOfRun.find(sandbox, id) === undefined);
  return [...made.flatMap((audience) => textsOf(audience)), ...(await warningsOfOthers(services, sandbox, others))];
}

async function warningsOfOthers(services: SegmentJobServices, sandbox: string, ids: readonly string[]) {
  const { audiences, audiencesOfRun, mayRequestInPreview, verdicts, clock } = services;
  const left = ids.filter((id) => audiencesOfRun.writes(sandbox, id, "audiences") === undefined);
  const changing = ids.filter((id) => !left.includes(id));
  const key = hash(["audiences of a job", sandbox, left.toSorted()]);
  const areFine = left.length === 0 || ((await verdicts.load(key)) ?? -Infinity) >= clock.now() - LIFETIME_MS;
  const asked = areFine ? changing : ids;
  if (asked.length === 0 || !mayRequestInPreview) return [];
  try {
    const found = await findKnownAudiences(audiences, sandbox, asked);
    const form = (await audiences.lastForm()) ?? "audiences";
    const texts = asked.map((id) => {
      const audience = found.get(id);
      return audience && textsOf(audience, audiencesOfRun.writes(sandbox, id, form));
    });
    const areLeftFine = left.every((id) => texts[asked.indexOf(id)]?.length === 0);
    if (!areFine && areLeftFine) await verdicts.save(key, clock.now());
    return texts.flatMap((text = []) => text);
  } catch (error) {
    // A preview that may not ask, or has no credentials, is no worse for it.
    if (error instanceof CjaError) return [];
    throw error;
  }
}

/** @param writes what this run will make of it */
function textsOf(audience: Audience, writes: Partial<AudienceContent> = {}): string[] {
  const { id, name, schemaName = PROFILE_SCHEMA } = audience;
  const { evaluation = "batch", lifecycle = "published" } = { ...audience, ...writes };
  const is = (field: "evaluation" | "lifecycle") =>
    writes[field] === undefined || writes[field] === audience[field] ? "is" : "becomes";
  const origin = otherOrigin(audience);
  const reasons = [
    ...(origin === undefined
      ? []
      : [`${origin} has made it, and a job evaluates what the Segmentation Service has made`]),
    ...(evaluation === "batch" || isUnknown(evaluation)
      ? []
      : [
          `its evaluation ${is("evaluation")} "${evaluation}", and a job evaluates only batch audiences: set evaluation: "batch"`,
        ]),
    ...(lifecycle === "published" || isUnknown(lifecycle)
      ? []
      : [
          `it ${is("lifecycle")} ${lifecycle === "draft" ? "a draft, which destinations do not see" : "inactive, and so not evaluated"}: set lifecycle: "published"`,
        ]),
    ...(schemaName === PROFILE_SCHEMA
      ? []
      : [
          `it is made of ${schemaName} and not of people: run these by allSegments: true with schemaName: ${JSON.stringify(schemaName)}`,
        ]),
  ];
  return reasons.length === 0
    ? []
    : [
        `the audience ${name === undefined ? id : `${JSON.stringify(name)} (${id})`} may not run as you expect: ${reasons.join("; ")}. Or remove it from the job.`,
      ];
}
