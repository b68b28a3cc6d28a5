import { readFileSync } from "node:fs";
import { join } from "node:path";
import { startEmulator, type Emulator } from "../../emulator";

let emulator: Emulator;
beforeAll(async () => (emulator = await startEmulator()));
afterAll(() => emulator.close());

async function control(method: string, path: string, body?: unknown): Promise<{ status: number; body: unknown }> {
  const content = body === undefined ? {} : { body: JSON.stringify(body) };
  const response = await fetch(`${emulator.url}/__emulator${path}`, { method, ...content });
  return { status: response.status, body: await response.json() };
}

describe("what control cannot use", () => {
  test.each<[string, string, unknown, string]>([
    ["POST", "/faults", { status: "x" }, 'status: found the string "x", expected a number'],
    ["POST", "/faults", { times: 0.5 }, "times: found the number 0.5, expected a whole number"],
    ["POST", "/faults", { times: 0 }, "times: found the number 0, expected at least 1"],
    ["POST", "/faults", { status: 700 }, "status: found the number 700, expected at most 599"],
    ["POST", "/faults", { path: "(" }, "path: must be the source of a regular expression"],
    [
      "POST",
      "/faults",
      { headers: { a: 1 }, hang: 1 },
      "headers.a: found the number 1, expected a text; hang: found the number 1, expected true or false",
    ],
    ["POST", "/faults", { reset: "never" }, 'reset: found the string "never", expected "before" or "after"'],
    ["POST", "/faults", [], "found a list of 0, expected an object"],
    [
      "PUT",
      "/clock",
      { now: "tomorrow" },
      'now: expected milliseconds since 1970, or a time such as "2026-11-05T09:30:00Z"',
    ],
    ["PUT", "/clock", { mod: "real" }, 'there is no "mod"; the fields are mode, now'],
    ["POST", "/clock/advance", null, "found null, expected an object"],
    ["POST", "/clock/advance", { ms: 1, by: 2 }, 'there is no "by"; the fields are ms'],
    ["PUT", "/tokens", { expiresInSeconds: 0 }, "expiresInSeconds: found the number 0, expected more than 0"],
    ["PUT", "/permissions", { admin: {} }, "admin: found an object, expected true or false"],
    [
      "PUT",
      "/job-outcome",
      { status: "FAILED", jobTiming: { newMS: 1 } },
      'jobTiming: there is no "newMS"; the fields are newMs, queuedMs, processingMs, cancellingMs',
    ],
    ["POST", "/jobs", { segmentIds: [] }, "segmentIds: found a list of 0, expected at least 1 entry"],
    ["POST", "/jobs", { segmentIds: true }, "segmentIds: found true, expected a list"],
    [
      "POST",
      "/segments",
      { dataViewId: "d", definition: {}, name: "n", owner: "" },
      'owner: found the string "", expected at least 1 character',
    ],
    ["POST", "/segments", [{ name: "A", dataViewId: "d" }], "[0].definition: found nothing, expected a value"],
    ["POST", "/validate-verdict", {}, "valid: found nothing, expected true or false"],
  ])("%s %s with %j is refused in words", async (method, path, body, error) => {
    expect(await control(method, path, body)).toEqual({ status: 400, body: { error } });
  });

  test.each([
    ["{", /^The body is no JSON: /],
    ["", /^There is no body; JSON is expected$/],
  ])("the body %j is refused in words", async (body, error) => {
    const response = await fetch(`${emulator.url}/__emulator/faults`, { method: "POST", body });
    const answer = (await response.json()) as { error: string };
    expect([response.status, Object.keys(answer)]).toEqual([400, ["error"]]);
    expect(answer.error).toMatch(error);
  });

  test("a method in the same process says the same, of all of a list, and does nothing of it", () => {
    const right = { name: "A", dataViewId: "d", definition: {} };
    const wrong = { dataViewId: "d", definition: {}, nam: "A" } as never;
    const said =
      /^\[1\]\.name: found nothing, expected a text; \[1\]: there is no "nam"; the fields are id, name, .*; \[2\]/;
    expect(() => emulator.control.addSegment([right, wrong, wrong])).toThrow(said);
    expect(emulator.control.segments()).toEqual([]);
  });
});

describe("the routes of control", () => {
  const routes = async (path = "") => (await control("GET", path)).body as { routes: string[] };

  test.each(["", "/"])("are listed at /__emulator%s, each of them in the document", async (path) => {
    const document = readFileSync(join(__dirname, "../../docs/emulator.md"), "utf8");
    const listed = (await routes(path)).routes;
    expect(listed).toContain("PATCH /__emulator/jobs/:id");
    for (const route of listed.slice(1)) {
      const [method = "", place = ""] = route.replace("/__emulator", "").replace(":id", "ID").split(" ");
      const row = document.split("\n").find((line) => line.includes(`${place}\``));
      expect([route, row]).toEqual([route, expect.stringContaining(`\`${method}`)]);
    }
  });

  test.each([
    ["GET", "/nothing"],
    ["PATCH", "/faults"],
  ])("stand in the answer to %s %s", async (method, path) => {
    const error = `There is no ${method} /__emulator${path}`;
    expect(await control(method, path)).toEqual({ status: 404, body: { error, ...(await routes()) } });
  });

  test("a path that only begins like control is Adobe's", async () => {
    const response = await fetch(`${emulator.url}/__emulators`);
    expect(await response.json()).toMatchObject({ error_code: "403010" });
    emulator.control.clearRequests();
  });
});
