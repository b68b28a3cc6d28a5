import { createHash } from "node:crypto";
import { z } from "zod";
import { isObject } from "../definition/json/value";
import { sortedBy } from "../definition/sorted";
import { parseUrn } from "../model/urn";

/** Where a value stands in the arguments of a resource: `["definition", "container", "pred", "str"]`. */
export type Path = readonly string[];

/** A resource of a program, by its URN. */
export interface ProgramResource {
  readonly urn: string;
  /** As `pulumi stack` takes it: `project/stack`, with the organisation before it where there is one. */
  readonly stack: string;
  /** As a program writes it: `cja.Segment "mobile"`. */
  readonly label: string;
}

const content = z.object({ urn: z.string(), organization: z.string().nullish() });

/** Parses what the program passes along about a resource. @returns undefined where it has no valid URN */
export function parseProgramResource(value: unknown): ProgramResource | undefined {
  const { urn = "", organization } = content.safeParse(value).data ?? {};
  const parsed = parseUrn(urn);
  if (!parsed) return undefined;
  const { stack, project, types, name } = parsed;
  const type = (types.at(-1) ?? "").replace(/^.*:/, "");
  // The word that backends without organisations have in its place.
  const owner = organization && organization !== "organization" ? `${organization}/` : "";
  return { urn, stack: `${owner}${project}/${stack}`, label: `cja.${type} ${JSON.stringify(name)}` };
}

/**
 * Finds the resource that a step is about. Pulumi's dynamic provider host passes no URN on: the program gives it to `check`, and
 * the later steps of a resource come with what `check` answered.
 */
export class CheckedResources {
  private readonly byInputs = new Map<string, Map<string, ProgramResource>>();
  private readonly secrets = new Map<string, readonly Path[]>();
  private readonly assignedUrns = new Set<string>();
  private lastChecked: ProgramResource | undefined;

  /**
   * @param inputs what `check` answers the engine
   * @param secrets where the program has secrets in them
   */
  add(resource: ProgramResource | undefined, inputs: unknown, secrets: readonly Path[] = []): void {
    this.lastChecked = resource;
    const key = keyOf(inputs);
    const all = [...(this.secrets.get(key) ?? []), ...secrets];
    // A check of the same comes twice where a resource is replaced.
    this.secrets.set(key, [...new Map(all.map((path) => [JSON.stringify(path), path])).values()]);
    if (!resource) return;
    this.byInputs.set(key, (this.byInputs.get(key) ?? new Map<string, ProgramResource>()).set(resource.urn, resource));
  }

  /**
   * @returns undefined where it is not known: the engine also asks about the old inputs of a resource, before it checks
   *   the new ones.
   */
  forInputs(inputs: unknown): ProgramResource | undefined {
    const found = this.byInputs.get(keyOf(inputs));
    if (!found) return undefined;
    // Several may have the same inputs. The engine asks about each right after its check.
    if (found.size > 1) return this.lastChecked && found.get(this.lastChecked.urn);
    return [...found.values()][0];
  }

  /** Where secrets stand in these inputs: of several resources that have the same, all that one of them keeps secret. */
  secretPathsIn(inputs: unknown): readonly Path[] {
    return this.secrets.get(keyOf(inputs)) ?? [];
  }

  /** The same for what is about to be made: of several with the same inputs each once, in any order. */
  forCreate(inputs: unknown): ProgramResource | undefined {
    const found = [...(this.byInputs.get(keyOf(inputs))?.values() ?? [])];
    const next = found.find(({ urn }) => !this.assignedUrns.has(urn)) ?? found[0];
    if (next) this.assignedUrns.add(next.urn);
    return next;
  }
}

/** The engine orders keys as it likes, and leaves out what is null. */
function keyOf(inputs: unknown): string {
  const ordered = (_: string, value: unknown): unknown =>
    isObject(value)
      ? Object.fromEntries(
          sortedBy(
            Object.entries(value).filter(([, inner]) => inner !== null),
            ([key]) => key,
          ),
        )
      : value;
  return createHash("sha256").update(JSON.stringify(inputs, ordered)).digest("hex");
}
