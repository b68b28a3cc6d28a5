import { deviceIs } from "../../programs";
import type { Scene } from "../scene";

const good = { name: "Good", dataViewId: "dv_dev", definition: deviceIs("Phone") };
const container = (change: object) => ({ ...good.definition, container: { ...good.definition.container, ...change } });
const NOTHING = { CJA_ORG_ID: "", CJA_CLIENT_ID: "", CJA_CLIENT_SECRET: "" };
const OUT = "or remove adoptId to create a new segment";
const MISSING =
  "Could not sign in to Adobe: cja:orgId is not set. Neither are cja:clientId and cja:clientSecret. " +
  "Set the environment variables CJA_ORG_ID, CJA_CLIENT_ID, CJA_CLIENT_SECRET, or the stack's config: " +
  "pulumi config set cja:orgId <value>, pulumi config set cja:clientId <value>, " +
  "pulumi config set --secret cja:clientSecret <value> (cja:accessToken, CJA_ACCESS_TOKEN, can replace the secret)";
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
    title: "mistakes that only the service can tell",
    begins: ({ control }) => {
      const { definition } = good;
      control.addSegment([
        { id: "s_stage", name: "Of another data view", dataViewId: "dv_stage", definition },
        { id: "s_deleted", name: "Deleted", dataViewId: "dv_dev", definition, deleted: true },
        { id: "s_ui", name: "Good", dataViewId: "dv_dev", definition },
      ]);
    },
    steps: [
      {
        shows: "are refused in the preview, each by its path, and nothing is written",
        run: "preview",
        program: {
          missing: ["Segment", { ...good, adoptId: "s_none" }],
          deleted: ["Segment", { ...good, adoptId: "s_deleted" }],
          elsewhere: ["Segment", { ...good, adoptId: "s_stage" }],
          lost: ["Segment", { ...good, dataViewId: "dv_none" }],
          first: ["Segment", { ...good, adoptId: "s_ui" }],
          second: ["Segment", { ...good, adoptId: "s_ui" }],
        },
        steps: { first: "create" },
        sends: ["GET /segments", "POST /segments/validate"],
        says: ["is taken over as it is."],
        fails: {
          missing: `adoptId: found "s_none", but there is no such segment, or it is deleted; correct the ID, ${OUT}`,
          deleted: `adoptId: found "{Deleted}", but there is no such segment, or it is deleted; correct the ID, ${OUT}`,
          elsewhere: `adoptId: found "{Of another data view}", which belongs to the data view "dv_stage" and not to "dv_dev"; correct dataViewId, ${OUT}`,
          lost: 'dataViewId: found "dv_none". Could not validate segment "Good" (POST /segments/validate): the service answered 400 Bad Request, invalid_parameters "Data view dv_none was not found"',
          second: `adoptId: found "{Good}", which cja.Segment "first" already has; one segment belongs to one resource.`,
        },
      },
      {
        shows: "a missing permission says who needs it",
        run: "preview",
        first: ({ control }) =>
          control.addFault({
            path: "/validate",
            status: 403,
            body: { errorCode: "insufficient_access", errorDescription: "No access" },
          }),
        program: { forbidden: ["Segment", { ...good, definition: deviceIs("Tablet") }] },
        steps: {},
        sends: ["POST /segments/validate"],
        fails: {
          forbidden:
            'the service answered 403 Forbidden, insufficient_access "No access". The technical account of the credential is a user of its own: give it the permission through a product profile in the Adobe Admin Console, or ask the owner to share with it.',
        },
      },
      {
        shows: "an answer of another shape names the field, and the rest of it is kept",
        run: "up",
        first: ({ control }) =>
          control.addFault({
            method: "POST",
            path: "^/segments$",
            status: 200,
            body: { id: "s_odd", name: 5, rsid: "dv_dev", owner: "me", created: "2026-01-01T00:00:00Z" },
          }),
        program: { odd: ["Segment", good] },
        steps: { odd: "create" },
        sends: ["GET /segments", "POST /segments Good", "POST /segments/validate"],
        says: [
          'the field "name" of the answer is not as documented',
          'the field "owner" of the answer is not as documented',
        ],
        state: { odd: { name: "Good", created: "2026-01-01T00:00:00Z" } },
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
        fails: { one: MISSING },
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
      {
        shows: "are not missed by a preview of what exists",
        run: "preview",
        settings: { ...NOTHING, CJA_VALIDATE: "apply" },
        steps: { one: "same", run: "same" },
        sends: [],
      },
      {
        shows: "that the stack's config has count as those of the environment",
        run: "preview",
        program: { one: ["Segment", good], run: ["SegmentJob", { segmentIds: ["a", "b"] }] },
        config: ({ url }) => ({ "cja:cjaUrl": url, "cja:maxSegmentsPerJob": "1" }),
        steps: { one: "same" },
        sends: [],
        fails: { run: "segmentIds: found 2 audiences, but a job takes at most 1 (cja:maxSegmentsPerJob)" },
      },
      {
        shows: "that the environment contradicts are refused, and nothing is forgotten",
        run: "refresh",
        config: ({ url }) => ({ "cja:cjaUrl": url }),
        settings: { CJA_URL: "http://127.0.0.1:1" },
        steps: {},
        sends: [],
        fails: {
          one: `but "http://127.0.0.1:1" in CJA_URL; unset the one that is wrong`,
          run: "1 mistake in the settings; nothing was sent or changed.",
        },
      },
      {
        shows: "that are malformed or differ are refused, all in one text",
        run: "preview",
        program: { one: ["Segment", good], run: ["SegmentJob", { segmentIds: ["a"] }] },
        config: { "cja:orgId": "EMULATOR@AdobeOrg", "cja:sandbox": "dev" },
        settings: {
          ...{ CJA_URL: "not a url", CJA_ORG_ID: "OTHER@AdobeOrg", CJA_SANDBOX: "stage" },
          ...{ CJA_REQUEST_TIMEOUT: "soon", CJA_MAX_RUNS_PER_DAY: "two" },
        },
        steps: {},
        sends: [],
        fails: {
          one: [
            "5 mistakes in the settings; nothing was sent or changed.",
            `  cja:orgId: found "EMULATOR@AdobeOrg" in the stack's config but "OTHER@AdobeOrg" in CJA_ORG_ID; unset the one that is wrong`,
            `  cja:sandbox: found "dev" in the stack's config but "stage" in CJA_SANDBOX; unset the one that is wrong`,
            `  cja:cjaUrl: found "not a url" in CJA_URL, expected a URL such as https://cja.adobe.io, without user, query and fragment`,
            '  cja:maxRunsPerDay: found "two" in CJA_MAX_RUNS_PER_DAY, expected a whole number from 1',
            '  cja:requestTimeout: found "soon" in CJA_REQUEST_TIMEOUT, expected a duration such as "90s", "30m", "4h" or "1h30m" (up to 24 days)',
          ].join("\n"),
          run: "",
        },
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
