import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { startEmulator, type Emulator } from "../../emulator";
import { createStack, type Run, type Stack } from "./harness/stack";
import { deviceIs, program, UNLIMITED } from "./programs";

// What answers is not asked what there is: test/faults/not-the-api.test.ts has the other answers.

let emulator: Emulator;
let stack: Stack;
let nothing: Server;
let url: string;

beforeAll(async () => {
  emulator = await startEmulator({ limits: false });
  nothing = createServer((_, response) => response.writeHead(404, { "content-type": "application/json" }).end("{}"));
  await new Promise<void>((resolve) => nothing.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(nothing.address() as AddressInfo).port}/v1`;
  const segment = (name: string) => ["Segment", { name, dataViewId: "dv_dev", definition: deviceIs(name) }] as const;
  stack = await createStack({
    env: { ...emulator.environment, ...UNLIMITED },
    program: program({ one: segment("One"), two: segment("Two") }),
  });
  await stack.up();
});
afterAll(async () => {
  await stack.dispose();
  nothing.closeAllConnections();
  await new Promise((resolve) => nothing.close(resolve));
  await emulator.close();
});

/** In how many of its errors a run says where the URL is set; the others point to that one. */
const told = ({ diagnostics }: Run) =>
  new Set(diagnostics.map(({ message }) => message).filter((message) => message.includes(`(CJA_URL), which is ${url}`)))
    .size;

const kept = () => stack.resources().map(({ urn, id, inputs, outputs }) => ({ urn, id, inputs, outputs }));

test("destroy and refresh at a URL where no API is fail with one clear error, and keep the stack", async () => {
  const before = kept();
  const destroyed = await stack.destroy({ fails: true, env: { CJA_URL: url } });
  expect(destroyed.output).toMatch(
    /Could not delete segment \S+ \(DELETE \/segments\/\S+\): something other than the API answered, the service answered 404 Not Found\. Check cja:cjaUrl/,
  );
  expect(told(destroyed)).toBe(1);
  expect(destroyed.output).not.toMatch(/\d+ deleted/);
  const refreshed = await stack.refresh({ fails: true, env: { CJA_URL: url } });
  expect(refreshed.output).toMatch(/Could not list segments \(GET \/segments\): something other than the API answered/);
  expect(told(refreshed)).toBe(1);
  expect(kept()).toEqual(before);
  expect(emulator.control.segments().filter(({ deleted }) => deleted)).toEqual([]);
});

test("and nothing has to be mended after it", async () => {
  expect(stack.resource("one").type).toContain("cja:Segment");
  const run = await stack.up();
  expect(run.code).toBe(0);
  await stack.destroy();
  expect(emulator.control.segments().every(({ deleted }) => deleted)).toBe(true);
});
