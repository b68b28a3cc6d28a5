import {
  add,
  audiencesPath,
  content,
  definitionsPath,
  evaluation,
  inTheUs,
  newAudience,
  patch,
  pql,
  read,
  write,
} from "../audiences";
import { at, textAt, type JsonObject } from "../json";
import { orgId, step } from "../place";
import { statement, type Statement } from "../statement";

const paths = [audiencesPath, definitionsPath];
const form = (path: string): string => (path === audiencesPath ? "an audience" : "a definition");

/** Each field, in both forms where both have it. */
export const fieldStatements: readonly Statement[] = [
  statement({
    of: ["fields > id", "both > one id for both"],
    says: "made by the server, a UUID, the same under both paths",
    ask: write(audiencesPath, content()),
    answer: async ({ body }, { place }) => {
      const id = textAt(body, "id");
      expect(id).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
      expect(at(body, "audienceId")).toBe(id);
      expect(at((await place.ask(read(definitionsPath, id))).body, "name")).toBe("Buyers");
    },
  }),
  ...paths.flatMap((path) => [
    ...["name", "expression", "schema"].map((field) =>
      statement({
        of: `fields > ${field === "expression" ? "expression.value" : field}`,
        says: `required to make ${form(path)}: one without ${field} is refused`,
        ask: write(path, Object.fromEntries(Object.entries(content()).filter(([name]) => name !== field))),
        answer: async ({ status, body }, { place }) => {
          expect(status).toBe(400);
          expect(at(body, "errors.400.0.code")).toBe("UPAPI-113434-400");
          expect(at((await place.ask({ path: audiencesPath })).body, "_page.totalCount")).toBe(0);
        },
        ...(path === audiencesPath && { decides: "missing-fields-code" }),
      }),
    ),
    statement({
      of: "fields > description",
      says: `optional for ${form(path)}; empty where there is none`,
      ask: [
        write(path, content({ name: "Silent" })),
        write(path, content({ name: "Told", description: "Last 30 days" })),
      ],
      answer: async ({ body }, { place }) => {
        expect(at(body, "description")).toBe("Last 30 days");
        const list = (await place.ask({ path: audiencesPath, query: { name: "Silent" } })).body;
        expect(at(list, "children.0.description")).toBe("");
      },
    }),
    statement({
      of: "fields > expression.type",
      says: `only PQL is supported for ${form(path)}`,
      ask: write(path, content({ expression: { ...pql(inTheUs), type: "ARL" } })),
      answer: ({ status }) => expect(status).toBe(400),
    }),
    ...[
      { format: "pql/text", value: inTheUs },
      { format: "pql/json", value: '{"nodeType":"literal","literalType":"Boolean","value":true}' },
    ].map(({ format, value }) =>
      statement({
        of: ["fields > expression.format", "fields > expression.value"],
        says: `${form(path)} takes ${format}, whose value is a string`,
        ask: write(path, content({ expression: pql(value, format) })),
        answer: async ({ body }, { place }) => {
          expect(at(body, "expression")).toEqual(pql(value, format));
          for (const each of [{ nodeType: "literal" }, 1]) {
            const wrong = { ...pql("", format), value: each };
            expect((await place.ask(write(path, content({ name: "Wrong", expression: wrong })))).status).toBe(400);
          }
          const other = content({ name: "Other", expression: pql(value, "pql/sql") });
          expect((await place.ask(write(path, other))).status).toBe(400);
        },
      }),
    ),
    statement({
      of: "fields > evaluationInfo",
      says: `what was asked of ${form(path)} is answered, exactly one true`,
      ask: write(path, content({ evaluationInfo: evaluation("synchronous") })),
      answer: async ({ body }, { place }) => {
        expect(at(body, "evaluationInfo")).toEqual(evaluation("synchronous"));
        const both = { batch: { enabled: true }, continuous: { enabled: true } };
        const answer = await place.ask(write(path, content({ name: "Both", evaluationInfo: both })));
        expect(answer.status).toBe(400);
      },
      decides: "evaluation-combinations",
    }),
    statement({
      of: "fields > profileInstanceId",
      says: `"ups" in ${form(path)}`,
      ask: write(path, content({ profileInstanceId: "another" })),
      answer: ({ body }) => expect(at(body, "profileInstanceId")).toBe("ups"),
      decides: "profile-instance-id-of-audiences",
    }),
    statement({
      of: "fields > dataGovernancePolicy",
      says: `the server sets it in ${form(path)}`,
      ask: write(path, content({ dataGovernancePolicy: { excludeOptOut: false } })),
      answer: ({ body }) => expect(at(body, "dataGovernancePolicy")).toEqual({ excludeOptOut: true }),
    }),
    statement({
      of: "fields > imsOrgId, sandbox",
      says: `those that ${form(path)} belongs to, whatever is sent`,
      ask: {
        ...write(path, content({ imsOrgId: "another", sandbox: { sandboxName: "dev" } })),
        headers: { "x-sandbox-name": "stage" },
      },
      answer: ({ body }) => {
        const sandbox = {
          sandboxId: expect.any(String) as string,
          sandboxName: "stage",
          type: "development",
          default: false,
        };
        expect(body).toMatchObject({ imsOrgId: orgId, sandbox });
      },
    }),
    statement({
      of: "fields > ttlInDays",
      says: `optional for ${form(path)}; a number of days`,
      ask: write(path, content({ ttlInDays: 60 })),
      answer: async ({ body }, { place }) => {
        expect(at(body, "ttlInDays")).toBe(60);
        const silent = (await place.ask(write(path, content({ name: "Silent" })))).body;
        expect(at(silent, "ttlInDays")).toBeUndefined();
        expect((await place.ask(write(path, content({ name: "Text", ttlInDays: "60" })))).status).toBe(400);
      },
    }),
    statement({
      of: "fields > schema",
      says: `the XDM class of ${form(path)}; by its name`,
      ask: write(path, content({ schema: { name: "_xdm.context.account" } })),
      answer: async ({ body }, { place }) => {
        expect(at(body, "schema")).toEqual({ name: "_xdm.context.account" });
        const byId = content({ name: "By ID", schema: { id: "https://ns.adobe.com/xdm/context/profile" } });
        expect((await place.ask(write(path, byId))).status).toBe(400);
      },
      decides: "schema-by-name",
    }),
    statement({
      of: "fields > mergePolicyId",
      says: `the ID of a merge policy of the sandbox; ${form(path)} that names none has the default one`,
      given: async (place) => {
        const policies = (await place.control("GET", "/merge-policies")) as { mergePolicies: readonly JsonObject[] };
        const find = (sandbox: string, isDefault: boolean) =>
          policies.mergePolicies.find((each) => each["sandbox"] === sandbox && each["default"] === isDefault) ?? {};
        return { usual: find("prod", true), other: find("prod", false), foreign: find("dev", false) };
      },
      ask: write(path, content()),
      answer: async ({ body }, { place, given }) => {
        expect(at(body, "mergePolicyId")).toBe(at(given.usual, "id"));
        const ask = (policy: JsonObject) =>
          place.ask(write(path, content({ name: "Named", mergePolicyId: at(policy, "id") ?? null })));
        expect((await ask(given.foreign)).status).toBe(400);
        expect(at((await ask(given.other)).body, "mergePolicyId")).toBe(at(given.other, "id"));
      },
      decides: "merge-policy-of-audiences",
    }),
  ]),
  statement({
    of: "fields > payloadSchema",
    says: "its meaning is not documented; the answers of definitions do not have it",
    ask: write(definitionsPath, content({ payloadSchema: "string" })),
    answer: ({ status, body }) => expect([status, at(body, "payloadSchema")]).toEqual([200, undefined]),
  }),
  statement({
    of: "fields > times",
    says: "made by the server: creationTime and updateTime in ms, the epochs in s",
    given: async (place) => {
      await place.control("PUT", "/clock", { now: 1_796_000_000_500 });
      const token = textAt(await place.control("POST", "/tokens"), "access_token");
      const headers = { authorization: `Bearer ${token}` };
      const { body } = await place.ask({ ...write(audiencesPath, content({ creationTime: 1 })), headers });
      await place.advance(step);
      return { headers, id: textAt(body, "id") };
    },
    ask: ({ id, headers }) => ({ ...patch(audiencesPath, id, [add("description", "Later")]), headers }),
    answer: async ({ body }, { place, given }) => {
      expect(body).toMatchObject({ creationTime: 1_796_000_000_500, createEpoch: 1_796_000_000 });
      expect(body).toMatchObject({ updateEpoch: 1_796_000_001, updateTime: 1_796_000_001_000 });
      const list = await place.ask({ path: definitionsPath, headers: given.headers });
      expect(at(list.body, "segments.0.baselineTime")).toBe(1_796_000_000);
      const one = await place.ask({ ...read(definitionsPath, given.id), headers: given.headers });
      expect(one.body).toMatchObject({ creationTime: 1_796_000_000_500, updateEpoch: 1_796_000_001 });
      expect(at(one.body, "baselineTime")).toBeUndefined();
    },
    decides: "audience-times",
  }),
  ...["labels", "lifecycleState"].map((field) =>
    statement({
      of: `fields > ${field}`,
      says: "of audiences alone, where it can be changed; definitions neither show nor take it",
      given: async (place) => {
        const value = field === "labels" ? ["core/C1"] : "draft";
        return { value, id: await newAudience(place, { [field]: value }) };
      },
      ask: ({ id }) => patch(definitionsPath, id, content({ [field]: field === "labels" ? ["core/C9"] : "inactive" })),
      answer: async ({ body }, { place, given }) => {
        expect(at(body, field)).toBeUndefined();
        expect(at((await place.ask(read(audiencesPath, given.id))).body, field)).toEqual(given.value);
        const changed = field === "labels" ? ["core/C2", "custom/deep"] : "published";
        expect(at((await place.ask(patch(audiencesPath, given.id, [add(field, changed)]))).body, field)).toEqual(
          changed,
        );
      },
    }),
  ),
  statement({
    of: "fields > members of audiences alone",
    says: "type, originName, namespace and audienceId of an audience of the platform",
    ask: write(audiencesPath, content({ tags: ["web"], ansibleDataModel: { a: 1 }, unknown: 1 })),
    answer: async ({ body }, { place }) => {
      const origin = { type: "SegmentDefinition", originName: "REAL_TIME_CUSTOMER_PROFILE", namespace: "AEPSegments" };
      expect(body).toMatchObject({ ...origin, audienceId: at(body, "id"), isSystem: false });
      expect(body).toMatchObject({ tags: ["web"], ansibleDataModel: { a: 1 } });
      expect(at(body, "unknown")).toBeUndefined();
      const definition = await place.ask(read(definitionsPath, textAt(body, "id")));
      expect(Object.keys(definition.body as object)).not.toEqual(expect.arrayContaining(["type"]));
    },
    decides: "audience-extras",
  }),
];
