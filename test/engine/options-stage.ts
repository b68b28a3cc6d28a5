import { startEmulator, type Emulator, type LoggedRequest, type NeutralJob, type NeutralSegment } from "../../emulator";
import { createStack, type Operation, type Run, type RunOptions, type Stack } from "./harness/stack";
import { deviceIs, UNLIMITED } from "./programs";

/** The arguments of a segment; it is called by the name that the request log shows. */
export const segmentArgs = (name: string, more: object = {}) => ({
  name,
  dataViewId: "dv_dev",
  definition: deviceIs("Phone"),
  ...more,
});

/** The arguments of a job; its audience is what the request log shows. */
export const jobArgs = (audience: string, more: object = {}) => ({ segmentIds: [audience], ...more });

/** A line of a program, for options that are more than JSON: `declare("Segment", "a", {…}, "{ dependsOn: [b] }")`. */
export const declare = (kind: "Segment" | "SegmentJob", name: string, args: object, options = "{}"): string =>
  `const ${name} = new cja.${kind}("${name}", ${JSON.stringify(args)}, ${options});`;

export const programOf = (...lines: string[]): string =>
  ['const cja = require("pulumi-cja");', 'const pulumi = require("@pulumi/pulumi");', ...lines].join("\n");

/**
 * An emulator and a stack for tests of Pulumi's own options. The emulator's time stands still, so that a job stays active
 * until it is cancelled; a cancelled one is over at the next poll.
 */
export class Stage {
  /** IDs at the service → what tests call them: the name of the resource, and after its replacement `name'`. */
  private readonly labels = new Map<string, string>();

  static async start(): Promise<Stage> {
    const emulator = await startEmulator({ limits: false, clock: "manual", jobTiming: { cancellingMs: 0 } });
    const stack = await createStack({ env: { ...emulator.environment, ...UNLIMITED }, program: "" });
    return new Stage(emulator, stack);
  }

  private constructor(
    readonly emulator: Emulator,
    readonly stack: Stack,
  ) {}

  /** Somebody makes a segment in the UI. @returns the arguments that take it over as it is. */
  inTheUi(name: string): ReturnType<typeof segmentArgs> & { adoptId: string } {
    const { id } = this.emulator.control.addSegment(segmentArgs(name));
    this.labels.set(id, name);
    return { ...segmentArgs(name), adoptId: id };
  }

  /** Runs the program (or the one before, if none is given) with an empty request log. */
  async run(operation: Operation, options: RunOptions & { readonly program?: string } = {}): Promise<Run> {
    const { program, ...rest } = options;
    if (program !== undefined) this.stack.setProgram(program);
    this.emulator.control.clearRequests();
    const run = await this.stack[operation](rest);
    for (const { id, name } of this.stack.resources()) if (id !== undefined) this.label(id, name);
    return run;
  }

  /** The URNs of resources, as `pulumi` wants them to be named. */
  urns(...names: string[]): string[] {
    return names.map((name) => this.stack.resource(name).urn);
  }

  /** What the last run changed at the service, in order; with a word, only what has to do with it. */
  writes(about = ""): string[] {
    return this.emulator.control
      .requests()
      .filter(({ method, path }) => method !== "GET" && !/^\/ims\/|\/validate$|\/bulk-get$/.test(path))
      .map((request) => this.line(request))
      .filter((line) => line.includes(about));
  }

  /** The segment with this label. */
  segment(label: string): NeutralSegment {
    return only(this.emulator.control.segments().filter(({ id }) => this.labels.get(id) === label));
  }

  /** The run with this label. */
  job(label: string): NeutralJob {
    return only(this.emulator.control.jobs().filter(({ id }) => this.labels.get(id) === label));
  }

  /** What a user reads when an adopted segment is not deleted. */
  leftAlone(label: string, holder = label): string {
    return `warning: Segment ${this.segment(label).id} is not deleted: cja.Segment "${holder}" has it.`;
  }

  async close(): Promise<void> {
    await this.stack.dispose();
    await this.emulator.close();
  }

  private label(id: string, name: string): void {
    if (this.labels.has(id)) return;
    const taken = new Set(this.labels.values());
    let label = name;
    while (taken.has(label)) label += "'";
    this.labels.set(id, label);
  }

  private line({ method, path, body }: LoggedRequest): string {
    const [, kind = "", id = ""] = /(segment|job)s(?:\/([^/]+))?$/.exec(path) ?? [];
    if (method === "POST") return `POST ${kind} ${postedName(body)}`;
    const fields = method === "PUT" ? ` ${Object.keys(body as object).join()}` : "";
    return `${method} ${kind} ${this.labels.get(id) ?? id}${fields}`;
  }
}

const postedName = (body: unknown): string =>
  Array.isArray(body)
    ? (body as { segmentId: string }[]).map(({ segmentId }) => segmentId).join()
    : (body as { name: string }).name;

function only<T>(found: readonly T[]): T {
  if (found.length !== 1 || found[0] === undefined) throw new Error(`found ${found.length}, expected one`);
  return found[0];
}
