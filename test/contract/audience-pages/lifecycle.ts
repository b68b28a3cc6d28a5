import {
  add,
  audiencesPath,
  content,
  definitionsPath,
  newAudience,
  patch,
  pql,
  put,
  read,
  remove,
  write,
} from "../audiences";
import { at, textAt } from "../json";
import { idOf } from "../segments";
import { statement, type Statement } from "../statement";

const asking = (...ids: readonly string[]) => pql(ids.map((id) => `inSegment("${id}")`).join(" and "));

/** States, and what one audience has to do with another. */
export const lifecycleStatements: readonly Statement[] = [
  ...["draft", "published", "inactive"].map((state) =>
    statement({
      of: `lifecycle > ${state}`,
      says: "set by POST and by PATCH; other audiences may use it",
      given: (place) => newAudience(place, { lifecycleState: state }),
      ask: (id) => read(audiencesPath, id),
      answer: async ({ body }, { place, given }) => {
        expect(at(body, "lifecycleState")).toBe(state);
        const using = await place.ask(write(audiencesPath, content({ name: "Using", expression: asking(given) })));
        expect(using.status).toBe(201);
        const id = await newAudience(place, { name: "Later" });
        const patched = await place.ask(patch(audiencesPath, id, [add("lifecycleState", state)]));
        expect(at(patched.body, "lifecycleState")).toBe(state);
      },
    }),
  ),
  statement({
    of: "lifecycle > published",
    says: "the state of a POST that names none is not said; archived, of the OpenAPI document, has no meaning that is said",
    ask: write(audiencesPath, content()),
    answer: async ({ body }, { place }) => {
      expect(at(body, "lifecycleState")).toBe("published");
      const archived = await place.ask(write(audiencesPath, content({ name: "Old", lifecycleState: "archived" })));
      expect(archived.status).toBe(400);
    },
    decides: "lifecycle-states",
  }),
  statement({
    of: "lifecycle > deleted",
    says: "not usable in other audiences",
    given: async (place) => {
      const id = await newAudience(place);
      await place.ask(remove(audiencesPath, id));
      return id;
    },
    ask: (id) => write(audiencesPath, content({ expression: asking(id) })),
    answer: ({ status, body }, { given }) => {
      expect([status, at(body, "errors.400.0.code")]).toEqual([400, "UPAPI-113434-400"]);
      expect(at(body, "title")).toContain(given);
    },
    decides: "references-must-exist",
  }),
  statement({
    of: "lifecycle > active is the old word",
    says: "samples answer it for a published audience; and it is taken for published",
    given: (place) => newAudience(place, { lifecycleState: "active" }),
    ask: (id) => read(audiencesPath, id),
    answer: async ({ body }, { place, given }) => {
      expect(at(body, "lifecycleState")).toBe("published");
      await place.control("PUT", "/audience-service", { oldStates: true });
      expect(at((await place.ask(read(audiencesPath, given))).body, "lifecycleState")).toBe("active");
      const draft = await place.ask(patch(audiencesPath, given, [add("lifecycleState", "draft")]));
      expect(at(draft.body, "lifecycleState")).toBe("draft");
    },
    decides: "old-states",
  }),
  ...["AUDIENCE_ORCHESTRATION", "AUDIENCE_MANAGER", "CUSTOM_UPLOAD"].map((originName) =>
    statement({
      of: ["lifecycle > other origins are read only", "failures > wrong origin"],
      says: `one that ${originName} has made is refused with UPAPI-113434-400`,
      given: async (place) => idOf(await place.control("POST", "/audiences", { name: "Theirs", originName })),
      ask: (id) => patch(audiencesPath, id, [add("name", "Mine")]),
      answer: async (patched, { place, given }) => {
        const answers = [
          patched,
          await place.ask(put(given, content())),
          await place.ask(remove(audiencesPath, given)),
        ];
        for (const { status, body } of answers) {
          expect([status, at(body, "errors.400.0.code")]).toEqual([400, "UPAPI-113434-400"]);
        }
        expect((await place.ask(read(audiencesPath, given))).body).toMatchObject({ name: "Theirs", originName });
        expect((await place.ask(read(definitionsPath, given))).status).toBe(404);
        expect(at((await place.ask({ path: definitionsPath })).body, "segments")).toEqual([]);
      },
      decides: "definitions-of-others",
    }),
  ),
  ...[
    { form: "text", expression: (id: string) => asking(id) },
    {
      form: "JSON",
      expression: (id: string) => {
        const literal = { nodeType: "literal", literalType: "String", value: id };
        const call = { nodeType: "fnApply", fnName: "inSegment", params: [literal] };
        return pql(JSON.stringify({ nodeType: "fnApply", fnName: "not", params: [call] }), "pql/json");
      },
    },
  ].map(({ form, expression }) =>
    statement({
      of: ["references > inSegment", "references > dependents and dependencies"],
      says: `an audience that asks for another one, in ${form}: IDs both ways`,
      given: (place) => newAudience(place, { name: "Asked for" }),
      ask: (id) => write(audiencesPath, content({ name: "Asking", expression: expression(id) })),
      answer: async ({ status, body }, { place, given }) => {
        expect([status, at(body, "dependencies"), at(body, "dependents")]).toEqual([201, [given], []]);
        const asked = await place.ask(read(audiencesPath, given));
        expect(asked.body).toMatchObject({ dependencies: [], dependents: [at(body, "id")] });
        const list = (await place.ask({ path: audiencesPath, query: { name: "Asked for" } })).body;
        expect(at(list, "children.0.dependents")).toEqual([at(body, "id")]);
        await place.ask(patch(audiencesPath, textAt(body, "id"), [add("expression", pql("a = 1"))]));
        expect(at((await place.ask(read(audiencesPath, given))).body, "dependents")).toEqual([]);
      },
    }),
  ),
];
