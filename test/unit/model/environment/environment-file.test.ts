import { readEnvironmentFile } from "../../../../model/environment/environment-file";
import { formatFileMistake } from "../../../../model/environment/mistake";
import { resolveEnvironments } from "../../../../model/environment/resolve";

const read = (text: string) => resolveEnvironments(readEnvironmentFile(text));
const mistakesIn = (text: string) =>
  read(text).mistakes.map((mistake) => formatFileMistake("environments.yaml", mistake));

const GOOD = `
base:
  dimensions:
    product: web.product
    page: variables/page
  metrics: { orders: orders }
dev:
  extends: base
  dataViews: { web: dv_dev }
  dimensions: { page: variables/dev_page }
prod:
  extends: dev
  dataViews: { web: dv_prod }
  sandboxes:
empty:
`;

test("an environment has what it says, and what it inherits", () => {
  const { environments, mistakes } = read(GOOD);
  expect(mistakes).toEqual([]);
  const of = (name: string) =>
    Object.fromEntries(
      Object.entries(environments.get(name)?.ids ?? {}).map(([kind, ids]) => [kind, Object.fromEntries(ids)]),
    );
  const inherited = {
    metrics: { orders: "metrics/orders" },
    dateRanges: {},
    audiences: {},
    sandboxes: {},
    mergePolicies: {},
    schemas: {},
    users: {},
    groups: {},
  };
  expect(of("dev")).toEqual({
    ...inherited,
    dataViews: { web: "dv_dev" },
    dimensions: { product: "variables/web.product", page: "variables/dev_page" },
  });
  expect(of("prod")).toMatchObject({ dataViews: { web: "dv_prod" }, dimensions: { page: "variables/dev_page" } });
  expect(of("empty")).toMatchObject({ dataViews: {}, dimensions: {} });
});

test("a missing name belongs to the line of its kind, or of the environment", () => {
  const prod = read(GOOD).environments.get("prod");
  expect([prod?.lineOf("dataViews"), prod?.lineOf("metrics")]).toEqual([13, 11]);
});

test.each([
  [
    "nothing",
    "",
    [
      "environments.yaml:1:1: expected environments by name, such as: dev: { extends: base, dataViews: { web: dv_dev } }",
    ],
  ],
  [
    "a list",
    "- dev\n- prod",
    [
      "environments.yaml:1:1: expected environments by name, such as: dev: { extends: base, dataViews: { web: dv_dev } }",
    ],
  ],
  ["no YAML", "dev:\n  dataViews: { web: dv_dev\n", [expect.stringMatching(/^environments\.yaml:3:1: .*\}/)]],
  [
    "a doubled key",
    "dev:\n  metrics: { a: b }\n  metrics: { c: d }\n",
    ['environments.yaml:3:3: "metrics" appears twice'],
  ],
  ["a doubled environment", "dev:\nprod:\ndev:\n", ['environments.yaml:3:1: "dev" appears twice']],
  [
    "an unknown kind, and the one that is meant",
    "dev:\n  dataviews: { web: dv_dev }\n  colours: {}\n",
    [
      'environments.yaml:2:3: there is no "dataviews" in an environment; did you mean "dataViews"?',
      'environments.yaml:3:3: there is no "colours" in an environment; it can have extends, dataViews, dimensions, metrics, dateRanges, audiences, sandboxes, mergePolicies, schemas, users, groups',
    ],
  ],
  [
    "wrong types",
    "dev:\n  dataViews: [dv_dev]\n  metrics: { a: 5, b: '' }\nprod: dv_prod\n",
    [
      'environments.yaml:2:14: expected IDs by name, such as: dataViews: { web: "…" }',
      'environments.yaml:3:17: expected the ID of "a" as a string: put it in quotes',
      'environments.yaml:3:23: expected the ID of "b" as a string',
      "environments.yaml:4:7: expected the kinds of prod: extends, dataViews, dimensions, metrics, dateRanges, audiences, sandboxes, mergePolicies, schemas, users, groups",
    ],
  ],
  [
    "a name that YAML reads as a number",
    "1: {}\n",
    ["environments.yaml:1:1: expected an environment's name as a string: put it in quotes"],
  ],
  [
    "a base that is not there",
    "dev:\n  extends: bose\n",
    ['environments.yaml:2:12: there is no environment "bose"; the file has dev'],
  ],
  [
    "a base that is no name",
    "dev:\n  extends: [a]\n",
    ["environments.yaml:2:12: expected the name of another environment"],
  ],
  [
    "a circle",
    "a:\n  extends: b\nb:\n  extends: c\nc:\n  extends: b\n",
    [
      "environments.yaml:6:12: environments extend each other in a circle: b → c → b",
      "environments.yaml:6:12: environments extend each other in a circle: b → c → b",
      "environments.yaml:4:12: environments extend each other in a circle: c → b → c",
    ],
  ],
  ["itself", "a:\n  extends: a\n", ["environments.yaml:2:12: environments extend each other in a circle: a → a"]],
])("%s", (_, text, mistakes) => {
  expect(mistakesIn(text)).toEqual(mistakes);
});
