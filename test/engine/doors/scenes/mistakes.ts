import { deviceIs } from "../../programs";
import type { Scene } from "../scene";

const good = { name: "Good", dataViewId: "dv_dev", definition: deviceIs("Phone") };
const container = (change: object) => ({ ...good.definition, container: { ...good.definition.container, ...change } });
const NOTHING = { CJA_ORG_ID: "", CJA_CLIENT_ID: "", CJA_CLIENT_SECRET: "" };
const ANOTHER = { CJA_ORG_ID: "OTHER@AdobeOrg" };

export const MISTAKES: readonly Scene[] = [
  {
    title: "mistakes in arguments",
    steps: [
      {
        shows: "are refused, all of a resource in one text, and nothing is sent",
        run: "preview",
        program: {
          empty: ["Segment", { ...good, name: "" }],
          text: ["Segment", { ...good, definition: "segment" }],
          bare: ["Segment", { ...good, definition: { func: "segment", version: [1, 0, 0] } }],
          place: ["Segment", { ...good, definition: container({ context: "hit" }), locale: "en" }],
          misspelt: ["Segment", { name: "Misspelt", dataViewId: "dv_dev", defintion: good.definition }],
          adopts: ["Segment", { ...good, adoptId: "a b" }],
          policy: ["Segment", { ...good, deletionPolicy: "keep" }],
          none: ["SegmentJob", { segmentIds: [] }],
          doubled: ["SegmentJob", { segmentIds: ["a", "a"], allSegments: true, timeout: "soon" }],
          many: ["SegmentJob", { segmentIds: ["a", "b", "c"] }],
        },
        settings: { CJA_MAX_SEGMENTS_PER_JOB: "2" },
        steps: {},
        sends: [],
        fails: {
          empty: "name: found a string, expected a string that is not empty",
          text: "definition: found a string, pass the object itself",
          bare: "definition.container: missing",
          place: "2 mistakes in the arguments\n  definition.container.context: ",
          misspelt: 'defintion: there is no such argument; did you mean "definition"?',
          adopts: "adoptId: ",
          policy: "deletionPolicy: ",
          none: "segmentIds: found an empty list, expected at least one audience ID",
          doubled: "3 mistakes in the arguments\n  segmentIds[1]: found a string a second time",
          many: "segmentIds: found 3 audiences, but a job takes at most 2 (cja:maxSegmentsPerJob)",
        },
      },
      {
        shows: "that the service finds are refused with its words, before anything is made",
        run: "up",
        first: ({ control }) => control.setVerdict({ valid: false, message: "no such dimension" }),
        program: { refused: ["Segment", good] },
        steps: {},
        sends: ["GET /segments", "POST /segments/validate"],
        fails: { refused: "no such dimension" },
      },
    ],
  },
  {
    title: "settings",
    steps: [
      {
        shows: "that are missing are named, all of them",
        run: "preview",
        program: { one: ["Segment", good], run: ["SegmentJob", { segmentIds: ["a"] }] },
        settings: NOTHING,
        steps: { run: "create" },
        sends: [],
        fails: { one: "Set the environment variables CJA_ORG_ID, CJA_CLIENT_ID, CJA_CLIENT_SECRET" },
      },
      {
        shows: "are not missed where nothing is to be asked",
        run: "preview",
        settings: { ...NOTHING, CJA_VALIDATE: "apply" },
        steps: { one: "create", run: "create" },
        sends: [],
      },
      {
        shows: "that are wrong refuse every resource",
        run: "preview",
        settings: { CJA_REQUESTS_PER_MINUTE: "many", CJA_VALIDATE: "sometimes" },
        steps: {},
        sends: [],
        fails: { one: "CJA_REQUESTS_PER_MINUTE", run: "2 mistakes in the settings" },
      },
      {
        shows: "let all be made when they are right",
        run: "up",
        steps: { one: "create", run: "create" },
        sends: ["GET /jobs", "GET /segments", "POST /segments/validate", "POST /jobs a", "POST /segments Good"],
      },
      ...(["up", "refresh", "destroy"] as const).map((run) => ({
        shows: `of another organisation are refused by ${run}`,
        run,
        settings: ANOTHER,
        steps: {},
        sends: [],
        fails: { one: "OTHER@AdobeOrg", run: "" },
      })),
      {
        shows: "with a secret that is wrong end it with the way out",
        run: "refresh",
        settings: { CJA_CLIENT_SECRET: "wrong", CJA_CLIENT_ID: "another" },
        steps: {},
        sends: [],
        fails: { one: "Could not sign in to Adobe", run: "" },
      },
    ],
  },
];
