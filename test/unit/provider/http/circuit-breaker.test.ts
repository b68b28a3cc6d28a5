import { CircuitBreaker } from "../../../../provider/http/circuit-breaker";
import { NetworkError, ServiceError } from "../../../../provider/http/errors";
import { createLimiter } from "../../../../provider/limits/limiter";
import { answer, reset, type ScriptedServer, type Step } from "./scripted-server";
import { connect, serve, stopServers } from "./transport-world";
import { InstantClock, VirtualClock } from "./virtual-clock";

let server: ScriptedServer;
afterEach(stopServers);

/** A service that does as the script says and a client of it, on virtual time. */
async function world(script: readonly Step[]) {
  server = await serve(script);
  const clock = new VirtualClock(0);
  const limiter = createLimiter({ windows: [{ requests: 100_000, ms: 60_000 }], maxConcurrent: 6 }, clock);
  const { transport, lines } = connect(server.url, { clock, limiter });
  const get = (name: string) =>
    transport
      .send({ operation: `read ${name}`, method: "GET", path: `/${name}`, repeatable: true })
      .then(() => "answered")
      .catch((error: unknown) => error);
  /** Lets virtual time go on until the promises are settled. */
  async function settled<T>(all: readonly Promise<T>[]): Promise<T[]> {
    let done = false;
    const results = Promise.all(all).finally(() => (done = true));
    while (!done) await clock.run(clock.now() + 100);
    return results;
  }
  const turns = () => lines.filter((line) => !line.includes("trying again"));
  return { clock, get, settled, turns };
}

const names = (count: number) => Array.from({ length: count }, (_, i) => `segment-${i}`);
const down = (count: number, step: Step = answer(503, { message: "away" })) => Array<Step>(count).fill(step);

test("a service that is down is tried by one request at a time, and everybody goes on when it answers", async () => {
  const { get, settled, turns, clock } = await world([...down(10), ...Array<Step>(200).fill(answer(200, {}))]);
  const results = await settled(names(100).map(get));
  expect(results).toEqual(Array(100).fill("answered"));
  // Ten tries found it down, although a hundred waited; the eleventh found it back.
  expect(server.received).toHaveLength(110);
  expect(clock.now()).toBeLessThan(120_000);
  expect(turns()).toEqual([
    `${server.url} is failing (it answers 503): requests wait while one at a time tries again.`,
    `${server.url} answers again.`,
  ]);
});

test.each([
  ["answers 5xx", answer(503, { message: "away" }), ServiceError, "it answers 503"],
  ["breaks every connection", reset, NetworkError, ""],
] as const)(
  "a service that %s for good is asked little, and who comes later hears so at once",
  async (_, step, type, why) => {
    const { get, settled, clock } = await world(down(500, step));
    const first = await settled(names(1_000).map(get));
    expect(first.every((result) => result instanceof type)).toBe(true);
    expect(server.received.length).toBeLessThan(30);
    expect(clock.now()).toBeLessThan(160_000);
    const before = server.received.length;
    const began = clock.now();
    // The first may be the next probe.
    const [, late] = await settled([get("late"), get("later")]);
    expect(late).toBeInstanceOf(type);
    expect((late as Error).message).toContain(`nothing was sent, because ${server.url} has been failing for 2 min`);
    expect((late as Error).message).toContain(why);
    expect(clock.now() - began).toBeLessThan(35_000);
    expect(server.received.length - before).toBeLessThanOrEqual(2);
  },
);

test("the failures of one request alone do not hold up the others", async () => {
  const one: Step = (response, received) =>
    received.url === "/segment-0" ? answer(500, {})(response, received) : answer(200, {})(response, received);
  const { get, settled, turns } = await world(Array<Step>(500).fill(one));
  const [poisoned, ...others] = await settled([get("segment-0"), ...names(9).slice(1).map(get)]);
  expect(poisoned).toBeInstanceOf(ServiceError);
  expect(others).toEqual(Array(8).fill("answered"));
  expect(turns()).toEqual([]);
});

test("failures with an answer between them do not add up", () => {
  const lines: string[] = [];
  const circuit = new CircuitBreaker("the service", new InstantClock(), (line) => lines.push(line));
  const fails = (name: string) => {
    const request = { operation: `read ${name}`, method: "GET", path: `/${name}` };
    circuit.recordFailure(request, new ServiceError({ ...request, status: 503 }));
  };
  for (let round = 0; round < 3; round += 1) {
    for (const name of ["a", "b", "a", "b"]) fails(name);
    circuit.recordSuccess();
  }
  expect([circuit.isOpen, lines]).toEqual([false, []]);
  for (const name of ["a", "b", "a", "b", "a"]) fails(name);
  expect(circuit.isOpen).toBe(true);
});

test("refusals are answers: they open nothing", async () => {
  const { get, settled, turns } = await world(Array<Step>(50).fill(answer(403, {})));
  await settled(names(50).map(get));
  expect(server.received).toHaveLength(50);
  expect(turns()).toEqual([]);
});

test("a clock that is set back holds nobody up: the service is tried, and given up after two minutes", async () => {
  const clock = new InstantClock(10_000_000);
  const circuit = new CircuitBreaker("https://cja.example", clock, () => undefined);
  const request = (operation: string) => ({ operation, method: "GET", path: "/" });
  const failed = new NetworkError({ ...request("a"), happened: "away" });
  for (const operation of ["a", "b", "a", "b", "a"]) circuit.recordFailure(request(operation), failed);
  clock.time -= 3_600_000;
  expect(await circuit.waitForPass(request("c"))).toBe("probe");
  // Others wait for the outcome, and not for the hour to pass again.
  await expect(circuit.waitForPass(request("d"))).rejects.toThrow("has been failing for");
  expect(clock.slept.reduce((sum, ms) => sum + ms, 0)).toBeLessThanOrEqual(150_000);
});

test("who is impatient does not wait for a service that is down", async () => {
  const circuit = new CircuitBreaker("https://cja.example", new VirtualClock(0), () => undefined);
  const request = (operation: string) => ({ operation, method: "GET", path: "/" });
  for (let i = 0; i < 5; i += 1)
    circuit.recordFailure(request(`read ${i}`), new ServiceError({ ...request("read"), status: 503 }));
  expect(circuit.isOpen).toBe(true);
  await expect(circuit.waitForPass(request("list dimensions"), true)).rejects.toThrow(
    /Could not list dimensions.*nothing was sent, because https:\/\/cja\.example has been failing/,
  );
});
