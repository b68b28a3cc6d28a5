import * as pulumi from "@pulumi/pulumi";
import { Audience, Environment, SegmentJob, type AudienceArgs } from "../../../sdk";
import * as native from "../../../sdk/native";
import { runProgram } from "./program";

const good: AudienceArgs = { name: "At home", expression: 'homeAddress.countryISO = "US"' };

test("a program without mistakes is registered: audiences name others, and a job takes their IDs", async () => {
  const { registered, report } = await runProgram(() => {
    const buyers = new Audience("buyers", good);
    const loyal = new Audience("loyal", { ...good, expression: pulumi.interpolate`inSegment("${buyers.id}")` });
    new native.Audience("native", { ...good, labels: ["core/C1"], evaluation: "edge" });
    new SegmentJob("run", { segmentIds: [buyers.id, loyal.id, "7863c010-e092-41c8-ae5e-9e533186752e"] });
    Audience.get("read", "7863c010-e092-41c8-ae5e-9e533186752e", { sandbox: "dev" });
  });
  expect(report).toBeUndefined();
  expect(new Set(registered)).toEqual(new Set(["buyers", "loyal", "native", "run", "read"]));
});

test("the mistakes of all resources are told together, those of an expression with line and column", async () => {
  const { registered, report } = await runProgram(() => {
    new Audience("fine", good);
    new Audience("one", { ...good, expression: 'a = "b" and\n  (c = "d"' });
    new Audience("two", { ...good, evaluation: "continuous" as "batch" });
  });
  expect(report?.split("\n")).toEqual([
    "2 mistakes in the arguments of 2 resources; nothing was sent or changed.",
    'cja.Audience "one"',
    expect.stringMatching(/^ {2}expression: line 2, column \d+: /) as string,
    'cja.Audience "two"',
    '  evaluation: found the string "continuous", expected one of batch, streaming, edge',
  ]);
  expect(registered).toEqual([]);
});

test("one audience is not adopted twice in a program, and import is no way to take one over", async () => {
  const { report } = await runProgram(() => {
    new Audience("a", { ...good, adoptId: "7863c010" });
    new Audience("b", { ...good, adoptId: "7863c010" });
    new Audience("c", good, { import: "7863c010" });
  });
  expect(report).toContain('which cja.Audience "a" takes over, too; one audience belongs to one resource');
  expect(report).toContain("to take over an existing audience, give its ID as the argument adoptId instead");
});

test("IDs of another environment are mistakes, inside an expression, too", async () => {
  const { report } = await runProgram(() => {
    const env = Environment.of({ sandboxes: { main: "prod" } }, "prod");
    new Audience("a", { ...good, sandbox: env.sandbox("mian") });
  });
  expect(report).toContain('"mian" is not defined in prod');
});
