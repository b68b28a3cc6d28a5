import * as pulumi from "@pulumi/pulumi";
import { isWithin } from "../definition/mistake";
import type { Kind } from "../model/environment/kinds";
import type { IdAtPath } from "../model/environment/share-ids";
import { pluralize, formatMistakes, settingMistakes, type Mistake } from "../model";
import { isMocked } from "./mocks";
import { endProgram } from "./end-program";
import { knownArguments } from "./known-arguments";
import { findProvider, PROVIDERS, versionOf, type FoundProvider } from "./shim";

interface Finding {
  readonly resource: string;
  readonly mistakes: Mistake[];
}

/** A resource that a program makes, as it is looked at for IDs. */
export interface NamingResource {
  /** `cja.Segment "buyers"`. */
  readonly label: string;
  /** Without mistakes. */
  readonly args: unknown;
  /** The IDs that its arguments name, at any depth. What is not known yet is left out. */
  readonly idsIn: (args: unknown) => readonly IdAtPath[];
}

/** Tells IDs that belong to another environment. */
export interface ForeignIdCheck {
  /** @returns what is wrong with an ID; undefined where nothing is */
  foreignIdMistake(kind: Kind, id: string): string | undefined;
}

/**
 * Collects what is wrong in the arguments of all resources of one program, and reports it together.
 *
 * The engine stops a program at its first failed check, so an author would meet one mistake a run. Every resource waits
 * for the end of the program's current turn instead; only when nothing was found is anything registered.
 */
export class ProgramCheck {
  /** Knows the IDs of other environments, where the program has loaded one. */
  foreignIdCheck: ForeignIdCheck | undefined;
  private readonly adopted = new Map<string, string>();
  private readonly segmentIds = new WeakSet<object>();
  /** In which order the program made its resources: values are known in another one. */
  private readonly places = new Map<string, number>();
  private findings: Finding[] = [];
  private currentTurn: Promise<void> | undefined;
  private needsHost = false;
  private mayHaveWritten = false;
  private readonly foundProvider: FoundProvider | undefined;

  /**
   * @param endProgram ends the program with a report.
   * @param endOfTurn calls back when the program's current turn is over.
   * @param settingsMistakes what is wrong in the stack's config: then the arguments need not be looked at.
   * @param folder where the engine's provider process looks for the code; undefined where there is none, in unit tests with mocks.
   * @param version of the package that the program imports.
   */
  constructor(
    private readonly endProgram: (report: string) => void,
    private readonly endOfTurn: (callback: () => void) => void = setImmediate,
    private readonly settingsMistakes: readonly Mistake[] = [],
    private readonly folder?: string,
    private readonly version = versionOf(__filename),
  ) {
    this.foundProvider = folder === undefined ? undefined : findProvider(folder);
  }

  /** What a provider process evaluates, by kind of resource. */
  get providers() {
    return PROVIDERS[this.foundProvider?.place ?? "here"];
  }

  /**
   * @param needsHost whether the engine's provider process has to find the code.
   * @returns settles when this turn of the program has no mistakes; never when it has, for then the program ends.
   */
  report(resource: string, mistakes: readonly Mistake[], needsHost = true): Promise<void> {
    this.needsHost ||= needsHost;
    if (!this.places.has(resource)) this.places.set(resource, this.places.size);
    const existing = this.findings.find((finding) => finding.resource === resource);
    if (existing) existing.mistakes.push(...mistakes);
    else if (mistakes.length > 0) this.findings.push({ resource, mistakes: [...mistakes] });
    this.currentTurn ??= new Promise((resolve) => {
      this.endOfTurn(() => {
        this.currentTurn = undefined;
        const wrongCode = this.needsHost ? this.wrongCodeReport() : undefined;
        if (wrongCode !== undefined) this.endProgram(wrongCode);
        else if (this.settingsMistakes.length > 0) this.endProgram(formatSettingsReport(this.settingsMistakes));
        else if (this.findings.length > 0) this.endProgram(formatReport(this.takeFindings(), this.mayHaveWritten));
        else {
          // What was held back until now is registered.
          this.mayHaveWritten = !pulumi.runtime.isDryRun();
          resolve();
        }
      });
    });
    return this.currentTurn;
  }

  private takeFindings(): readonly Finding[] {
    const placeOf = ({ resource }: Finding) => this.places.get(resource) ?? 0;
    return this.findings.splice(0).sort((a, b) => placeOf(a) - placeOf(b));
  }

  /** Why the engine would not run the code that belongs to what the program imports; undefined where it does. */
  private wrongCodeReport(): string | undefined {
    const { folder, foundProvider: found, version } = this;
    if (folder === undefined) return undefined;
    if (found === undefined) return packageNotFoundReport(folder, version);
    // What one version writes into the arguments, an older one does not know, and would leave out without a word.
    return version === found.version || version === undefined ? undefined : otherVersionReport(folder, found, version);
  }

  /** IDs of another environment among those of a resource's arguments. */
  findForeignIds(ids: readonly IdAtPath[], secretPaths: ReadonlySet<string> = new Set()): Mistake[] {
    const { foreignIdCheck } = this;
    if (!foreignIdCheck) return [];
    return ids.flatMap(([path, kind, id, place = ""]) => {
      const message = typeof id === "string" ? foreignIdCheck.foreignIdMistake(kind, id) : undefined;
      if (message === undefined) return [];
      const isSecret = [...secretPaths].some((place) => isWithin(path, place));
      const safeMessage = isSecret ? SECRET_FOREIGN_ID : message;
      return [{ path, message: place === "" ? safeMessage : `${place}: ${safeMessage}` }];
    });
  }

  /**
   * Reports the mistakes of a resource, and then looks for IDs of another environment in what is known only later.
   *
   * @returns settles when there are none; never when there are, for then the program ends.
   */
  async check(resource: NamingResource, mistakes: readonly Mistake[], needsHost?: boolean): Promise<void> {
    await this.report(resource.label, mistakes, needsHost);
    await this.confirmIds(resource);
  }

  /**
   * Looks for IDs of another environment in what was not known when the resource was made: inside of `pulumi.interpolate`, for example.
   *
   * @returns settles when there are none; never when there are, for then the program ends.
   */
  private async confirmIds({ label, args, idsIn }: NamingResource): Promise<void> {
    if (!this.foreignIdCheck) return;
    const known = await knownArguments(args);
    const mistakes = known ? this.findForeignIds(idsIn(known.args), known.secretPaths) : [];
    // Whether the host is needed is known since the resource was made.
    if (mistakes.length > 0) await this.report(label, mistakes, false);
  }

  /** Notes the output that is a segment's ID. */
  addSegmentId(id: object): void {
    this.segmentIds.add(id);
  }

  /** Whether a value is the output `id` of a segment of this program. */
  isSegmentId(value: unknown): boolean {
    return typeof value === "object" && value !== null && this.segmentIds.has(value);
  }

  /** Two resources over one segment would undo each other's changes, and destroying one would delete the other's. */
  checkAdoption(resource: string, adoptId: string, noun: "segment" | "audience" = "segment"): Mistake[] {
    const otherResource = this.adopted.get(adoptId);
    if (otherResource === undefined) this.adopted.set(adoptId, resource);
    const quotedId = JSON.stringify(adoptId);
    return otherResource === undefined
      ? []
      : [
          {
            path: "adoptId",
            message: `found ${quotedId}, which ${otherResource} takes over, too; one ${noun} belongs to one resource: remove one of the two`,
          },
        ];
  }
}

const checksByProgram = new WeakMap<object, ProgramCheck>();

/** The check of the program that runs now. The Automation API runs several in one process, each with a stack of its own. */
export function programCheck(): ProgramCheck {
  const program = pulumi.runtime.getStackResource() ?? programWithoutStack();
  const existing = checksByProgram.get(program);
  if (existing) return existing;
  const config = Object.keys(pulumi.runtime.allConfig() ?? {});
  const check = new ProgramCheck(
    endProgram,
    setImmediate,
    settingMistakes(config),
    isMocked() ? undefined : process.cwd(),
  );
  checksByProgram.set(program, check);
  return check;
}

let withoutStack: object | undefined;

/** Unit tests with mocks have no stack, and run many programs in one process: what is made in one turn is one program. */
function programWithoutStack(): object {
  if (withoutStack) return withoutStack;
  setImmediate(() => (withoutStack = undefined));
  return (withoutStack = {});
}

/** A package manager that keeps packages apart shows the program only what its own package.json names. */
const packageNotFoundReport = (folder: string, version = "in the imported version"): string =>
  `The engine loads pulumi-cja from ${folder}, and finds it neither there nor through the packages that the nearest package.json names. ${addition(folder, version)}`;

const otherVersionReport = (folder: string, found: FoundProvider, version: string): string =>
  `The program imports pulumi-cja ${version}, and the engine, which looks from ${folder}, would run the code of pulumi-cja ${found.version ?? "of another version"}: it finds ${found.file} first. ${addition(folder, version)}`;

const addition = (folder: string, version: string): string =>
  `Add pulumi-cja ${version} to the dependencies of the package.json that belongs to ${folder}, and install it (npm install, pnpm install, yarn install or bun install). Nothing was sent or changed.`;

const SECRET_FOREIGN_ID = "found the ID of another environment in a secret value, which is not shown";

const formatSettingsReport = (mistakes: readonly Mistake[]): string =>
  [
    `${pluralize(mistakes.length, "mistake")} in the settings; nothing was sent or changed.`,
    ...formatMistakes(mistakes),
  ].join("\n");

/** @param mayHaveWritten whether other resources of the program were registered before */
function formatReport(findings: readonly Finding[], mayHaveWritten: boolean): string {
  const count = findings.reduce((sum, { mistakes }) => sum + mistakes.length, 0);
  const [mistakes, resources] = [pluralize(count, "mistake"), pluralize(findings.length, "resource")];
  const headline = mayHaveWritten
    ? `${mistakes} in the arguments of ${resources}; nothing was sent for these; other resources may have been changed before.`
    : `${mistakes} in the arguments of ${resources}; nothing was sent or changed.`;
  return [headline, ...findings.flatMap(({ resource, mistakes }) => [resource, ...formatMistakes(mistakes)])].join(
    "\n",
  );
}
