import { PROFILE_SCHEMA } from "../../model";
import { isAudienceId } from "../../model/audience-id";
import { otherOrigin } from "../audience/adoption";
import type { Audience } from "../audience/audience";
import { chunk } from "../http/batcher";
import { MAX_BULK_IDS } from "../http/bulk-get";
import { CjaError } from "../http/errors";
import type { SegmentJobServices } from "./services";

/**
 * What a job will not evaluate as its author expects, of the audiences that are there already: one request for each hundred. It is no
 * mistake: what Adobe does not run, Adobe says itself.
 *
 * @returns a text for each audience
 */
export async function audienceWarnings(
  { audiences }: SegmentJobServices,
  sandbox: string,
  segmentIds: readonly string[],
): Promise<string[]> {
  const ids = segmentIds.filter(isAudienceId);
  try {
    const found = await Promise.all(chunk(ids, MAX_BULK_IDS).map((part) => audiences.getMany(sandbox, part)));
    return found.flatMap((part) => [...(part?.values() ?? [])]).flatMap(reasonsOf);
  } catch (error) {
    // A preview that may not ask, or has no credentials, is no worse for it.
    if (error instanceof CjaError) return [];
    throw error;
  }
}

function reasonsOf(audience: Audience): string[] {
  const { id, name, evaluation = "batch", lifecycle, schemaName = PROFILE_SCHEMA } = audience;
  const origin = otherOrigin(audience);
  const reasons = [
    ...(origin === undefined
      ? []
      : [`${origin} has made it, and a job evaluates what the Segmentation Service has made`]),
    ...(evaluation === "batch"
      ? []
      : [`its evaluation is "${evaluation}", and a job evaluates only batch audiences: set evaluation: "batch"`]),
    ...(lifecycle === undefined || lifecycle === "published"
      ? []
      : [
          `it is ${lifecycle === "draft" ? "a draft, which destinations do not see" : "inactive, and so not evaluated"}: set lifecycle: "published"`,
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
