import type { Job } from "../../provider/segment-job/job";
import { visible } from "../review/visible";

const MOST_CHARACTERS = 300;

/** Why a job failed, in the service's words, as one line: `8.0000018E7: Run out of memory`; empty where it does not say. */
export function jobErrors({ errors = [] }: Job): string {
  const said = errors.map(({ code, msg }) => [code, msg].filter((part) => part?.trim()).join(": "));
  const line = said
    .filter((error) => error !== "")
    .join("; ")
    .replace(/\s+/g, " ")
    .trim();
  // By whole characters: half of one would show as an escape.
  const characters = Array.from(line);
  return visible(characters.length > MOST_CHARACTERS ? `${characters.slice(0, MOST_CHARACTERS - 1).join("")}…` : line);
}
