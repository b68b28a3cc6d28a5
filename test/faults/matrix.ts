import { inspect } from "node:util";
import { EVERYTHING } from "../properties";
import { FAULTS, type Api, type Fault, type FaultName, type Service } from "./faults";
import { grid } from "./grid";
import type { Operation, Scene, Target } from "./operation";
import { OUTCOMES, type Outcome, type Played, type Requests } from "./outcomes";
import { Stage } from "./stage";

/** How long it goes wrong: with one request; with two; with the whole API while the run lasts; or so with this kind of request alone. */
export type Lasting = "once" | "twice" | "for ever" | "for ever, alone";

const EVERYWHERE = { cja: "^/(segments|componentmetadata)", platform: "^/data/core/ups/" } as const;
const FOR_EVER = 1_000_000;
/**
 * Plays each cell of a table, as a test of its own. The table has a row for each fault and a column for each operation.
 *
 * @example playAll("once", `… | create | read\n500 | look, again | again\n…`, { create, read });
 */
export function playAll<Name extends string>(
  lasting: Lasting,
  table: string,
  operations: Readonly<Record<Name, Operation>>,
): void {
  const all = Object.keys(FAULTS) as FaultName[];
  // A process is killed once; and of two refused tokens in a row the second is another trouble than not being able to sign in.
  const rows = all.filter(
    (name) =>
      (lasting === "once" || !("kills" in FAULTS[name])) && (lasting !== "twice" || !("signIn" in FAULTS[name])),
  );
  const columns = Object.keys(operations) as Name[];
  const words = Object.keys(OUTCOMES) as Outcome[];
  const outcomes = grid(table, { rows, columns, words });
  const cells = rows.flatMap((fault) =>
    columns.map((name) => ({ name, fault, lasting, outcome: outcomes[fault][name] })),
  );
  test.each(EVERYTHING ? cells : distinct(cells))(
    "$fault, $lasting: $name → $outcome",
    async ({ name, fault, outcome }) => {
      await play(operations[name], FAULTS[fault], lasting, OUTCOMES[outcome]);
    },
  );
}

/** Each outcome of each operation once, and each fault at least once: what `npm test` plays. */
function distinct<Cell extends { name: string; fault: string; outcome: string }>(cells: readonly Cell[]): Cell[] {
  const seen = new Set<string>();
  return cells.filter(({ name, fault, outcome }) => {
    const facts = [JSON.stringify([name, outcome]), fault];
    const isNew = facts.some((fact) => !seen.has(fact));
    for (const fact of facts) seen.add(fact);
    return isNew;
  });
}

async function play(
  operation: Operation,
  fault: Fault,
  lasting: Lasting,
  expected: (played: Played) => void,
): Promise<void> {
  const stage = await Stage.start(operation.dialect, operation.audiences);
  try {
    const scene = await operation.arrange(stage);
    const before = stage.control.requests().length;
    const setAt = stage.now();
    const target = targetOf(operation, lasting);
    goWrong(stage, operation.api, fault, target, lasting);
    const error = await commandDuring(fault, stage, scene);
    const played = playedOf(stage.control.requests().slice(before), operation, scene, target);
    expected({ ...played, error, named: operation.named, told: operation.told ?? fault.told });
    isLeftAlone(played, fault, setAt);

    stage.control.clearFaults();
    stage.onFault = undefined;
    await scene.command(stage.process());
    scene.agree();
    if (!scene.readsOnly) await nothingIsLeftToDo(stage, scene);
    expect(stage.requests("GET", /^\/elsewhere/)).toEqual([]);
    keepsSecrets(stage, error);
  } finally {
    await stage.stop();
  }
}

/** What the command fails with. If its process is killed, the next one is given it at once, and it is the end of that that counts. */
async function commandDuring(fault: Fault, stage: Stage, scene: Scene): Promise<Error | undefined> {
  const command = scene.command(stage.process()).then(() => undefined, asError);
  if (fault.kills) {
    await stage.kill(command);
    return scene.command(stage.process()).then(() => undefined, asError);
  }
  if (fault.slow) await stage.watch(command);
  return command;
}

const targetOf = ({ request, outage, api }: Operation, lasting: Lasting): Target =>
  lasting === "for ever" ? (outage ?? { path: EVERYWHERE[api] }) : request;

function goWrong(stage: Stage, api: Api, fault: Fault, target: Target, lasting: Lasting): void {
  const times = { once: 1, twice: 2, "for ever": FOR_EVER, "for ever, alone": FOR_EVER }[lasting];
  const echo = stage.secrets().map((secret) => `Bearer ${secret} ${`${secret} `.repeat(9)}`);
  const service: Service = { api, url: stage.url, now: stage.now(), echo: echo.join(" ") };
  stage.control.addFault({ ...target, times, ...fault.does(service) });
  if (fault.signIn) stage.control.addFault({ path: "^/ims/", times, ...fault.signIn(service) });
  const endTokens = () => void stage.control.revokeTokens();
  if (fault.tokenEnds) stage.onFault = ({ status }) => status === 401 && endTokens();
  if (fault.slow) stage.onFault = () => undefined;
}

function playedOf(requests: Requests, { api }: Operation, scene: Scene, target: Target) {
  const of = (method: string | undefined, path: RegExp | undefined) =>
    requests.filter((one) => path?.test(one.path) === true && (method === undefined || one.method === method));
  const met = of(target.method, new RegExp(target.path))
    .slice(target.skip ?? 0)
    .filter(({ fault }) => fault !== undefined);
  const asked = ({ method, path, query }: Requests[number]) => JSON.stringify([method, path, query]);
  const [first] = met;
  return {
    met,
    all: of(undefined, new RegExp(EVERYWHERE[api])),
    tries: requests.filter(
      (one) => first !== undefined && one.sequence >= first.sequence && asked(one) === asked(first),
    ),
    creates: of("POST", scene.creates),
    looks: of("GET", scene.looks),
  };
}

/** Whoever is told to come back later does, and so does everybody else of the process. */
function isLeftAlone(played: { readonly all: Requests; readonly met: Requests }, fault: Fault, setAt: number): void {
  const at = ({ time }: Requests[number]) => Date.parse(time);
  for (const refused of played.met.filter(({ status }) => status === 429)) {
    const later = played.all.filter(({ sequence }) => sequence > refused.sequence);
    const same = later.find(({ method, path }) => method === refused.method && path === refused.path);
    const [next] = later;
    if (next && fault.backAt) expect(at(next)).toBeGreaterThanOrEqual(fault.backAt(at(refused), setAt));
    if (same) expect(at(same)).toBeGreaterThanOrEqual(at(refused) + (fault.repeatedAfterMs ?? 0));
  }
}

/** What has got through changes nothing any more, however often it is asked for, and leaves no matter open. */
async function nothingIsLeftToDo(stage: Stage, scene: Scene): Promise<void> {
  const before = stage.control.requests().length;
  await scene.command(stage.process());
  scene.agree();
  const sent = stage.control.requests().slice(before);
  expect(sent.filter(({ method, path }) => method !== "GET" && !/\/(bulk-get|search)$/.test(path))).toEqual([]);
  expect(stage.records()).toEqual([]);
}

/** Not even a part of a secret is in what a user sees. */
function keepsSecrets(stage: Stage, error: Error | undefined): void {
  const seen = [...stage.printed, inspect(error, { depth: 10, showHidden: true })].join("\n");
  for (const secret of stage.secrets()) {
    const parts = Array.from({ length: secret.length - PART + 1 }, (_, start) => secret.slice(start, start + PART));
    expect(parts.filter((part) => seen.includes(part))).toEqual([]);
  }
}

const PART = 10;

const asError = (thrown: unknown): Error => (thrown instanceof Error ? thrown : new Error(String(thrown)));
