import type { AudienceContent } from "../../model";
import { CjaError } from "../http/errors";
import type { Audience } from "./audience";
import type { AudienceServices } from "./services";

/**
 * Finds out how the service evaluates what was written: since May 2025 every edit may turn a streaming audience into a batch one. The
 * answer to a write tells, as those of the documents do; where it does not, one more request does.
 *
 * @returns what the service said last
 */
export async function confirmEvaluation(
  { client, warn }: AudienceServices,
  sandbox: string,
  written: Audience,
  { name, evaluation = "batch" }: AudienceContent,
): Promise<Audience> {
  const isUnsaid = evaluation !== "batch" && written.evaluation === undefined;
  const found = isUnsaid ? await readAgain(client, sandbox, written, warn) : written;
  const { evaluation: actual } = found;
  if (actual !== undefined && actual !== evaluation)
    warn(
      `Audience ${JSON.stringify(name)}: evaluation is ${JSON.stringify(evaluation)} in the program, and the service evaluates it as ${JSON.stringify(actual)}.${actual === "batch" ? REASON : ""} The next refresh shows the difference.${actual === "batch" ? TO_END_IT : ""}`,
    );
  return found;
}

const TO_END_IT = ' To leave it so, set evaluation: "batch".';

/** It is written by then: that it cannot be read is no failure of the write. */
async function readAgain(
  client: AudienceServices["client"],
  sandbox: string,
  written: Audience,
  warn: (text: string) => void,
): Promise<Audience> {
  try {
    return (await client.get(sandbox, written.id)) ?? written;
  } catch (error) {
    if (!(error instanceof CjaError)) throw error;
    warn(
      `Audience ${written.id} was written, but how the service evaluates it could not be read. The next refresh shows it. ${error.message}`,
    );
    return written;
  }
}

/** https://experienceleague.adobe.com/en/docs/experience-platform/segmentation/eligibility-criteria-update */
const REASON =
  " Since May 2025 Adobe does so with what is created or edited if one event has a time window of more than 24 hours or none, or if it mixes " +
  'attributes of batch data with events; refer to these by inSegment("…") of a batch audience. Streaming and edge also need the merge policy that is active on edge.';
