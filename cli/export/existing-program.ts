import type ts from "typescript";
import { quoted } from "../../definition/sentences/quote";
import { type ExistingFile, SourceModule, type TypeScript } from "./source-module";
import { idEnding, type KeptNames, camelCase, slug } from "./resource-names";
import type { ExportedKind } from "./kinds";
import type { ExportedSegment } from "./exported-segment";
import { segmentsOfYaml } from "./yaml-program";
import { segmentOfJson, segmentsMadeIn, type FoundSegment } from "./found-segment";

/** The IDs of a stack's segments by the names that the program gives its resources. */
export type ResourceIds = ReadonlyMap<string, string>;

/** A place in a file, and what is the matter with it. */
export interface UnclearPlace {
  readonly path: string;
  readonly line: number;
  readonly reason: string;
}

const isSource = (path: string): boolean => /\.[cm]?[jt]sx?$/.test(path);

/** The program that a folder has, as far as its files say what they make. */
export class ExistingProgram {
  readonly segments: readonly FoundSegment[];
  /** The first place of each segment whose ID is known. */
  readonly known: ReadonlyMap<string, FoundSegment>;
  /** What its modules load in the folder, without ending. */
  readonly loaded: ReadonlySet<string>;
  private readonly ts: TypeScript | undefined;
  private readonly modules = new Map<string, SourceModule>();
  private readonly contents: ReadonlyMap<string, string>;

  /**
   * @param typescript asked for where there are files of TypeScript or JavaScript
   * @param kind what counts of it
   * @param stack the IDs of a stack's segments; it says which segment a resource without `adoptId` is
   */
  constructor(
    readonly files: readonly ExistingFile[],
    typescript: () => TypeScript,
    private readonly stack?: ResourceIds,
    readonly kind: ExportedKind = "Segment",
  ) {
    const sources = files.filter(({ path }) => isSource(path));
    this.ts = sources.length > 0 ? typescript() : undefined;
    for (const file of sources) if (this.ts) this.modules.set(file.path, new SourceModule(this.ts, file));
    this.segments = files
      .flatMap((file) => {
        const module = this.modules.get(file.path);
        if (module) return segmentsMadeIn(module, kind);
        const found = kind === "Segment" ? segmentOfJson(file) : undefined;
        return found ? [found] : segmentsOfYaml(file, kind);
      })
      .map((found) => ({ ...found, adoptId: found.adoptId ?? stack?.get(found.resource ?? "") }));
    const known = new Map<string, FoundSegment>();
    for (const found of this.segments)
      if (found.adoptId !== undefined && !known.has(found.adoptId)) known.set(found.adoptId, found);
    this.known = known;
    this.contents = new Map(files.map(({ path, content }) => [path, content]));
    this.loaded = new Set(
      [...this.modules.values()].flatMap(({ imports }) => imports.flatMap(({ file }) => file ?? [])),
    );
  }

  module(path: string): SourceModule | undefined {
    return this.modules.get(path);
  }

  /** What a module that the program would have says, read as its own are. */
  read(file: ExistingFile): SourceModule | undefined {
    return this.ts && new SourceModule(this.ts, file);
  }

  content(path: string): string | undefined {
    return this.contents.get(path);
  }

  /** The names of the segments that are known. A file has its name where it is of one segment. */
  names(): ReadonlyMap<string, KeptNames> {
    const names = new Map<string, KeptNames>();
    const identifiers = new Set<string>();
    for (const [id, { path, resource, identifier = "" }] of this.known) {
      if (resource === undefined) continue;
      const file = /^(?:segments|audiences)\/([^.]+)\.\w+$/.exec(path)?.[1];
      const isOnly = this.segments.filter((one) => one.path === path).length === 1;
      const uniqueName = identifier === "" || identifiers.has(identifier) ? camelCase(resource) : identifier;
      identifiers.add(uniqueName);
      names.set(id, { resource, identifier: uniqueName, file: (isOnly && file) || resource });
    }
    return names;
  }

  /**
   * Why segments must not be added to the program, which may have them already in a way that cannot be read: it would have them
   * twice.
   */
  findUnclearPlaces(segments: readonly ExportedSegment[]): UnclearPlace[] {
    const others = new Map(segments.filter(({ id }) => !this.known.has(id)).map((one) => [one.id, one]));
    const unread = this.segments.filter(
      (one) => one.isUnread && one.adoptId === undefined && !this.readsFiles(one.path),
    );
    const unreadable = this.stack || others.size === 0 ? [] : unread;
    const segmentsByLikeness = new Map(
      [...others.values()].flatMap((one) => possibleNames(one).map((word) => [word, one] as const)),
    );
    return [
      ...unreadable.map(({ path, line }) => ({
        path,
        line,
        reason:
          `creates a segment whose adoptId the export cannot read: write the ID itself, ` +
          `adoptId: "s…", or give --stack NAME, so that the export knows which segments the stack has`,
      })),
      ...this.files.flatMap((file) => this.findMentions(file, others)),
      ...this.segments.flatMap((found) => {
        if (found.adoptId !== undefined || found.isUnread) return [];
        const [one] = knownNames(found).flatMap((word) => segmentsByLikeness.get(word) ?? []);
        if (!one) return [];
        const id = quoted(one.id);
        return [
          {
            path: found.path,
            line: found.line,
            reason:
              `has no adoptId, and may be the segment ${one.id} ${quoted(one.name)}: put adoptId: ${id} ` +
              "back into it, or give --stack NAME, so that the export knows which segments the stack has",
          },
        ];
      }),
    ];
  }

  /** Where a file has the ID of a segment, and it is not understood what it makes of it. */
  private findMentions({ path, content }: ExistingFile, others: ReadonlyMap<string, ExportedSegment>): UnclearPlace[] {
    const segmentsInFile = this.segments.filter((found) => found.path === path);
    const module = this.modules.get(path);
    // One segment may refer to another, and comments may tell of any, where it is known which segments a file makes.
    const adoptedSegments = segmentsInFile.filter(({ adoptId }) => adoptId !== undefined);
    if (!module && adoptedSegments.length > 0) return [];
    const isFullyUnderstood = adoptedSegments.length === segmentsInFile.length;
    const inside = [...adoptedSegments.flatMap(({ made }) => made ?? []), ...(module?.readCalls() ?? [])].map(rangeOf);
    const literals = module && isFullyUnderstood ? literalsOf(module) : undefined;
    return [...content.matchAll(/[\w@.-]+/g)].flatMap((match) => {
      const id = match[0].replace(/[.-]+$/, "");
      const at = match.index;
      const isInside = ([start, end]: readonly [number, number]) => start <= at && at < end;
      if (!others.has(id) || inside.some(isInside) || (literals && !literals.some(isInside))) return [];
      const line = content.slice(0, at).split("\n").length;
      return [
        {
          path,
          line,
          reason:
            `has the ID ${id}, and the export does not understand what for: write the segment as ` +
            `new cja.Segment("…", { …, adoptId: ${quoted(id)} }) in a file that the program imports, or remove the ID from this file`,
        },
      ];
    });
  }

  /** Whether a module makes segments of what it reads from files: those of an export as JSON are known by themselves. */
  private readsFiles(path: string): boolean {
    const module = this.modules.get(path);
    const isJson = this.files.some((file) => /^segments\/[^/]+\.json$/.test(file.path));
    return isJson && module !== undefined && module.calls("readFileSync").length > 0;
  }
}

function literalsOf(module: SourceModule): (readonly [number, number])[] {
  const { ts } = module;
  return [...module.nodes()]
    .filter((node) => ts.isStringLiteralLike(node) || ts.isTemplateExpression(node))
    .map(rangeOf);
}

const rangeOf = (node: ts.Node) => [node.getStart(), node.getEnd()] as const;

/** By what a resource without an ID may be known: a name in the UI, or a resource's name, which may have the end of the ID. */
const possibleNames = ({ id, name }: ExportedSegment): string[] => [`in UI: ${name}`, slug(name), `-${idEnding(id)}`];

const knownNames = ({ name, resource }: FoundSegment): string[] => [
  ...(name === undefined ? [] : [`in UI: ${name}`]),
  ...(resource === undefined || resource === "" ? [] : [resource, /-\w{6}$/.exec(resource)?.[0] ?? resource]),
];
