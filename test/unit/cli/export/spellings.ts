import type { ExistingFile } from "../../../../cli/export/source-module";
import { idOf } from "./programs";

/** The segment that each of the programs below has, as Adobe has it. */
export const ONE = {
  id: idOf(1),
  name: "Mobile",
  dataViewId: "dv_dev",
  definition: {
    func: "segment",
    version: [1, 0, 0],
    container: {
      func: "container",
      context: "hits",
      pred: { func: "streq", str: "Home", val: { func: "attr", name: "variables/page" } },
    },
  },
  tags: ["web"],
};

const FILE = "segments/phones.ts";
const HEAD = `import * as cja from "pulumi-cja";\nimport { dimension, hits, segment } from "pulumi-cja";\n`;
const DEFINITION = `definition: segment(hits(dimension("page").is("Home")))`;
const REST = `dataViewId: "dv_dev", ${DEFINITION}, tags: ["web"]`;
const INDEX = { path: "index.ts", content: `import "./segments/phones";\n` };

const file = (content: string): ExistingFile[] => [{ path: FILE, content }, INDEX];

/** Ways in which people write the same segment, each with what has to stay when it is brought up to date. */
export const UNDERSTOOD: Readonly<Record<string, readonly [files: ExistingFile[], stays: string]>> = {
  "single quotes and a comment behind the ID": [
    file(`import * as cja from 'pulumi-cja';
import { dimension, hits, segment } from 'pulumi-cja';
export const mine = new cja.Segment('phones', {
  name: 'Mobile', dataViewId: 'dv_dev', definition: segment(hits(dimension('page').is('Home'))),
  adoptId: '${ONE.id}', // taken over 2026-11
  tags: ['web'],
}, { protect: false });
`),
    "// taken over 2026-11",
  ],
  "templates, in quotes and with parts": [
    file(
      `${HEAD}const org = "s300000022";\nnew cja.Segment(\`phones\`, { name: \`Mobile\`, ${REST}, adoptId: \`\${org}_${ONE.id.slice(11)}\` });\n`,
    ),
    "${org}_",
  ],
  "the class imported by another name": [
    file(
      `import { Segment as Audience, dimension as d, segment as s, hits } from "pulumi-cja";
new Audience("phones", { name: "Mobile", dataViewId: "dv_dev", definition: s(hits(d("page").is("Home"))), tags: ["web"], adoptId: "${ONE.id}" });
`,
    ),
    "new Audience(",
  ],
  "the class taken out of the package": [
    file(
      `${HEAD}const { Segment: Made } = cja;\nnew Made("phones", { name: "Mobile", ${REST}, adoptId: "${ONE.id}" }, { protect: true });\n`,
    ),
    "new Made(",
  ],
  require: [
    file(
      `const adobe = require("pulumi-cja");
exports.phones = new adobe.Segment("phones", { name: "Mobile", dataViewId: "dv_dev", definition: adobe.segment(adobe.hits(adobe.dimension("page").is("Home"))), tags: ["web"], adoptId: "${ONE.id}" });
`,
    ),
    "exports.phones",
  ],
  "arguments in a constant": [
    file(`${HEAD}const args: cja.SegmentArgs = { name: "Mobile", ${REST}, adoptId: "${ONE.id}" };
export const phones = new cja.Segment("phones", args, { retainOnDelete: true });
`),
    "retainOnDelete",
  ],
  "types imported beside": [
    file(
      `import type { SegmentArgs } from "pulumi-cja";
import { dimension, hits, segment, Segment } from "pulumi-cja";
const common: Partial<SegmentArgs> = { dataViewId: "dv_dev" };
new Segment("phones", { ...common, name: "Mobile", ${DEFINITION}, tags: ["web"], adoptId: "${ONE.id}" } as SegmentArgs);
`,
    ),
    "import type { SegmentArgs }",
  ],
  "texts in constants": [
    file(
      `${HEAD}const ids = { phones: "${ONE.id}" } as const;\nconst resource = "phones";
new cja.Segment(resource, { ["name"]: "Mobile", ${REST}, adoptId: ids["phones"] });
`,
    ),
    'adoptId: ids["phones"]',
  ],
  "what segments have in common, spread": [
    file(
      `${HEAD}const common = { dataViewId: "dv_dev", tags: ["web"] };
new cja.Segment("phones", { ...common, name: ("Mobile" as string)!, ${DEFINITION}, adoptId: "${ONE.id}" });
`,
    ),
    "...common",
  ],
  "an ID in one environment alone": [
    file(
      `${HEAD}const isDev = process.env["STACK"] === undefined;
new cja.Segment("phones", { name: "Mobile", ${REST}, ...(isDev ? { adoptId: isDev ? "${ONE.id}" : undefined } : {}) });
`,
    ),
    "isDev ?",
  ],
  satisfies: [
    file(
      `${HEAD}new cja.Segment("phones", { name: "Mobile", ${REST}, adoptId: "${ONE.id}" } satisfies cja.SegmentArgs);\n`,
    ),
    "satisfies cja.SegmentArgs",
  ],
  "in index.ts": [
    [
      {
        path: "index.ts",
        content: `${HEAD}// All in one.\nnew cja.Segment("phones", { name: "Mobile", ${REST}, adoptId: "${ONE.id}" });\n`,
      },
    ],
    "// All in one.",
  ],
  "in a folder of a team, imported by a file of its own": [
    [
      { path: "index.ts", content: `import "./segments/web/all";\n` },
      { path: "segments/web/all.ts", content: `export * from "./phones";\n` },
      {
        path: "segments/web/phones.ts",
        content: `${HEAD}// Web's.\nexport const phones = new cja.Segment("phones", { name: "Mobile", ${REST}, adoptId: "${ONE.id}" });\n`,
      },
    ],
    "// Web's.",
  ],
  "beside another one in the same file": [
    file(
      `${HEAD}export const tablets = new cja.Segment("tablets", { name: "Tablets", ${REST}, adoptId: "${idOf(2)}" });
export const phones = new cja.Segment("phones", { name: "Mobile", ${REST}, adoptId: "${ONE.id}" });
`,
    ),
    '"Tablets"',
  ],
};

/** Programs that have the segment in a way that is not understood, with the place to be told. */
export const NOT_UNDERSTOOD: Readonly<Record<string, readonly [files: ExistingFile[], place: string]>> = {
  "a function that makes them": [
    file(
      `${HEAD}const make = (name: string, adoptId: string) =>\n  new cja.Segment(name, { name, ${REST}, adoptId });\nmake("phones", "${ONE.id}");\n`,
    ),
    `${FILE}:5 has the ID ${ONE.id}`,
  ],
  "a class of one's own": [
    file(
      `${HEAD}class Own extends cja.Segment {}\nnew Own("phones", { name: "Mobile", ${REST}, adoptId: "${ONE.id}" });\n`,
    ),
    `${FILE}:4 has the ID`,
  ],
  "a class from a module of one's own": [
    file(`import { Segment } from "../own";\nnew Segment("phones", { adoptId: "${ONE.id}" });\n`),
    `${FILE}:2 has the ID`,
  ],
  "an ID from the settings": [
    file(
      `${HEAD}import * as pulumi from "@pulumi/pulumi";\nnew cja.Segment("phones", {\n name: "Mobile", ${REST}, adoptId: new pulumi.Config().require("id") });\n`,
    ),
    `${FILE}:4 creates a segment whose adoptId the export cannot read`,
  ],
  "one ID of several": [
    file(
      `${HEAD}const old = process.env["OLD"];\nnew cja.Segment("phones", { name: "Mobile", ${REST}, adoptId: old ? "${ONE.id}" : "${idOf(2)}" });\n`,
    ),
    `${FILE}:4 creates a segment whose adoptId the export cannot read`,
  ],
  "IDs in a loop": [
    file(
      `${HEAD}for (const [name, adoptId] of [["phones", "${ONE.id}"]] as const)\n  new cja.Segment(name, { name, ${REST}, adoptId });\n`,
    ),
    `${FILE}:3 has the ID`,
  ],
  "IDs in a file of data": [
    [
      {
        path: "index.ts",
        content: `${HEAD}import data from "./data.json";\nfor (const one of data) new cja.Segment(one.key, one);\n`,
      },
      { path: "data.json", content: `[\n  { "key": "phones", "adoptId": "${ONE.id}" }\n]\n` },
    ],
    "data.json:2 has the ID",
  ],
  "an ID that is commented out": [
    file(`${HEAD}new cja.Segment("a", { name: "A", ${REST},\n  // adoptId: "${ONE.id}",\n});\n`),
    `${FILE}:4 has the ID`,
  ],
  "JSON of one's own": [
    [
      { path: "segments/phones.json", content: `{\n  "id": "${ONE.id}"\n}\n` },
      { path: "index.ts", content: `import "./segments/phones.json";\n` },
    ],
    "segments/phones.json:2 has the ID",
  ],
};
