import { formatWarningLine } from "../model/notices";
import { referencedAudiences } from "../definition/pql/references";
import { SEGMENTATION_SERVICE, type Audience, type MergePolicy } from "../provider/audience/audience";
import { AudienceReader } from "../provider/audience/reader";
import type { Runtime } from "../provider/runtime";
import { PermissionError } from "../provider/http/errors";
import type { Terminal } from "./terminal";

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

/** The merge policies of a sandbox, by which audiences get names for IDs; none where this account may not list them, which is told. */
export async function readMergePolicies(
  { mergePolicies }: Pick<Runtime, "mergePolicies">,
  sandbox: string,
  log: (line: string) => void,
): Promise<readonly MergePolicy[]> {
  try {
    return await mergePolicies.list(sandbox);
  } catch (error) {
    if (!(error instanceof PermissionError)) throw error;
    log(formatWarningLine(`merge policies of ${sandbox} go by their IDs: ${error.message}`));
    return [];
  }
}

/** The audiences of a sandbox by who has made them. */
interface SandboxAudiences {
  /** Those of the Segmentation Service. */
  readonly own: readonly Audience[];
  /** Those that nobody can change, though expressions may name them. */
  readonly others: readonly Audience[];
}

/**
 * The audiences of a sandbox, inactive ones as well, as far as anything tells their IDs: a listing lacks them, so those of the IDs given and those that
 * expressions name are read by ID.
 */
export async function findSandboxAudiences(
  { audiences }: Pick<Runtime, "audiences">,
  sandbox: string,
  ids: readonly string[],
  { log, clock }: Pick<Terminal, "log" | "clock">,
): Promise<SandboxAudiences> {
  const reader = new AudienceReader(audiences, clock);
  const found = new Map<string, Audience>();
  const asked = new Set<string>();
  const add = (all: readonly (Audience | undefined)[]) => {
    for (const one of all) if (one) found.set(one.id, one);
    return all.flatMap((one) => referencedAudiences(one?.expression).map(({ id }) => id));
  };
  let named = [...ids, ...add(await readSandboxAudiences({ audiences }, sandbox, log))];
  for (;;) {
    const missing = [...new Set(named)].filter((id) => !found.has(id) && !asked.has(id));
    if (missing.length === 0) break;
    for (const id of missing) asked.add(id);
    named = add(await Promise.all(missing.map((id) => reader.poll(sandbox, id))));
  }
  const all = [...found.values()];
  return { own: all.filter(isOfSegmentationService), others: all.filter((one) => !isOfSegmentationService(one)) };
}

/** Whether anybody can change it: what other services have made is theirs. */
export const isOfSegmentationService = ({ originName = SEGMENTATION_SERVICE }: Pick<Audience, "originName">): boolean =>
  originName === SEGMENTATION_SERVICE;

/** What is said of audiences that are left out because nobody can change them; undefined where there are none. */
export function otherOriginsText(others: readonly Pick<Audience, "originName">[], place = ""): string | undefined {
  if (others.length === 0) return undefined;
  const origins = new Map<string, number>();
  for (const { originName = "" } of others) origins.set(originName, (origins.get(originName) ?? 0) + 1);
  const counts = [...origins].sort().map(([origin, count]) => `${origin} ${count}`);
  return `${others.length}${place === "" ? "" : ` of ${place}`} that the Segmentation Service has not made, and does not let anybody change (${counts.join(", ")})`;
}
