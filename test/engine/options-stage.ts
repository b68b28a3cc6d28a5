import { startEmulator, type Emulator, type LoggedRequest, type NeutralJob, type NeutralSegment } from "../../emulator";
import { DOORS, type DoorName } from "./doors/door";
import type { ResourceState } from "./harness/deployment";
import { createStack, type Operation, type Run, type RunOptions, type Stack } from "./harness/stack";
import { WITH_PLUGIN } from "./native/project";
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

/** A name in the program is that of a test, and the door's after it. */
const SUFFIX = new RegExp(`-(${DOORS.join("|")})(?![a-z])`);
const plain = (name: string) => name.replace(SUFFIX, "");
const doorOf = (name: string) => SUFFIX.exec(name)?.[1] as DoorName | undefined;

/** What a test sees of one door: names are as the test gives them. */
export interface AtDoor {
  /** What the last run changed at the service, in order; with a word, only what has to do with it. */
  writes(about?: string): string[];
  /** The segment with this label: the name of its resource, and after a replacement `name'`. */
  segment(label: string): NeutralSegment;
  /** The run with this label. */
  job(label: string): NeutralJob;
  /** What the state has. */
  resource(name: string): ResourceState;
  /** What a user reads when an adopted segment is not deleted. */
  leftAlone(label: string, holder?: string): string;
  /** What the run did with a resource. */
  ops(run: Run, name: string): string[];
}

/**
 * An emulator and a stack for tests of Pulumi's own options. The program has each resource twice, by either door, so that one run of the engine
 * shows both. The emulator's time stands still, so that a job stays active until it is cancelled; a cancelled one is over at the next poll.
 */
export class Stage {
  /** By IDs at the service. */
  private readonly labels = new Map<string, { readonly label: string; readonly door: DoorName }>();

  static async start(): Promise<Stage> {
    const emulator = await startEmulator({ limits: false, clock: "manual", jobTiming: { cancellingMs: 0 } });
    const env = { ...emulator.environment, ...UNLIMITED };
    return new Stage(emulator, await createStack({ env, program: "", files: WITH_PLUGIN }));
  }

  private constructor(
    readonly emulator: Emulator,
    readonly stack: Stack,
  ) {}

  /** Somebody makes a segment in the UI, for each door. @returns the arguments that take it over as it is. */
  inTheUi(name: string) {
    const made = DOORS.map((door) => {
      const { id } = this.emulator.control.addSegment(segmentArgs(`${name}-${door}`));
      this.labels.set(id, { label: name, door });
      return [door, id] as const;
    });
    return { ...segmentArgs(name), adoptId: Object.fromEntries(made) as Record<DoorName, string> };
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

  /** The URNs of resources, as `pulumi` wants them to be named, of both doors. */
  urns(...names: string[]): string[] {
    return names.flatMap((name) => DOORS.map((door) => this.at(door).resource(name).urn));
  }

  at(door: DoorName): AtDoor {
    const labelled = (label: string, id: string) => {
      const found = this.labels.get(id);
      return found?.door === door && found.label === label;
    };
    const at: AtDoor = {
      writes: (about = "") =>
        this.emulator.control
          .requests()
          .filter(({ method, path }) => method !== "GET" && !/^\/ims\/|\/validate$|\/bulk-get$/.test(path))
          .map((request) => this.line(request))
          .flatMap((line) => (line.door === door && line.text.includes(about) ? [line.text] : [])),
      segment: (label) => only(this.emulator.control.segments().filter(({ id }) => labelled(label, id))),
      job: (label) => only(this.emulator.control.jobs().filter(({ id }) => labelled(label, id))),
      resource: (name) =>
        only(this.stack.resources().filter((one) => doorOf(one.name) === door && plain(one.name) === name)),
      leftAlone: (label, holder = label) =>
        `warning: Segment ${at.segment(label).id} is not deleted: cja.Segment "${at.resource(holder).name}" has it.`,
      ops: ({ steps }, name) =>
        steps.filter((step) => doorOf(step.name) === door && plain(step.name) === name).map(({ op }) => op),
    };
    return at;
  }

  /** Resources in state, each once. */
  names(): string[] {
    const names = this.stack.resources().map(({ name }) => name);
    const [one, other] = DOORS.map((door) =>
      names
        .filter((name) => doorOf(name) === door)
        .map(plain)
        .sort(),
    );
    expect(other).toEqual(one);
    return one ?? [];
  }

  async close(): Promise<void> {
    await this.stack.dispose();
    await this.emulator.close();
  }

  private label(id: string, name: string): void {
    const door = doorOf(name);
    if (door === undefined || this.labels.has(id)) return;
    const taken = new Set([...this.labels.values()].flatMap((one) => (one.door === door ? [one.label] : [])));
    let label = plain(name);
    while (taken.has(label)) label += "'";
    this.labels.set(id, { label, door });
  }

  private line({ method, path, body }: LoggedRequest): { readonly text: string; readonly door: DoorName | undefined } {
    const [, kind = "", id = ""] = /(segment|job)s(?:\/([^/]+))?$/.exec(path) ?? [];
    if (method === "POST") {
      const name = postedName(body);
      return { text: `POST ${kind} ${name.replaceAll(new RegExp(SUFFIX, "g"), "")}`, door: doorOf(name) };
    }
    const fields = method === "PUT" ? ` ${Object.keys(body as object).join()}` : "";
    const { label = id, door } = this.labels.get(id) ?? {};
    return { text: `${method} ${kind} ${label}${fields}`, door };
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
