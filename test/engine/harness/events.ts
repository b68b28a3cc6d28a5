/** What the engine says it did: its event log (`--event-log`), parsed. Text output is for people and changes with releases. */
import { existsSync, readFileSync } from "node:fs";
import { z } from "zod";

const metadata = z.object({
  op: z.string(),
  urn: z.string(),
  type: z.string(),
  diffs: z.array(z.string()).nullish(),
  keys: z.array(z.string()).nullish(),
  detailedDiff: z.record(z.string(), z.object({ diffKind: z.string(), inputDiff: z.boolean().optional() })).nullish(),
});

const event = z.object({
  resourcePreEvent: z.object({ metadata }).optional(),
  resOutputsEvent: z.object({ metadata }).optional(),
  resOpFailedEvent: z.object({ metadata }).optional(),
  diagnosticEvent: z.object({ message: z.string(), severity: z.string(), urn: z.string().optional() }).optional(),
});

/** One step of a plan or of a run. The stack itself and its providers are left out: nobody declares them. */
export interface Step {
  /** `create`, `update`, `delete`, `same`, `read`, `refresh`, `replace`, `create-replacement`, `delete-replaced`, … */
  readonly op: string;
  readonly urn: string;
  readonly type: string;
  /** The name that the program gave, the last part of the URN. */
  readonly name: string;
  readonly outcome: "done" | "failed" | "unfinished";
  /** Top-level properties that differ. */
  readonly diffs: readonly string[];
  /** Properties that force the replacement. */
  readonly replaceKeys: readonly string[];
  /** Property path → `add`, `update`, `delete`, `update-replace`, …; empty where the engine computed none. */
  readonly detailedDiff: Readonly<Record<string, string>>;
}

export interface Diagnostic {
  /** `info`, `info#err` (what a plugin wrote to stderr), `warning` or `error`. */
  readonly severity: string;
  readonly message: string;
  readonly urn?: string;
}

/** How many resources per operation, as `pulumi` sums them up: `{ create: 2, same: 1 }`. */
export type Changes = Readonly<Record<string, number>>;

type Metadata = z.infer<typeof metadata>;

const notDeclared = new Set(["pulumi:pulumi:Stack"]);
const isDeclared = (step: { type: string }) =>
  !notDeclared.has(step.type) && !step.type.startsWith("pulumi:providers:");

function stepOf(entry: Metadata, outcome: Step["outcome"]): Step {
  return {
    op: entry.op,
    urn: entry.urn,
    type: entry.type,
    name: entry.urn.slice(entry.urn.lastIndexOf("::") + 2),
    outcome,
    diffs: entry.diffs ?? [],
    replaceKeys: entry.keys ?? [],
    detailedDiff: Object.fromEntries(
      Object.entries(entry.detailedDiff ?? {}).map(([path, { diffKind }]) => [path, diffKind]),
    ),
  };
}

/** A killed engine leaves half a line at the end of its log, which is no event. */
function parseLine(line: string): z.infer<typeof event> | undefined {
  try {
    return event.parse(JSON.parse(line));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

export interface Report {
  readonly steps: readonly Step[];
  readonly changes: Changes;
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads the log of one run; a run that failed before the engine started has none. */
export function readEventLog(file: string): Report {
  const lines = existsSync(file) ? readFileSync(file, "utf8").split("\n").filter(Boolean) : [];
  const open: Metadata[] = [];
  const steps: Step[] = [];
  const diagnostics: Diagnostic[] = [];
  const close = (entry: Metadata, outcome: Step["outcome"]) => {
    const at = open.findIndex((other) => other.urn === entry.urn && (other.op === entry.op || other.op === "refresh"));
    const before = at < 0 ? undefined : open.splice(at, 1)[0];
    steps.push(stepOf({ ...before, ...entry }, outcome));
  };
  for (const line of lines) {
    const parsed = parseLine(line);
    if (parsed?.resourcePreEvent) open.push(parsed.resourcePreEvent.metadata);
    if (parsed?.resOutputsEvent) close(parsed.resOutputsEvent.metadata, "done");
    if (parsed?.resOpFailedEvent) close(parsed.resOpFailedEvent.metadata, "failed");
    const diagnostic = parsed?.diagnosticEvent;
    if (diagnostic && diagnostic.severity !== "debug") {
      const message = diagnostic.message.replaceAll(/<\{%.*?%\}>/g, "");
      diagnostics.push({ severity: diagnostic.severity, message, ...(diagnostic.urn ? { urn: diagnostic.urn } : {}) });
    }
  }
  const declared = [...steps, ...open.map((entry) => stepOf(entry, "unfinished"))].filter(isDeclared);
  return { steps: declared, changes: countChanges(declared), diagnostics };
}

/** A replacement is three steps and one change. */
function countChanges(steps: readonly Step[]): Changes {
  const changes: Record<string, number> = {};
  for (const { op } of steps) {
    if (op === "create-replacement" || op === "delete-replaced") continue;
    changes[op] = (changes[op] ?? 0) + 1;
  }
  return changes;
}
