import { KINDS, singularOf } from "../../../model/environment/kinds";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { findExpressionIds } from "../../../model/environment/references";
import { findShareIds } from "../../../model/environment/share-ids";
import * as sdk from "../../../sdk";
import { Audience, dimension, Environment, rebind, Segment, segment, SegmentJob, visits } from "../../../sdk";
import * as native from "../../../sdk/native";
import { programCheck } from "../../../sdk/program-check";
import { runProgram } from "./program";

const YAML = `base:
  dimensions: { product: web.product }
dev:
  extends: base
  dataViews: { web: dv_dev }
  audiences: { buyers: 7863c010-e092-41c8-ae5e-9e533186752e }
  users: { jane: JANE@dev }
  groups: { analysts: "812345678", all: "7" }
  sandboxes: { main: dev }
  mergePolicies: { main: Dev default, shared: Same }
prod:
  extends: base
  dataViews:
    web: dv_prod
  dimensions: { product: web.prodProduct }
  sandboxes: { main: prod }
  mergePolicies: { main: Prod default, shared: Same }
  schemas: { accounts: _xdm.context.account }
  groups: { analysts: 77BB@prod, all: "7" }
`;
const BUYERS_OF_DEV = "7863c010-e092-41c8-ae5e-9e533186752e";
const BUYERS_OF_PROD = "54669488-03ab-4e0d-a694-37fe49e32be8";

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "pulumi-cja-env-"));
  file = join(folder, "environments.yaml");
  writeFileSync(file, YAML);
});
afterEach(() => rmSync(folder, { recursive: true }));

const load = (name: string) => Environment.load({ file, name });
const exists = (name: string) => segment(visits(dimension(name).exists()));

test("logical names stand for the IDs of the environment, in the builder and in raw definitions", async () => {
  let said: readonly string[] = [];
  const { report, registered } = await runProgram(() => {
    const env = load("prod");
    said = [
      env.dataView("web"),
      env.dimension("product"),
      env.sandbox("main"),
      env.mergePolicy("main"),
      env.schema("accounts"),
    ];
    expect([env.name, env.only("prod", "s1"), env.only("dev", "s2")]).toEqual(["prod", "s1", undefined]);
    const raw = rebind(exists("{product}"), env);
    expect(raw).toEqual(exists(env.dimension("product")));
    new Segment("a", { name: "A", dataViewId: env.dataView("web"), definition: raw });
  });
  expect(said).toEqual(["dv_prod", "variables/web.prodProduct", "prod", "Prod default", "_xdm.context.account"]);
  expect([report, registered]).toEqual([undefined, ["a"]]);
});

test("all that is not mapped is told at once, with the line to add it at, and nothing is registered", async () => {
  const { report, registered } = await runProgram(() => {
    const env = load("prod");
    new Segment("a", { name: "A", dataViewId: env.dataView("wbe"), definition: exists(env.dimension("colour")) });
    new SegmentJob("b", { segmentIds: [env.audience("buyers")] });
    env.rebind(exists("{shade}"));
  });
  expect(registered).toEqual([]);
  expect(report?.replaceAll(folder, "")).toBe(`4 mistakes in the arguments of 1 resource; nothing was sent or changed.
cja.Environment "prod"
  dataViews.wbe: "wbe" is not defined in prod: add it to /environments.yaml:13; did you mean "web"?
  dimensions.colour: "colour" is not defined in prod: add it to /environments.yaml:15
  audiences.buyers: "buyers" is not defined in prod: add it to /environments.yaml:11
  dimensions.shade: "shade" is not defined in prod: add it to /environments.yaml:15`);
});

test("IDs of another environment are mistakes, wherever they stand", async () => {
  const { report } = await runProgram(() => {
    load("prod");
    new Segment("a", { name: "A", dataViewId: "dv_dev", definition: exists("web.product") });
    new SegmentJob("b", { segmentIds: ["7863c010-e092-41c8-ae5e-9e533186752e"] });
    new Audience("c", { name: "C", expression: "a = 1", sandbox: "dev", mergePolicy: "Dev default" });
    new Audience("fine-too", {
      name: "D",
      expression: "a = 1",
      mergePolicy: "Same",
      schemaName: "_xdm.context.account",
    });
    new Segment("fine", { name: "A", dataViewId: "dv_else", definition: exists("web.prodProduct") });
  });
  expect(report).toBe(`5 mistakes in the arguments of 3 resources; nothing was sent or changed.
cja.Segment "a"
  dataViewId: found "dv_dev", which is "web" of dev, not of prod; use "dv_prod"
  definition.container.pred.val.name: found "variables/web.product", which is "product" of dev, not of prod; use "variables/web.prodProduct"
cja.SegmentJob "b"
  segmentIds[0]: found "7863c010-e092-41c8-ae5e-9e533186752e", which is "buyers" of dev, not of prod
cja.Audience "c"
  sandbox: found "dev", which is "main" of dev, not of prod; use "prod"
  mergePolicy: found "Dev default", which is "main" of dev, not of prod; use "Prod default"`);
});

test.each([
  ["dynamic resources", sdk],
  ["the plugin", native],
])("IDs of another environment are mistakes in outputs, too, once these are known: %s", async (_, door) => {
  const { report, registered } = await runProgram(() => {
    load("prod");
    const later = <T>(value: T) => pulumi.output(Promise.resolve(value));
    const id = later(BUYERS_OF_DEV);
    new door.Audience("a", {
      name: "A",
      expression: pulumi.interpolate`not inSegment("${id}")`,
      sandbox: later("dev"),
    });
    new door.Audience("b", {
      name: "B",
      expression: {
        nodeType: "fnApply",
        fnName: "inSegment",
        params: [later({ nodeType: "literal", literalType: "String", value: id })],
      },
    });
    new door.Segment("c", {
      name: "C",
      dataViewId: Promise.resolve("dv_dev"),
      definition: exists("x"),
      shares: [{ to: later<"group">("group"), id: "812345678" }],
    });
    new door.Segment("d", { name: "D", dataViewId: "dv_prod", definition: later(exists("web.product")) });
    new door.SegmentJob("e", { segmentIds: [BUYERS_OF_PROD, id] });
    new door.SegmentJob("fine", { segmentIds: later([BUYERS_OF_PROD]) });
  });
  const buyersOfDev = `found "${BUYERS_OF_DEV}", which is "buyers" of dev, not of prod`;
  expect(report)
    .toBe(`7 mistakes in the arguments of 5 resources; nothing was sent for these; other resources may have been changed before.
cja.Audience "a"
  sandbox: found "dev", which is "main" of dev, not of prod; use "prod"
  expression: line 1, column 15: ${buyersOfDev}
cja.Audience "b"
  expression.params[0].value: ${buyersOfDev}
cja.Segment "c"
  dataViewId: found "dv_dev", which is "web" of dev, not of prod; use "dv_prod"
  shares[0].id: found "812345678", which is "analysts" of dev, not of prod; use "77BB@prod"
cja.Segment "d"
  definition.container.pred.val.name: found "variables/web.product", which is "product" of dev, not of prod; use "variables/web.prodProduct"
cja.SegmentJob "e"
  segmentIds[1]: ${buyersOfDev}`);
  expect(registered.filter((name) => name !== "fine")).toEqual([]);
});

test("what stays unknown in a preview is registered as it is", async () => {
  const { report, registered } = await runProgram(() => {
    load("prod");
    const unknown = pulumi.output(pulumi.unknown) as pulumi.Output<string>;
    new Audience("a", { name: "A", expression: pulumi.interpolate`inSegment("${BUYERS_OF_DEV}") and ${unknown}` });
    new Segment("b", { name: "B", dataViewId: unknown, definition: exists("x") });
  });
  expect([report, new Set(registered)]).toEqual([undefined, new Set(["a", "b"])]);
});

test("an ID of another environment in a secret is not shown", async () => {
  const { report } = await runProgram(() => {
    load("prod");
    const secret = pulumi.secret(`inSegment("${BUYERS_OF_DEV}")`);
    new Audience("a", { name: "A", expression: secret, mergePolicy: pulumi.output("Dev default") });
    new Segment("b", { name: "B", dataViewId: "dv_prod", definition: pulumi.secret(exists("web.product")) });
  });
  expect(report?.split("\n").slice(1)).toEqual([
    'cja.Audience "a"',
    '  mergePolicy: found "Dev default", which is "main" of dev, not of prod; use "Prod default"',
    "  expression: line 1, column 11: found the ID of another environment in a secret value, which is not shown",
    'cja.Segment "b"',
    "  definition.container.pred.val.name: found the ID of another environment in a secret value, which is not shown",
  ]);
});

test.each<readonly [string, () => unknown, RegExp]>([
  [
    "a file that is not there",
    () => Environment.load({ file: "/nowhere.yaml", name: "dev" }),
    /there is no \/nowhere\.yaml/,
  ],
  ["an environment that is not in it", () => load("stage"), /has no environment "stage"; it has base, dev, prod/],
  [
    "mistakes in the file",
    () => {
      writeFileSync(file, "dev:\n  dataviews: {}\n");
      return load("dev");
    },
    /environments\.yaml:2:3: there is no "dataviews"/,
  ],
])("%s is told like other mistakes", async (_, run, message) => {
  const { report } = await runProgram(() => void run());
  expect(report).toMatch(message);
});

test("the stack's config is checked as the file is, and nothing else is said then", async () => {
  const { report } = await runProgram(() => {
    pulumi.runtime.setAllConfig({
      "cja:environment": JSON.stringify({ dimensions: { page: 123, ok: "variables/x" }, dimension: {}, metrics: [] }),
    });
    const env = Environment.load();
    new Segment("a", { name: "A", dataViewId: env.dataView("web"), definition: exists(env.dimension("page")) });
    pulumi.runtime.setAllConfig({});
  });
  expect(report?.split("\n").slice(1)).toEqual([
    expect.stringMatching(/^cja\.Environment /),
    expect.stringMatching(/cja:environment\.dimensions\.page: expected the ID as a string$/),
    expect.stringMatching(/cja:environment: there is no "dimension"; did you mean "dimensions"\?$/),
    expect.stringMatching(/cja:environment\.metrics: expected IDs by name$/),
  ]);
});

test("IDs that the program has from elsewhere need no file", async () => {
  const { report } = await runProgram(() => {
    const env = Environment.of({ dataViews: { web: "dv_1" } }, "dev");
    expect(env.dataView("web")).toBe("dv_1");
    env.metric("orders");
  });
  expect(report).toContain('metrics.orders: "orders" is not defined in dev: add it to the program, metrics');
});

test("one of each kind is asked for by its name in the singular", async () => {
  const asked: unknown[] = [];
  await runProgram(() => {
    const env = Environment.of(Object.fromEntries(KINDS.map((kind) => [kind, { main: `${kind}-id` }])), "dev");
    const methods = env as unknown as Record<string, (name: string) => string>;
    asked.push(...KINDS.map((kind) => methods[singularOf(kind)]?.call(env, "main")));
  });
  expect(asked).toEqual(KINDS.map((kind) => expect.stringMatching(new RegExp(`${kind}-id$`)) as unknown));
});

test("users and groups have names, in shares by name and in raw ones", async () => {
  const { report, registered } = await runProgram(() => {
    const env = load("dev");
    expect([env.user("jane"), env.group("analysts")]).toEqual(["JANE@dev", "812345678"]);
    const raw = [{ to: "all" as const }, { to: "group" as const, id: "{analysts}" }];
    expect(rebind(raw, env)).toEqual([{ to: "all" }, { to: "group", id: "812345678" }]);
    new Segment("a", { name: "A", dataViewId: "dv_dev", definition: exists("x"), shares: env.rebind(raw) });
  });
  expect([report, registered]).toEqual([undefined, ["a"]]);
  const missing = await runProgram(() => {
    const env = load("prod");
    env.user("jane");
    env.rebind([{ to: "group", id: "{analists}" }]);
  });
  expect(missing.report).toContain(`users.jane: "jane" is not defined in prod: add it to ${file}:11`);
  expect(missing.report).toContain(
    `groups.analists: "analists" is not defined in prod: add it to ${file}:19; did you mean "analysts"?`,
  );
});

test("config has users and groups, too", async () => {
  await runProgram(() => {
    pulumi.runtime.setAllConfig({ "cja:environment": JSON.stringify({ users: { jane: "J" }, groups: { all: "G" } }) });
    const env = Environment.load();
    expect([env.user("jane"), env.group("all")]).toEqual(["J", "G"]);
    pulumi.runtime.setAllConfig({});
  });
});

test("a share with another environment's user or group is known as such", async () => {
  let found: readonly unknown[] = [];
  await runProgram(() => {
    load("prod");
    const shares = [
      { to: "group", id: "7" },
      { to: "group", id: "812345678" },
      { to: "user", id: "JANE@dev" },
      { to: "user", id: "812345678" },
    ];
    found = programCheck().findForeignIds(findShareIds(shares));
  });
  expect(found).toEqual([
    {
      path: "shares[1].id",
      message: 'found "812345678", which is "analysts" of dev, not of prod; use "77BB@prod"',
    },
    { path: "shares[2].id", message: 'found "JANE@dev", which is "jane" of dev, not of prod' },
  ]);
});

test("an expression with another environment's audience is known as such, in a text and in JSON", async () => {
  writeFileSync(file, `${YAML}  audiences: { buyers: ${BUYERS_OF_PROD} }\n`);
  const literal = (value: unknown) => ({ nodeType: "literal", literalType: "String", value });
  const inSegment = (id: unknown) => ({ nodeType: "fnApply", fnName: "inSegment", params: [literal(id)] });
  let found: readonly unknown[] = [];
  await runProgram(() => {
    const env = load("prod");
    const find = (expression: unknown) => programCheck().findForeignIds(findExpressionIds(expression));
    found = [
      find(`a = "${BUYERS_OF_DEV}"\nand inSegment("${BUYERS_OF_DEV}")`),
      find({ nodeType: "fnApply", fnName: "and", params: [inSegment("other"), inSegment(BUYERS_OF_DEV)] }),
      find(`inSegment("${env.audience("buyers")}")`),
      find(inSegment(pulumi.output(BUYERS_OF_DEV))),
      find(pulumi.interpolate`inSegment("${BUYERS_OF_DEV}")`),
    ];
  });
  const message = `found "${BUYERS_OF_DEV}", which is "buyers" of dev, not of prod; use "${BUYERS_OF_PROD}"`;
  expect(found).toEqual([
    [{ path: "expression", message: `line 2, column 15: ${message}` }],
    [{ path: "expression.params[1].params[0].value", message }],
    [],
    [],
    [],
  ]);
});

test("logical names in an expression stand for the environment's audiences, and a name that is missing is told", async () => {
  let rebound: readonly unknown[] = [];
  const { report } = await runProgram(() => {
    const env = load("dev");
    const json = {
      nodeType: "fnApply",
      fnName: "inSegment",
      params: [{ nodeType: "literal", literalType: "String", value: "{buyers}" }],
    };
    rebound = [env.rebind('a = "{buyers}" and inSegment("{buyers}")'), env.rebind(json)];
    env.rebind('inSegment("{byers}")');
  });
  expect(rebound).toEqual([
    `a = "{buyers}" and inSegment("${BUYERS_OF_DEV}")`,
    {
      nodeType: "fnApply",
      fnName: "inSegment",
      params: [{ nodeType: "literal", literalType: "String", value: BUYERS_OF_DEV }],
    },
  ]);
  expect(report).toContain('audiences.byers: "byers" is not defined in dev');
  expect(report).toContain('did you mean "buyers"?');
});
