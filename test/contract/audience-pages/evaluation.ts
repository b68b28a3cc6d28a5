import { add, audiencesPath, content, definitionsPath, evaluation, newAudience, patch, pql, write } from "../audiences";
import { at } from "../json";
import { statement, type Statement } from "../statement";

const event = (window: string): string =>
  `CHAIN(xEvent, timestamp, [C0: WHAT(eventType.equals("commerce.checkouts", false))${window}])`;
const day = event(" WHEN(<= 24 hours before now)");
const jsonOfEvent = JSON.stringify({
  nodeType: "fnApply",
  fnName: "exists",
  params: [{ nodeType: "fieldLookup", fieldName: "xEvent", object: { nodeType: "parameterReference", position: 1 } }],
});

/** Expressions that the rules of May 2025 are about, and how each is evaluated. */
const rules: readonly {
  readonly of: string;
  readonly says: string;
  readonly expression: string;
  readonly format?: string;
  readonly becomes: "batch" | "asked";
}[] = [
  {
    of: "evaluation > one event with a window over 24 hours",
    says: "all profiles that viewed a webpage in the last 3 days",
    expression: event(" WHEN(<= 3 days before now)"),
    becomes: "batch",
  },
  {
    of: "evaluation > one event without window",
    says: "all profiles that viewed a webpage",
    expression: event(""),
    becomes: "batch",
  },
  {
    of: "evaluation > one event without window",
    says: "the same as JSON",
    expression: jsonOfEvent,
    format: "pql/json",
    becomes: "batch",
  },
  { of: "evaluation > a window of 24 hours", says: "an event in 24 hours", expression: day, becomes: "asked" },
  {
    of: "evaluation > batch and event data mixed",
    says: "an event in 24 hours, and an attribute",
    expression: `${day} and homeAddress.stateProvince = "California"`,
    becomes: "batch",
  },
  {
    of: "evaluation > inSegment of a batch audience",
    says: "an event in 24 hours, and membership of a batch audience",
    expression: `inSegment("e3be6d7f") and ${day}`,
    becomes: "asked",
  },
  {
    of: "evaluation > inSegment of a batch audience",
    says: "membership of two audiences",
    expression: 'inSegment("e3be6d7f") and inSegment("e3be6d7f")',
    becomes: "asked",
  },
];

export const evaluationStatements: readonly Statement[] = [
  ...(["batch", "continuous", "synchronous"] as const).map((method) =>
    statement({
      of: "evaluation > batch, continuous, synchronous",
      says: `${method} is one of the three: daily job, streaming, edge`,
      ask: write(audiencesPath, content({ evaluationInfo: evaluation(method) })),
      answer: ({ body }) => expect(at(body, "evaluationInfo")).toEqual(evaluation(method)),
    }),
  ),
  statement({
    of: "evaluation > absent is batch",
    says: "if left empty, it is a batch one",
    ask: write(definitionsPath, content()),
    answer: async ({ body }, { place }) => {
      expect(at(body, "evaluationInfo")).toEqual(evaluation("batch"));
      const empty = await place.ask(write(definitionsPath, content({ name: "Empty", evaluationInfo: {} })));
      expect(at(empty.body, "evaluationInfo")).toEqual(evaluation("batch"));
    },
  }),
  ...rules.flatMap(({ of, says, expression, format = "pql/text", becomes }) =>
    (["continuous", "synchronous"] as const).map((asked) =>
      statement({
        of,
        says: `${says}: a new one that asks for ${asked} is ${becomes === "batch" ? "batch" : "that"}`,
        given: (place) => place.control("POST", "/audiences", { id: "e3be6d7f", name: "California residents" }),
        ask: write(audiencesPath, content({ expression: pql(expression, format), evaluationInfo: evaluation(asked) })),
        answer: ({ body }) => {
          expect(at(body, "evaluationInfo")).toEqual(evaluation(becomes === "batch" ? "batch" : asked));
        },
        decides: "downgrade",
      }),
    ),
  ),
  statement({
    of: "evaluation > old ones stay until edited",
    says: "a streaming one from before stays so, until any edit",
    given: async (place) => {
      await place.control("PUT", "/audience-service", { downgrade: false });
      const id = await newAudience(place, { expression: pql(event("")), evaluationInfo: evaluation("continuous") });
      await place.control("PUT", "/audience-service", {});
      return id;
    },
    ask: (id) => ({ path: `${audiencesPath}/${id}` }),
    answer: async ({ body }, { place, given }) => {
      expect(at(body, "evaluationInfo")).toEqual(evaluation("continuous"));
      const edited = await place.ask(patch(audiencesPath, given, [add("description", "A harmless edit")]));
      expect(at(edited.body, "evaluationInfo")).toEqual(evaluation("batch"));
    },
  }),
  statement({
    of: "evaluation > merge policy active on edge",
    says: "streaming and edge need the merge policy that is active on edge; what is answered for another is not said",
    given: async (place) => {
      await place.control("PUT", "/merge-policies", { sandbox: "prod", policies: [{ name: "Off", default: true }] });
    },
    ask: write(audiencesPath, content({ evaluationInfo: evaluation("continuous") })),
    answer: ({ body }) => expect(at(body, "evaluationInfo")).toEqual(evaluation("continuous")),
    decides: "edge-merge-policy",
  }),
];
