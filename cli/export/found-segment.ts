import type ts from "typescript";
import { readJson } from "../../definition/json";
import type { ExportedKind } from "./kinds";
import type { ExistingFile, SourceModule } from "./source-module";

/** A segment, or another resource of the kind that is exported, which a file of a program makes. */
export interface FoundSegment {
  readonly path: string;
  /** Where it begins, from 1. */
  readonly line: number;
  /** Of the segment that it takes over, as far as the program says it. */
  readonly adoptId: string | undefined;
  /** Whether the program says it in a way that cannot be read. */
  readonly isUnread: boolean;
  /** Whether the option `import` says it. */
  readonly isImported: boolean;
  /** In the UI. */
  readonly name: string | undefined;
  /** The resource's. */
  readonly resource: string | undefined;
  /** The constant's. */
  readonly identifier: string | undefined;
  /** Undefined in a file of JSON. */
  readonly made?: ts.NewExpression;
}

/** All segments that a module makes with `new cja.Segment(…)`, or audiences, whatever it calls the class. */
export function segmentsMadeIn(module: SourceModule, kind: ExportedKind = "Segment"): FoundSegment[] {
  const { ts } = module;
  return [...module.nodes()].flatMap((node): FoundSegment[] => {
    if (!ts.isNewExpression(node) || module.memberOf(node.expression) !== kind) return [];
    const [resource, args, options] = node.arguments ?? [];
    const field = (of: ts.Expression | undefined, key: string) => (of ? module.field(of, key) : "absent");
    const name = field(args, "name");
    const isImported = typeof field(options, "import") !== "string";
    const id = isImported ? field(options, "import") : field(args, "adoptId");
    const ids = typeof id === "string" ? new Set<string>() : adoptIds(module, id);
    const { parent } = node;
    const constant = ts.isVariableDeclaration(parent) && ts.isIdentifier(parent.name) ? parent.name.text : undefined;
    return [
      {
        path: module.path,
        line: module.lineOf(node.getStart(module.source)),
        adoptId: ids?.size === 1 ? [...ids][0] : undefined,
        isUnread: ids === undefined || ids.size > 1,
        isImported,
        name: typeof name === "string" ? undefined : module.textOf(name),
        resource: resource && module.textOf(resource),
        identifier: constant,
        made: node,
      },
    ];
  });
}

/** The IDs that the argument may have; undefined where they cannot be read. */
function adoptIds(module: SourceModule, expression: ts.Expression): ReadonlySet<string> | undefined {
  const { ts } = module;
  const text = module.textOf(expression);
  if (text !== undefined) return new Set([text]);
  const inner = module.resolved(expression);
  if (inner.kind === ts.SyntaxKind.NullKeyword) return new Set();
  if (ts.isIdentifier(inner)) return inner.text === "undefined" ? new Set() : undefined;
  if (ts.isConditionalExpression(inner)) return together([inner.whenTrue, inner.whenFalse]);
  if (ts.isBinaryExpression(inner)) {
    const isOr = [ts.SyntaxKind.BarBarToken, ts.SyntaxKind.QuestionQuestionToken].includes(inner.operatorToken.kind);
    return isOr ? together([inner.left, inner.right]) : undefined;
  }
  // adopted(id) of an exported env.ts, env.only("dev", id): the ID comes last.
  if (!ts.isCallExpression(inner)) return undefined;
  const { expression: of } = inner;
  const isOurs = ts.isIdentifier(of)
    ? of.text === "adopted"
    : ts.isPropertyAccessExpression(of) && of.name.text === "only";
  const last = inner.arguments[inner.arguments.length - 1];
  return isOurs && last ? adoptIds(module, last) : undefined;

  function together(expressions: readonly ts.Expression[]) {
    const all = expressions.map((one) => adoptIds(module, one));
    return all.includes(undefined) ? undefined : new Set(all.flatMap((ids) => [...(ids ?? [])]));
  }
}

/** The segment of a file of JSON, whose resource has the file's name. */
export function segmentOfJson({ path, content }: ExistingFile): FoundSegment | undefined {
  const file = /^segments\/([^/]+)\.json$/.exec(path)?.[1];
  const json = parsed(content);
  if (file === undefined || typeof json !== "object" || json === null) return undefined;
  const { adoptId, name, definition } = json as Readonly<Record<string, unknown>>;
  if (adoptId === undefined && definition === undefined) return undefined;
  return {
    path,
    line: 1,
    adoptId: typeof adoptId === "string" ? adoptId : undefined,
    isUnread: adoptId !== undefined && typeof adoptId !== "string",
    isImported: false,
    name: typeof name === "string" ? name : undefined,
    resource: file,
    identifier: file,
  };
}

function parsed(text: string): unknown {
  try {
    return readJson(text);
  } catch {
    // It was written by somebody else, who may write what they like.
    return undefined;
  }
}
