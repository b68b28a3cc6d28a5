import { join } from "node:path";
import { startEmulator, type Emulator } from "../../../emulator";
import { createStack, type Stack } from "../harness/stack";
import { UNLIMITED } from "../programs";
import { expectFile, withoutIds } from "../review/golden";
import { MISTAKES, type Mistake } from "./mistakes";
import { diagnosticsOf, page } from "./page";

let emulator: Emulator;
let stack: Stack;
const shown: (readonly [Mistake, string])[] = [];
const withImport = (...texts: readonly string[]) => ['const cja = require("pulumi-cja");', ...texts].join("\n");
const writes = () =>
  emulator.control.requests().filter(({ method, path }) => method !== "GET" && !/\/ims\/|\/validate$/.test(path));

beforeAll(async () => {
  emulator = await startEmulator({ dialect: "reference", limits: false, clock: "manual" });
  stack = await createStack({
    env: { ...emulator.environment, ...UNLIMITED, CJA_CHECK_TARGET: "" },
    program: "",
    project: "shop",
    name: "prod",
  });
});
afterAll(async () => {
  await stack.dispose();
  await emulator.close();
});

test.each(MISTAKES)("$title: nothing is written, and the message says what to do", async (mistake) => {
  const { before = "", beside = "", program, operation = "preview", env, edit } = mistake;
  stack.setProgram(withImport(beside, before));
  if (before !== "") await stack.up();
  edit?.(emulator, (resource) => stack.resource(resource).id ?? "");
  stack.setProgram(withImport(beside, program));
  emulator.control.clearRequests();
  const { output } = await stack[operation]({ fails: true, env: env?.(emulator) ?? {} });
  expect(writes()).toEqual([]);
  const message = diagnosticsOf(output);
  expect(message).not.toBe("");
  shown.push([mistake, withoutIds(message)]);
});

test("docs/first-mistakes.md shows them", () =>
  expectFile(join(__dirname, "../../../docs/first-mistakes.md"), page(shown)));
