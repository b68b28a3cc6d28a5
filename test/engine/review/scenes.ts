import type { Emulator } from "../../../emulator";
import { AUDIENCES, program, type ResourceClass } from "../programs";

type Resources = Readonly<Record<string, readonly [ResourceClass, object, object?]>>;

/** A pull request: what the program has become, and what happened at the service meanwhile. */
export interface Scene {
  /** The golden file's name. */
  readonly name: string;
  readonly program: string;
  /** More arguments of `pulumi preview`. */
  readonly args?: readonly string[];
  /** What somebody did in the UI after the last deployment. */
  readonly edit?: (emulator: Emulator, idOf: (resource: string) => string) => void;
  readonly fails?: true;
}

const streq = (name: string, str: string) => ({ func: "streq", str, val: { func: "attr", name: `variables/${name}` } });
const definitionOf = (context: string, ...preds: readonly object[]) => ({
  func: "segment",
  version: [1, 0, 0],
  container: { func: "container", context, pred: preds.length === 1 ? preds[0] : { func: "and", preds } },
});
const orders = (num: number) => ({
  func: "ge",
  num,
  val: { func: "total", evt: { func: "event", name: "metrics/orders" } },
});
const hits = (pred: object) => ({ func: "container", context: "hits", pred });
const within = (count: number) => ({ func: "time-restriction", limit: "within", count, unit: "day" });
const journey = (days: number, ...steps: readonly string[]) =>
  definitionOf("visitors", {
    func: "sequence",
    stream: steps.flatMap((page, i) => [...(i > 0 ? [within(days)] : []), hits(streq("page", page))]),
  });

const dataViewId = "dv_dev";
const [ONE, OTHER] = AUDIENCES;
const JANE = { to: "user", id: "5B0000000000000000000002@company.example" };
const BOB = { to: "user", id: "5B0000000000000000000003@company.example" };
const ANALYSTS = { to: "group", id: "812345678" };
const EVERYBODY = { to: "all" };
/** A segment that somebody has made in the UI, and that a pull request takes over. */
const BY_HAND = "sEMULATOR@AdobeOrg_0123456789abcdef01234567";

/** What is deployed before each of the pull requests. */
export const BEFORE = {
  mobile: [
    "Segment",
    {
      name: "Mobile visitors",
      description: "On a phone or a tablet",
      dataViewId,
      definition: definitionOf("visitors", streq("device_type", "Phone")),
    },
  ],
  buyers: [
    "Segment",
    { name: "Buyers", dataViewId, definition: definitionOf("visits", streq("page", "Checkout"), orders(1)) },
  ],
  funnel: ["Segment", { name: "Funnel", dataViewId, definition: journey(3, "Home", "Cart", "Thanks"), shares: [] }],
  vip: ["Segment", { name: "VIP", dataViewId, definition: definitionOf("visitors", orders(10)) }, { protect: true }],
  readers: [
    "Segment",
    {
      name: "Readers",
      dataViewId,
      definition: definitionOf("visits", streq("page", "Blog")),
      tags: ["blog", "draft"],
      shares: [JANE, ANALYSTS],
    },
  ],
  campaign: [
    "Segment",
    {
      name: "Campaign",
      dataViewId,
      definition: definitionOf("visits", streq("page", "Campaign")),
      deletionPolicy: "retain",
    },
  ],
  trial: [
    "Segment",
    {
      name: "Trial",
      dataViewId,
      definition: definitionOf("visits", streq("page", "Trial")),
      deletionPolicy: "refuseIfUsed",
    },
  ],
  nightly: ["SegmentJob", { segmentIds: [ONE, OTHER], triggers: { release: "2026-10" } }],
  every: ["SegmentJob", { allSegments: true, sandbox: "dev" }],
} as const satisfies Resources;

const { mobile, buyers, funnel, vip, readers, trial, nightly } = BEFORE;

const changed = (changes: Resources): string => program({ ...BEFORE, ...changes });
const without = (...names: readonly string[]): string =>
  program(Object.fromEntries(Object.entries(BEFORE).filter(([name]) => !names.includes(name))));

/** What a name may hold that nobody wants rendered, run or notified. */
const HOSTILE = [
  "@here ping @octocat #1 <script>alert(1)</script> **bold** [link](https://example.com)",
  "a | b `code` ``two`` ~~no~~ <!-- hidden --> &amp; \\ $x$ :tada:",
  "line one\nline two\r\n# heading\n```\nout of the fence",
  "\u202egnp.exe\u2066 \u200b\ufeff \u0007 😀 𝒳",
  "</code></summary></details><img src=x onerror=alert(1)>",
] as const;

const hostile: Resources = Object.fromEntries(
  HOSTILE.map((text, index) => [
    `hostile${index}`,
    [
      "Segment",
      { name: text, description: text, dataViewId, definition: definitionOf("visits", streq("page", text)) },
    ] as const,
  ]),
);

const COMPONENT = `
class Audience extends pulumi.ComponentResource {
  constructor(name, opts) {
    super("acme:web:Audience", name, {}, opts);
    for (const device of ["Phone", "Tablet"])
      new cja.Segment(name + "-" + device.toLowerCase(), {
        name: name + " on " + device,
        dataViewId: "${dataViewId}",
        definition: ${JSON.stringify(definitionOf("visits", streq("device_type", "DEVICE"))).replace(
          '"DEVICE"',
          "device",
        )},
      }, { parent: this });
  }
}
new Audience("readers");
`;

const KNOWN_LATER = `
new cja.SegmentJob("after", { segmentIds: [new cja.SegmentJob("first", { segmentIds: ["${ONE}"] }).batchId] });
new cja.Segment("described", {
  name: "Described later",
  description: pulumi.interpolate\`\${new cja.SegmentJob("other", { segmentIds: ["${OTHER}"] }).id}\`,
  dataViewId: "${dataViewId}",
  definition: ${JSON.stringify(definitionOf("visits", streq("page", "Later")))},
});`;

export const SCENES: readonly Scene[] = [
  { name: "nothing", program: program(BEFORE) },
  {
    // All that is new: segments, one of them taken over, one in a component, some with hostile words, and jobs; two jobs run anew.
    name: "create",
    program: `${changed({
      returning: [
        "Segment",
        {
          name: "Returning",
          description: "Came back within a week",
          dataViewId,
          definition: journey(7, "Home", "Home"),
          tags: ["web"],
          shares: [ANALYSTS],
          deletionPolicy: "refuseIfUsed",
        },
      ],
      byHand: [
        "Segment",
        {
          name: "By hand",
          dataViewId,
          definition: definitionOf("visits", streq("page", "By hand")),
          adoptId: BY_HAND,
          tags: [],
          shares: [{ ...ANALYSTS, access: "edit" }],
        },
      ],
      ...hostile,
      nightly: ["SegmentJob", { ...nightly[1], segmentIds: [ONE] }],
      every: ["SegmentJob", { allSegments: true, sandbox: "prod" }],
    })}
${COMPONENT}
${KNOWN_LATER}`,
    edit: ({ control }) =>
      control.addSegment({
        id: BY_HAND,
        name: "By hand",
        dataViewId,
        definition: definitionOf("visits", streq("page", "By hand")),
        tags: ["mine"],
        shares: [{ type: "all" }],
      }),
  },
  {
    name: "change-words",
    program: changed({
      mobile: ["Segment", { ...mobile[1], name: "Mobile people", description: undefined }],
      buyers: ["Segment", { ...buyers[1], description: "Those who pay" }],
      readers: ["Segment", { ...readers[1], tags: ["blog", "news"], shares: [{ ...ANALYSTS, access: "edit" }, BOB] }],
      funnel: ["Segment", { ...funnel[1], shares: [EVERYBODY] }],
    }),
  },
  {
    name: "change-definition",
    program: changed({
      mobile: ["Segment", { ...mobile[1], definition: definitionOf("visits", streq("device_type", "Tablet")) }],
      buyers: [
        "Segment",
        {
          ...buyers[1],
          definition: definitionOf("visits", orders(2), { func: "without", pred: streq("country", "DE") }),
        },
      ],
      funnel: ["Segment", { ...funnel[1], definition: journey(1, "Home", "Offer", "Cart", "Thanks") }],
      vip: ["Segment", { ...vip[1], definition: definitionOf("visitors", orders(20)) }, { protect: true }],
    }),
  },
  {
    name: "replace",
    program: changed({
      mobile: ["Segment", { ...mobile[1], dataViewId: "dv_stage" }],
      trial: ["Segment", { ...trial[1], dataViewId: "dv_stage" }],
    }),
  },
  { name: "delete", program: without("buyers", "campaign", "trial", "every") },
  {
    name: "run",
    program: changed({
      release: ["SegmentJob", { segmentIds: [ONE], waitForCompletion: true }],
      nightly: ["SegmentJob", { ...nightly[1], triggers: { release: "2026-11", by: { team: "web" } } }],
    }),
  },
  {
    name: "mistakes",
    program: changed({
      mobile: ["Segment", { ...mobile[1], name: "", definition: definitionOf("people", { func: "gte", num: "5" }) }],
    }),
    fails: true,
  },
  {
    name: "refused",
    program: changed({
      mobile: ["Segment", { ...mobile[1], definition: definitionOf("visits", streq("no_such_dimension", "x")) }],
    }),
    edit: ({ control }) =>
      control.setVerdict({ valid: false, message: "Unknown dimension variables/no_such_dimension" }),
    fails: true,
  },
  { name: "protected", program: without("vip"), fails: true },
  {
    name: "drift",
    program: changed({ vip: ["Segment", { ...vip[1], name: "Very important" }, { protect: true }] }),
    args: ["--refresh"],
    edit: ({ control }, idOf) => {
      control.editSegment(idOf("mobile"), {
        name: "Mobile (do not touch)",
        definition: definitionOf("visitors", streq("device_type", "Television")),
        modified: "2026-11-28T09:15:07Z",
      });
      control.editSegment(idOf("vip"), { description: "Edited by hand" });
      control.editSegment(idOf("readers"), { tags: ["blog", "mine"], shares: [{ type: "all" }] });
    },
  },
];

/** A change to each of many segments at once. */
export const MANY = 300;
export const manySegments = (page: string): string =>
  program(
    Object.fromEntries(
      Array.from({ length: MANY }, (_, index) => [
        `s${String(index).padStart(3, "0")}`,
        [
          "Segment",
          {
            name: `Segment ${index}`,
            dataViewId,
            definition: definitionOf("visits", streq("page", page), orders(index)),
          },
        ] as const,
      ]),
    ),
  );
