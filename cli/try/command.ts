import { existsSync } from "node:fs";
import { Command, InvalidArgumentError } from "commander";
import { describe, parse } from "../../definition";
import { compile } from "../../definition/evaluate/compile";
import { eventTime } from "../../definition/evaluate/event-time";
import { EvaluationError } from "../../definition/evaluate/evaluation-error";
import { SelectionExplainer, type ExplainSelectionOptions } from "../../definition/evaluate/why";
import { writeJson } from "../../definition/json";
import { nearestWord } from "../../definition/parse/nearest-word";
import { quoted } from "../../definition/sentences/quote";
import { formatWarningLine } from "../../model/notices";
import { readDefinition, type FoundDefinition } from "../definition-source";
import { escapeInvisible } from "../escape-invisible";
import { openEventsFile } from "../events-file/events-file";
import { API_WORDS_OPTION, levelWordsFor, readNamesFile } from "../names-file";
import { readTextFile } from "../read-text";
import { withSafeOutput } from "../safe-output";
import type { Terminal } from "../terminal";
import { componentsOf, missingComponents } from "./components";
import { differenceFrom, type Difference } from "./difference";
import { readExpectedPersons } from "./expected-persons";
import { judgeFile, type Count, type Judgement, type JudgeOptions, type Verdict } from "./judge";
import { readProgramSegment } from "./program-segment";
import { collectDateRange, readSegmentsFile, referredSegments, withSegmentsOfService } from "./references";
import { differenceText, resultText } from "./result-text";

interface TryFlags {
  readonly events: string;
  readonly expect?: string;
  readonly person?: readonly string[];
  readonly all?: boolean;
  readonly preview?: string;
  readonly stack?: string;
  readonly cwd?: string;
  readonly segments?: string;
  readonly dateRange?: ReadonlyMap<string, string>;
  readonly now?: Date;
  readonly timeZone?: string;
  readonly names?: string;
  readonly apiWords?: boolean;
  readonly json?: boolean;
}

/** How many persons are shown, half of them selected ones if there are as many. */
const SHOWN = 20;

const PROGRAM = "program:";

const examples = `
Examples:
  $ pulumi-cja try segment.json --events events.jsonl
  $ pulumi-cja try program:mobile --events events.csv      runs "pulumi preview" in this folder
  $ pulumi-cja try program:mobile --preview preview.json --events events.csv --expect expected.txt      a test for CI
  $ pulumi-cja try s300000022_6b02b5cb0000000000000001 --events events.jsonl      of your tenant; settings from the environment or the stack
  $ pulumi-cja try segment.json --events events.jsonl --person p7      of one person alone
  $ pulumi-cja try segment.json --events events.jsonl --date-range 5b1f=td-30d/td --now 2026-03-01

A line of JSON lines: {"person": "p1", "session": "s1", "time": "2026-03-01T09:30:00Z", "values": {"variables/page": "Home", "metrics/orders": 1}}
The columns of CSV: person,session,time,variables/page,metrics/orders

Nothing is sent, unless the segment is given by its ID or by "pulumi preview".
Exit status: 0, or with --expect 2 if other persons are in; 1 if the segment or the events cannot be read or have mistakes.
`;

/** `pulumi-cja try`: what a segment selects of a file of events, and why. */
export function tryCommand(overrides: Partial<Terminal> = {}): Command {
  return new Command("try")
    .description("show which persons of a file of events a segment selects, and why")
    .argument(
      "<segment>",
      "a file with a definition or a whole segment as JSON, - for standard input, a segment's ID, or program:NAME for a segment of a program",
    )
    .requiredOption("-e, --events <file>", "the events, in JSON lines or CSV; - for standard input")
    .option(
      "--expect <file>",
      "the persons who are to be in, as a list in JSON or one a line: exit with 2 if others are",
    )
    .option("--person <id...>", "show these persons alone")
    .option("--all", "show all persons")
    .option("--preview <file>", 'for program:NAME: output of "pulumi preview --json --show-sames"; default: run it')
    .option("-s, --stack <name>", "for program:NAME: the stack; default: the selected one")
    .option("-C, --cwd <folder>", "for program:NAME: the folder of the Pulumi project")
    .option("--segments <file>", "JSON with the segments that the definition refers to, by ID")
    .option("--date-range <id=start/end>", "a saved date range, absolute or rolling; may be repeated", dateRange)
    .option("--now <time>", "the time for rolling date ranges; default: now", time)
    .option("--time-zone <name>", "the time zone of days and months, as Europe/Berlin; default: UTC")
    .option("--names <file>", "JSON with the names of dimensions, metrics, date ranges and segments by ID")
    .option(...API_WORDS_OPTION)
    .option("--json", "print JSON, for scripts")
    .addHelpText("after", examples)
    .action(
      withSafeOutput(overrides, (terminal, segment: string, flags: TryFlags) => trySegment(segment, flags, terminal)),
    );
}

async function trySegment(segment: string, flags: TryFlags, terminal: Terminal): Promise<void> {
  refuseWrongFlags(segment, flags);
  const { timeZone, now = new Date(terminal.now()), dateRange: ranges, names } = flags;
  const found = await findDefinition(segment, flags, terminal);
  const segments = await segmentsFor(segment, found, flags, terminal);
  const options: ExplainSelectionOptions = {
    ...{ now, segments: (id) => segments.get(id), dateRanges: (id) => ranges?.get(id) },
    ...(timeZone !== undefined && { timeZone }),
    ...(names !== undefined && { names: readNamesFile(names) }),
    ...levelWordsFor(flags.apiWords),
  };
  const referred = [...referredSegments(found.definition, segments)]
    .map((id) => segments.get(id))
    .filter((one) => one !== undefined);
  const components = componentsOf([found.definition, ...referred]);
  const compiled = compiledFor(found, options);
  const expected = flags.expect === undefined ? undefined : await readExpected(flags.expect, terminal);
  const events = await openEventsFile(flags.events, terminal);
  let expectedIn = 0;
  const tells = (): ((person: string, selected: boolean) => boolean) => {
    expectedIn = 0;
    const told = { in: 0, out: 0 };
    return (person, selected) => {
      if (expected?.has(person) && selected) expectedIn += 1;
      if (flags.person !== undefined) return flags.person.includes(person);
      if (expected?.has(person) === selected) return false;
      return (told[selected ? "in" : "out"] += 1) <= SHOWN || flags.all === true;
    };
  };
  const judgement = await judgeFile(events, { ...compiled, components, tells });
  refuseUnknownPersons(flags.person ?? [], judgement, events.place);
  const warnings = missingComponents(components, judgement.components);
  for (const warning of warnings) terminal.log(formatWarningLine(warning));
  const difference =
    expected && differenceFrom(judgement, expected, expectedIn, flags.all ? Number.POSITIVE_INFINITY : SHOWN);
  terminal.write(
    flags.json === true
      ? asJson(found, judgement, flags, difference, warnings)
      : asText(found, options, judgement, flags, difference),
  );
  if (difference !== undefined) terminal.exit(isDifferent(difference) ? 2 : 0);
}

const isDifferent = ({ missing, unexpected, more }: Difference): boolean =>
  missing.length + unexpected.length + more > 0;

function refuseWrongFlags(segment: string, { events, expect, person, preview, stack, cwd }: TryFlags): void {
  if ([segment, events, expect, preview].filter((file) => file === "-").length > 1)
    throw new Error("standard input is given twice: name a file instead of one -");
  if (expect !== undefined && person !== undefined)
    throw new Error("--expect compares all persons: leave out --person, or leave out --expect");
  const isOfProgram = segment.startsWith(PROGRAM);
  const programOption = Object.entries({ preview, stack, cwd }).find(([, value]) => value !== undefined);
  if (!isOfProgram && programOption !== undefined)
    throw new Error(`--${programOption[0]} is for a segment of a program: name the segment as program:NAME`);
  if (preview !== undefined && (stack ?? cwd) !== undefined)
    throw new Error("--stack and --cwd say where to run a preview: leave them out, or leave out --preview");
}

async function findDefinition(segment: string, flags: TryFlags, terminal: Terminal): Promise<FoundDefinition> {
  const found = segment.startsWith(PROGRAM)
    ? await readProgramSegment(segment.slice(PROGRAM.length), flags, terminal)
    : await readDefinition(segment, terminal);
  if ("expression" in found)
    throw new Error(`${found.place} is the expression of an audience: only a segment's definition can be tried`);
  const { errors, warnings } = parse(found.definition);
  const line = ({ path, message }: (typeof errors)[number]) =>
    `${found.place}: ${path === "" ? "" : `${path}: `}${message}`;
  for (const warning of warnings) terminal.log(formatWarningLine(line(warning)));
  if (errors.length > 0) throw new Error(["the definition has mistakes:", ...errors.map(line)].join("\n  "));
  return found;
}

/** What the definition refers to. A segment of the service refers to others there. */
async function segmentsFor(
  segment: string,
  { definition }: FoundDefinition,
  { segments: file }: TryFlags,
  terminal: Terminal,
): Promise<ReadonlyMap<string, unknown>> {
  const known = file === undefined ? new Map<string, unknown>() : readSegmentsFile(file);
  const isOfService = !segment.startsWith(PROGRAM) && segment !== "-" && !existsSync(segment);
  return isOfService ? withSegmentsOfService(definition, known, terminal) : known;
}

function compiledFor(
  { place, definition }: FoundDefinition,
  options: ExplainSelectionOptions,
): Pick<JudgeOptions, "compiled" | "explainer"> {
  try {
    return { compiled: compile(definition, options), explainer: new SelectionExplainer(definition, options) };
  } catch (error) {
    if (!(error instanceof EvaluationError)) throw error;
    const hints = "segments are given with --segments FILE, date ranges with --date-range ID=start/end";
    throw new Error(`${place}: ${error.message}\n(${hints})`, { cause: error });
  }
}

async function readExpected(file: string, terminal: Terminal): Promise<ReadonlySet<string>> {
  if (file === "-") return readExpectedPersons("standard input", await terminal.standardInput());
  return readExpectedPersons(file, readTextFile(file));
}

function refuseUnknownPersons(persons: readonly string[], { known }: Judgement, place: string): void {
  for (const person of persons) {
    if (known.has(person)) continue;
    const meant = nearestWord(person, known);
    const advice = meant === undefined ? "" : `; did you mean ${quoted(meant)}?`;
    throw new Error(`${place} has no event of the person ${quoted(person)}${advice}`);
  }
}

/** The verdicts that are shown, those who are in first, and how many are left. */
function shownOf({ verdicts, persons }: Judgement, { all, person }: TryFlags): { shown: Verdict[]; left: Count } {
  const [inside, outside] = [true, false].map((wanted) => verdicts.filter(({ selected }) => selected === wanted));
  if (all || person !== undefined)
    return { shown: [...(inside ?? []), ...(outside ?? [])], left: { selected: 0, all: 0 } };
  const outCount = Math.min(outside?.length ?? 0, Math.max(SHOWN / 2, SHOWN - (inside?.length ?? 0)));
  const shownIn = (inside ?? []).slice(0, SHOWN - outCount);
  const shown = [...shownIn, ...(outside ?? []).slice(0, outCount)];
  const left = { selected: persons.selected - shownIn.length, all: persons.all - shown.length };
  return { shown, left };
}

function asText(
  { name, definition }: FoundDefinition,
  options: ExplainSelectionOptions,
  judgement: Judgement,
  flags: TryFlags,
  difference: Difference | undefined,
): string {
  const headline = name === undefined ? [] : [escapeInvisible(name)];
  const sentence = [...headline, describe(definition, options), "", ""].join("\n");
  if (difference !== undefined)
    return `${sentence}${differenceText(difference)}\n${resultText(judgement, [], { selected: 0, all: 0 })}`;
  const { shown, left } = shownOf(judgement, flags);
  return `${sentence}${resultText(judgement, shown, left)}`;
}

function asJson(
  { place, name }: FoundDefinition,
  judgement: Judgement,
  flags: TryFlags,
  difference: Difference | undefined,
  warnings: readonly string[],
): string {
  const { persons, sessions, events } = judgement;
  const { shown, left } = shownOf(judgement, flags);
  const segment = { from: place, ...(name !== undefined && { name }) };
  const told =
    difference === undefined
      ? { verdicts: shown, notShown: left }
      : { asExpected: !isDifferent(difference), difference };
  return `${writeJson({ segment, persons, sessions, events, ...told, warnings }, 2)}\n`;
}

function time(text: string): Date {
  const milliseconds = eventTime(text);
  if (milliseconds === undefined)
    throw new InvalidArgumentError("Write a date or a time, such as 2026-03-01T09:30:00Z.");
  return new Date(milliseconds);
}

function dateRange(text: string, before?: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const found = collectDateRange(text, before);
  if (found === undefined)
    throw new InvalidArgumentError("Write ID=start/end, such as 5b1f=2026-03-01/2026-04-01 or 5b1f=td-30d/td.");
  return found;
}
