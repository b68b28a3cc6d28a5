/** A scene is told once and played through both doors: what is run in which order, and what has to come of it. */
import { setTimeout as pause } from "node:timers/promises";
import {
  startEmulator,
  type Control,
  type Emulator,
  type EmulatorOptions,
  type LoggedRequest,
} from "../../../emulator";
import { UNLIMITED } from "../programs";
import type { DoorName } from "./door";
import { DoorStack, type Operation, type Program, type Ran } from "./stack";

/** Adobe's side, and what the stack has there. */
export interface Service {
  readonly control: Control;
  readonly url: string;
  /** The ID of a resource, by its name in the program. */
  readonly id: (name: string) => string;
}

export interface SceneStep {
  readonly shows: string;
  readonly run: Operation;
  /** Before it: what somebody else does, or what is wrong from now on. */
  readonly first?: (service: Service) => void;
  /** Stays for the steps that follow. */
  readonly program?: Program | ((service: Service) => Program);
  readonly settings?: Readonly<Record<string, string>>;
  /** The stack's config. */
  readonly config?: Readonly<Record<string, string>> | ((service: Service) => Readonly<Record<string, string>>);
  /** Resources to be replaced although nothing differs. */
  readonly taint?: readonly string[];
  /**
   * The process is killed when it waits for the answer to this request, and what the step says has been printed: one of the doors prints
   * through the engine. `done`: the service has done its part.
   */
  readonly killed?: { readonly method: string; readonly path: string; readonly done: boolean };

  /** What is done with each resource. */
  readonly steps: Readonly<Record<string, string>>;
  /** All requests, in any order; reads once each. */
  readonly sends: readonly string[];
  /** What each message of a failure has in it. */
  readonly fails?: Readonly<Record<string, string>>;
  /** What is printed, in parts. */
  readonly says?: readonly string[];
  /** Some of the outputs. */
  readonly state?: Readonly<Record<string, object>>;
  /** The service's own segments, those deleted left out, or whatever else counts there. */
  readonly leaves?: (service: Service) => void;
}

export interface Scene {
  readonly title: string;
  readonly options?: EmulatorOptions;
  readonly begins?: (service: Service) => void;
  readonly steps: readonly SceneStep[];
}

/** What one door made of a step, without what is different by chance: IDs, and the numbers of requests. */
export interface Seen {
  readonly steps: Ran["steps"];
  readonly failures: Ran["failures"];
  readonly printed: readonly string[];
  /** As `sends` writes them. */
  readonly sent: readonly string[];
  /** The same with query, sandbox and body. */
  readonly requests: readonly string[];
  /** Inputs and outputs, without what a door keeps beside them. */
  readonly state: Readonly<Record<string, unknown>>;
  /** The provider's own words for a difference; only one door has any. */
  readonly paths: Ran["paths"];
  readonly planned: Ran["planned"];
  /** What Pulumi's host prints beside: that there is an error. */
  readonly byHost: readonly string[];
}

const OF_HOST = /: see the error reported on the resource$/;

/**
 * Created and modified are the same through both doors. No machine is as late: what a killed run has made is looked for among what was made
 * since its request.
 */
const NOW = Date.UTC(2099, 10, 30, 12);

/** A scene on one door, played step by step. */
export class Performance implements Service {
  private readonly labels = new Map<string, string>();
  private program: Program = {};

  private constructor(
    readonly stack: DoorStack,
    private readonly emulator: Emulator,
  ) {}

  static async start(door: DoorName, { options, begins }: Scene): Promise<Performance> {
    const emulator = await startEmulator({ limits: false, clock: "manual", ...options });
    emulator.control.setClock({ now: NOW });
    const performance = new Performance(
      new DoorStack(door, { ...emulator.environment, ...UNLIMITED, CJA_REQUEST_TIMEOUT: "5s" }),
      emulator,
    );
    begins?.(performance);
    return performance;
  }

  get control(): Control {
    return this.emulator.control;
  }

  get url(): string {
    return this.emulator.url;
  }

  readonly id = (name: string): string => {
    const found = this.stack.state.get(name);
    if (!found) throw new Error(`the state has no ${name}`);
    return found.id;
  };

  async play(step: SceneStep): Promise<Seen> {
    step.first?.(this);
    if (step.program) this.program = typeof step.program === "function" ? step.program(this) : step.program;
    this.label();
    this.control.clearRequests();
    if (step.killed) {
      const { done, ...request } = step.killed;
      this.control.addFault({ ...request, hang: true, process: done });
    }
    let over = false;
    const running = this.stack.run(step.run, this.program, {
      ...(step.settings && { settings: step.settings }),
      ...(step.config && { config: typeof step.config === "function" ? step.config(this) : step.config }),
      ...(step.taint && { taint: step.taint }),
    });
    const beside = this.beside(step, () => over);
    const ran = await running.finally(() => (over = true));
    await beside;
    this.label();
    return this.seen(ran);
  }

  async end(): Promise<void> {
    await this.emulator.close();
    this.stack.dispose();
  }

  private async beside({ killed, says = [] }: SceneStep, isOver: () => boolean): Promise<void> {
    const isSaid = (text: string) => this.named(this.stack.printed).some((line) => line.includes(text));
    const isHanging = () => this.control.requests().some(({ fault = "" }) => fault.includes("hang"));
    while (!isOver()) {
      // The service's time stands still, but for what would be waited for.
      if (this.control.jobs().some(({ status }) => status === "CANCELLING")) this.control.advance(500);
      if (killed && isHanging() && says.every(isSaid)) {
        await this.stack.kill();
        this.control.clearFaults();
        return;
      }
      await pause(10);
    }
  }

  /** What was made before the last step keeps its name, also when another has come in its place. */
  private label(): void {
    const label = (id: string, name: string) => {
      if (this.labels.has(id)) return;
      const taken = new Set(this.labels.values());
      let free = name;
      while (taken.has(free)) free += "'";
      this.labels.set(id, free);
    };
    for (const [name, { id }] of this.stack.state) label(id, name);
    for (const { id, name } of this.control.segments()) label(id, name);
    for (const { id, name } of this.control.audiences()) label(id, name);
    for (const { id, name, sandbox } of this.control.mergePolicies()) label(id, `${name} of ${sandbox}`);
    for (const { id, segmentIds } of this.control.jobs()) label(id, segmentIds.join());
  }

  private seen({ steps, failures, printed, paths, planned }: Ran): Seen {
    const requests = this.control
      .requests()
      .filter(({ path }) => !path.startsWith("/ims/"))
      .flatMap((request) =>
        linesOf(request).map((line) => ({ line, full: `${line} ${JSON.stringify(inFull(request))}` })),
      );
    const state = Object.fromEntries(
      [...this.stack.state].map(([name, { id, inputs, outputs }]) => [name, { id, inputs, outputs }] as const),
    );
    const seen = this.named({
      steps,
      failures,
      printed: printed.filter((line) => !OF_HOST.test(line)),
      byHost: printed.filter((line) => OF_HOST.test(line)),
      sent: requests.map(({ line }) => line),
      requests: requests.map(({ full }) => full),
      state: withoutOwn(state),
      paths,
      planned,
    });
    const { printed: said, sent, requests: inTotal } = seen;
    return { ...seen, printed: said.toSorted(), sent: readsOnce(sent), requests: readsOnce(inTotal) };
  }

  /** The same with names in the place of IDs, and of what is different by chance. */
  private named<T>(value: T): T {
    let text = JSON.stringify(value);
    for (const [id, name] of this.labels) text = text.replaceAll(id, `{${name}}`);
    const { url } = this.emulator;
    text = text.replaceAll(url, "URL").replaceAll(/pulumi-cja-[0-9a-f-]{36}/g, "{request}");
    text = text.replaceAll(/"(holderId|batchId)":"[0-9a-f-]{36}"/g, '"$1":"{$1}"');
    text = text.replaceAll(/until 00:00 UTC \([^)]*\)/g, "until 00:00 UTC");
    text = text.replaceAll(/trying again in [\d.]+ s/g, "trying again");
    // How the connection to a killed process ends: dropped, or reset.
    text = text.replaceAll(/14 UNAVAILABLE: [^"\\]*/g, "14 UNAVAILABLE");
    return JSON.parse(text) as T;
  }
}

/**
 * `PUT /segments/ID name,description`, `POST /segments Mobile`, `POST /jobs a,b in dev`. What asks for several jobs at once asks for each
 * of them: how reads are gathered depends on when they come.
 */
function linesOf({ method, path, body, headers }: LoggedRequest): string[] {
  const short = path.replace(/^\/data\/core\/ups(\/segment)?/, "").replace("/componentmetadata", "");
  const sandbox = sandboxOf(short, headers["x-sandbox-name"]);
  const [bulk, kind] = /^(\/\w+)\/bulk-get$/.exec(short) ?? [];
  if (bulk !== undefined) return (body as { ids: { id: string }[] }).ids.map(({ id }) => `GET ${kind}/${id}${sandbox}`);
  return [`${method} ${short}${detailOf(method, short, body)}${sandbox}`];
}

/** In order of text. How often something is read again is a matter of time: while a job is waited for, above all. */
export const readsOnce = (lines: readonly string[]): string[] =>
  lines.filter((line, at) => !line.startsWith("GET ") || lines.indexOf(line) === at).toSorted();

function detailOf(method: string, path: string, body: unknown): string {
  if (method === "PUT" && path.startsWith("/segments/"))
    return ` ${Object.keys(body as object)
      .toSorted()
      .join()}`;
  if (method === "PATCH" && Array.isArray(body))
    return ` ${(body as { path: string }[]).map((one) => one.path.slice(1)).join()}`;
  if (method !== "POST") return "";
  if (["/segments", "/audiences", "/definitions", "/conversion"].includes(path))
    return ` ${(body as { name: string }).name}`;
  if (path !== "/jobs") return "";
  return ` ${Array.isArray(body) ? (body as { segmentId: string }[]).map((one) => one.segmentId).join() : "*"}`;
}

const sandboxOf = (path: string, sandbox = "prod") =>
  !path.startsWith("/segments") && sandbox !== "prod" ? ` in ${sandbox}` : "";

/** Of a write all that counts; of a read what it is about. */
const inFull = ({ method, path, query, body, headers }: LoggedRequest) =>
  method === "GET" || path.endsWith("/bulk-get")
    ? query["expansion"]
    : { query, body, sandbox: headers["x-sandbox-name"], agent: headers["user-agent"] };

/** What a door keeps for itself begins so. */
const withoutOwn = (value: Readonly<Record<string, unknown>>) =>
  JSON.parse(JSON.stringify(value, (key, one: unknown) => (key.startsWith("__") ? undefined : one))) as Seen["state"];
