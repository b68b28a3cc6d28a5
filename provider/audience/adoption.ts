import { exactNumbersText } from "../../definition/exact-numbers";
import type { AudienceInputs, Mistake } from "../../model";
import { isSameAudienceValue } from "../../model/audience-field-lists";
import { formatAdoptionLine } from "../../model/notices";
import { SEGMENTATION_SERVICE, type Audience } from "./audience";
import { contentOf } from "./desired";
import { changedFields } from "./diff";

/** What others have made, such as uploads and compositions, can only be read; undefined for what the Segmentation Service has made. */
export const otherOrigin = ({ originName }: { readonly originName?: string }): string | undefined =>
  originName === undefined || originName === SEGMENTATION_SERVICE ? undefined : originName;

/**
 * Why an audience cannot be taken over, if it cannot.
 *
 * @param takenIds what other resources of this run have made or taken over.
 */
export function adoptionMistake(
  inputs: AudienceInputs,
  sandbox: string,
  found: Audience | undefined,
  takenIds: ReadonlySet<string> = new Set(),
): Mistake | undefined {
  const mistake = (why: string): Mistake => ({
    path: "adoptId",
    message: `found ${JSON.stringify(inputs.adoptId)}, ${why}`,
  });
  const alternative = "or remove adoptId to create a new audience";
  if (!found)
    return mistake(
      `but the sandbox ${JSON.stringify(sandbox)} has no such audience; correct the ID or the sandbox, ${alternative}`,
    );
  const origin = otherOrigin(found);
  if (origin !== undefined)
    return mistake(
      `which ${origin} has made and not the Segmentation Service: it can only be read. Use cja.Audience.get, ${alternative}`,
    );
  if (found.schemaName !== undefined && !isSameAudienceValue("schemaName", found.schemaName, inputs.schemaName))
    return mistake(
      `which is made of ${JSON.stringify(found.schemaName)}; correct schemaName, since it cannot be changed, ${alternative}`,
    );
  const unsafeNumber = exactNumbersText(found.expression);
  if (unsafeNumber !== undefined)
    return mistake(
      `whose expression has ${unsafeNumber}. A program and Pulumi's state would round it; change it in the UI, ${alternative}`,
    );
  if (takenIds.has(found.id))
    return mistake(
      "which another resource of this run has taken over; one audience belongs to one resource: remove one of the two",
    );
  return undefined;
}

/** What taking an audience over does to it, for the reader of a preview. */
export const adoptionNotice = (found: Audience, inputs: AudienceInputs, mergePolicyId: string | undefined): string =>
  formatAdoptionLine({
    noun: "Audience",
    id: found.id,
    name: found.name ?? "",
    owner: undefined,
    changes: Object.keys(changedFields(found, contentOf(inputs, mergePolicyId))),
  });
