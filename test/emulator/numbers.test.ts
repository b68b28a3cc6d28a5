import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeJson } from "../../definition/json";
import { withEmulator } from "./client";

const NUMBERS = ["9007199254740993", "0.12345678901234567890", "1e400", "-0"];
const definition = `{"func":"segment","container":{"func":"container","context":"hits","pred":{"func":"eq-in","list":[${NUMBERS.join()}],
  "val":{"func":"attr","name":"variables/page"}}}}`;
const LIST = `"list":[${NUMBERS.join()}]`;

test.each(["guide", "reference"] as const)(
  "numbers that JavaScript cannot hold come back as they were sent, in the %s dialect",
  async (dialect) => {
    const folder = mkdtempSync(join(tmpdir(), "pulumi-cja-emulator-"));
    const stateFile = join(folder, "state.json");
    try {
      await withEmulator({ dialect, stateFile }, async ({ emulator, call }) => {
        const view = dialect === "guide" ? "rsid" : "dataId";
        const { body } = await call("POST", "/segments", `{"name":"A","${view}":"dv_prod","definition":${definition}}`);
        const text = async (path: string) => (await fetch(emulator.url + path)).text();
        expect(await text("/__emulator/segments")).toContain(LIST);
        expect(await text("/__emulator/requests")).toContain(LIST);
        const put = `{"definition":${definition.replace("hits", "visits")}}`;
        expect((await call("PUT", `/segments/${body.id}`, put)).status).toBe(200);
        expect(writeJson(emulator.control.segments())).toContain(LIST);
        expect(writeJson(emulator.control.requests())).toContain(LIST);
      });
      await withEmulator({ dialect, stateFile }, async ({ emulator }) => {
        expect(writeJson(emulator.control.segments())).toContain(LIST);
      });
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
);

test("a body that is nested too deeply is a bad request wherever it is sent", async () => {
  const deep = `${"[".repeat(200_000)}${"]".repeat(200_000)}`;
  await withEmulator({}, async ({ emulator, call }) => {
    const sent = [
      await call("POST", "/segments", deep),
      await call("POST", "/data/core/ups/segment/jobs", deep),
      await call("POST", "/__emulator/segments", deep),
    ];
    expect(sent.map(({ status }) => status)).toEqual([400, 400, 400]);
    for (const { body } of sent) expect(JSON.stringify(body)).toContain("nested deeper than 1000 levels");
    expect(emulator.control.requests().length).toBeGreaterThan(0);
  });
});
