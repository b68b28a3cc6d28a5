import { once } from "node:events";
import { createServer } from "node:net";
import type { AddressInfo, Socket } from "node:net";
import { createStack } from "./harness/stack";
import type { Stack } from "./harness/stack";

/** A provider without any service, as text: what is tested here is what the other engine tests stand on. */
const program = (body: string, value: string, more = "") => `
  const pulumi = require("@pulumi/pulumi");
  const handler = \`exports.handler = () => ({
    check: async (olds, news) => ({ inputs: news }),
    diff: async (id, olds, news) => (olds.value === news.value ? { changes: false } : { replaces: news.value === "r" ? ["value"] : [] }),
    create: async (inputs) => { ${body}; return { id: "id-1", outs: inputs }; },
    update: async (id, olds, news) => ({ outs: news }),
    read: async (id, props) => ({ id, props, inputs: props }),
    delete: async () => {},
  })\`;
  const one = new pulumi.CustomResource("pulumi-nodejs:dynamic/cja:Segment", "one", { __provider: handler, value: "${value}" });
  exports.id = one.id;
  ${more}
`;
/** Beside it, one that stays as it is. */
const other = 'new pulumi.CustomResource(one.__pulumiType, "other", { __provider: handler, value: "o" });';

describe("the harness", () => {
  const stacks: Stack[] = [];
  const stackOf = async (text: string) => {
    const stack = await createStack({ program: text });
    stacks.push(stack);
    return stack;
  };
  afterEach(async () => Promise.all(stacks.splice(0).map((stack) => stack.dispose())));

  it("reports what a run did, and the state after it", async () => {
    const stack = await stackOf(program("", "a", other));
    const created = await stack.up();
    expect(created).toMatchObject({ code: 0, changes: { create: 2 } });
    expect(created.steps).toHaveLength(2);
    expect(created.steps).toContainEqual(expect.objectContaining({ op: "create", name: "one", outcome: "done" }));
    expect(stack.outputs()).toEqual({ id: "id-1" });
    expect(stack.resource("one")).toMatchObject({ id: "id-1", outputs: { value: "a" } });

    stack.setProgram(program("", "b", other));
    const plan = await stack.preview({ args: ["--expect-no-changes"], fails: true });
    expect(plan.changes).toEqual({ update: 1, same: 1 });
    expect(plan.steps.filter(({ name }) => name === "one")).toMatchObject([
      { op: "update", diffs: ["value"], detailedDiff: { value: "update" } },
    ]);
    expect((await stack.up({ preview: true })).changes).toEqual({ update: 1, same: 1 });
    expect((await stack.refresh()).changes).toEqual({ same: 2 });

    stack.setProgram(program("", "r"));
    const replaced = await stack.up();
    expect(replaced.changes).toEqual({ replace: 1, delete: 1 });
    expect(replaced.steps.filter(({ name }) => name === "one").map(({ op }) => op)).toEqual([
      "create-replacement",
      "replace",
      "delete-replaced",
    ]);
    expect((await stack.destroy()).changes).toEqual({ delete: 1 });
    expect(stack.resources()).toEqual([]);
  });

  it("throws unless a run ends as the test says", async () => {
    const stack = await stackOf(program("throw new Error('refused')", "a"));
    await expect(stack.up()).rejects.toThrow(/exited with 1[^]*refused/);
    const failed = await stack.up({ fails: true });
    expect(failed.steps).toMatchObject([{ op: "create", outcome: "failed" }]);
    expect(
      failed.diagnostics
        .filter(({ severity }) => severity === "error")
        .map(({ message }) => message)
        .join(),
    ).toContain("refused");
    await expect(stack.pulumi(["stack", "ls"], { fails: true })).rejects.toThrow(/exited with 0, expected a failure/);
  });

  it("kills a run with its provider process, and goes on after `cancel`", async () => {
    const stack = await stackOf(
      program("console.error('half-way'); await new Promise(() => setInterval(() => {}, 1000))", "a"),
    );
    const running = stack.start("up");
    await running.until("half-way");
    await running.killAll();
    expect(await running.done).toMatchObject({
      code: 128,
      signal: "SIGKILL",
      steps: [{ op: "create", outcome: "unfinished" }],
    });
    expect(stack.deployment().pending_operations).toMatchObject([{ type: "creating" }]);

    stack.setProgram("exports.done = true;");
    expect((await stack.up({ fails: true })).output).toContain("locked");
    await stack.cancel();
    await stack.refresh({ args: ["--clear-pending-creates"] });
    expect((await stack.up()).changes).toEqual({});
    expect(stack.outputs()).toEqual({ done: true });
  });

  it("ends the provider process that a dead engine has left behind", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    const stack = await stackOf(program(`require("net").connect(${port}); await new Promise(() => {})`, "a"));
    const running = stack.start("up");
    const [socket] = (await once(server, "connection")) as [Socket];
    const closed = once(socket, "close");
    await running.killEngine();
    await running.done;
    expect(socket.readyState).toBe("open");
    await stack.dispose();
    await closed;
    server.close();
  });
});
