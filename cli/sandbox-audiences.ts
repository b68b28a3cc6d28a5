import { SEGMENTATION_SERVICE, type Audience } from "../provider/audience/audience";
import type { Runtime } from "../provider/runtime";

/** Lines between which nobody wonders whether anything happens. */
const PAGES_PER_LINE = 5;

/** All audiences of a sandbox that the service lists: inactive ones are not among them. */
export async function readSandboxAudiences(
  { audiences }: Pick<Runtime, "audiences">,
  sandbox: string,
  log: (line: string) => void,
): Promise<readonly Audience[]> {
  const found: Audience[] = [];
  let pages = 0;
  for await (const { items, last } of audiences.pages(sandbox)) {
    found.push(...items);
    pages += 1;
    if (!last && pages % PAGES_PER_LINE === 0) log(`${sandbox}: ${found.length} audiences read …`);
  }
  return found;
}

/** Whether anybody can change it: what other services have made is theirs. */
export const isOfSegmentationService = ({ originName = SEGMENTATION_SERVICE }: Pick<Audience, "originName">): boolean =>
  originName === SEGMENTATION_SERVICE;
