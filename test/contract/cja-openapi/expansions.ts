import { janeAnalyst, technicalAccount } from "../../../emulator";
import { at, isObject, type Json } from "../json";
import type { Ask, Place } from "../place";
import { editInUi, ownSegment, referenceBody } from "../segments";
import { statement, type Statement } from "../statement";
import { expansionsOf, misfit, segmentMisfit } from "./schema";

/** The key of the schema that a differently named expansion fills. */
const keyOf: Readonly<Record<string, string>> = {
  createdDate: "createDate",
};

/** What comes with an expansion that is not named for it. */
const alongside: Readonly<Record<string, readonly string[]>> = { modified: ["modifiedById"] };

/** Expansions whose fields the schema does not declare, under any name. */
const undeclared = ["usedIn", "ownerFullName", "sharesFullName", "usageSummaryWithRelevancyScore"];

/** Expansions of what the emulator has none of, and what it answers. */
const empty: Readonly<Record<string, Json>> = { usageSummary: {}, favorite: false };

interface Endpoint {
  readonly method: "get" | "post" | "put";
  readonly path: "/segments" | "/segments/{id}";
  readonly ask: (id: string, query: Record<string, string>) => Ask;
  readonly segment: (body: Json | undefined) => Json | undefined;
}

const endpoints: readonly Endpoint[] = [
  {
    method: "get",
    path: "/segments",
    ask: (_id, query) => ({ path: "/segments", query }),
    segment: (body) => at(body, "content.0"),
  },
  {
    method: "get",
    path: "/segments/{id}",
    ask: (id, query) => ({ path: `/segments/${id}`, query }),
    segment: (body) => body,
  },
  {
    method: "post",
    path: "/segments",
    ask: (_id, query) => ({ method: "POST", path: "/segments", query, body: referenceBody }),
    segment: (body) => body,
  },
  {
    method: "put",
    path: "/segments/{id}",
    ask: (id, query) => ({ method: "PUT", path: `/segments/${id}`, query, body: { name: "Renamed" } }),
    segment: (body) => body,
  },
];

const title = ({ method, path }: Endpoint) => `${method.toUpperCase()} ${path}`;

async function fullSegment(place: Place): Promise<string> {
  const id = await ownSegment(place, { description: "has everything" });
  await editInUi(place, id, { tags: ["seven"], shared: true });
  return id;
}

function keys(value: Json | undefined): string[] {
  return isObject(value) ? Object.keys(value) : [];
}

export const expansionStatements: readonly Statement[] = endpoints.flatMap((endpoint) => {
  const allowed = expansionsOf(endpoint.method, endpoint.path);
  return [
    ...allowed.map((expansion) =>
      statement({
        of: [`${title(endpoint)} > expansion=${expansion}`, `${title(endpoint)} > parameter expansion`],
        says: "additional segment metadata field, beside the default items",
        place: { dialect: "reference" },
        given: fullSegment,
        ask: (id) => endpoint.ask(id, { expansion }),
        answer: async ({ status, body }, { place, given }) => {
          expect(status).toBe(200);
          const plain = endpoint.segment((await place.ask(endpoint.ask(given, {}))).body);
          expect(keys(plain)).toEqual(["id", "name", "description"]);
          const more = keys(endpoint.segment(body)).filter((key) => !keys(plain).includes(key));
          expect(more).toEqual([keyOf[expansion] ?? expansion, ...(alongside[expansion] ?? [])]);
        },
        decides: "reference-name-unasked",
      }),
    ),
    ...allowed
      .filter((expansion) => undeclared.includes(expansion))
      .map((expansion) =>
        statement({
          of: `${title(endpoint)} > expansion=${expansion}`,
          says: "its field is declared in the schema",
          place: { dialect: "reference" },
          given: fullSegment,
          ask: (id) => endpoint.ask(id, { expansion }),
          answer: ({ body }) => expect(segmentMisfit(endpoint.segment(body))).toEqual([]),
          differs: {
            ledger: "undeclared-expansions",
            here: ({ body }) => expect(segmentMisfit(endpoint.segment(body))).toEqual([`+ ${expansion}`]),
          },
        }),
      ),
    ...allowed
      .filter((expansion) => expansion in empty)
      .map((expansion) =>
        statement({
          of: `${title(endpoint)} > expansion=${expansion}`,
          says: "what the emulator answers for what it does not emulate",
          place: { dialect: "reference" },
          given: fullSegment,
          ask: (id) => endpoint.ask(id, { expansion }),
          answer: ({ body }) => expect(at(endpoint.segment(body), expansion)).toEqual(empty[expansion]),
          decides: "reference-constants",
        }),
      ),
    statement({
      of: `${title(endpoint)} > expansion=modified`,
      says: "who changed it last, by IMS user ID",
      place: { dialect: "reference" },
      given: fullSegment,
      ask: (id) => endpoint.ask(id, { expansion: "modified" }),
      answer: ({ body }) => {
        const editor = endpoint.method === "get" ? janeAnalyst : technicalAccount;
        expect(at(endpoint.segment(body), "modifiedById")).toBe(editor.imsUserId);
      },
      decides: "reference-modified-by",
    }),
    statement({
      of: `${title(endpoint)} > expansion=owner`,
      says: "owner is {imsUserId, name}, and no more",
      place: { dialect: "reference" },
      given: fullSegment,
      ask: (id) => endpoint.ask(id, { expansion: "owner" }),
      answer: ({ body }) => expect(segmentMisfit(endpoint.segment(body))).toEqual([]),
      differs: {
        ledger: "owner-fields",
        here: ({ body }) => expect(segmentMisfit(endpoint.segment(body))).toEqual(["+ owner.ownerId", "+ owner.type"]),
      },
    }),
    statement({
      of: `${title(endpoint)} > 200`,
      says: "every key of the answer with all other expansions is declared in the schema, with its type",
      place: { dialect: "reference" },
      given: fullSegment,
      ask: (id) => {
        const expansion = allowed.filter((each) => !undeclared.includes(each) && each !== "owner").join(",");
        return endpoint.ask(id, { expansion });
      },
      answer: ({ status, body }) => {
        expect(status).toBe(200);
        expect(segmentMisfit(endpoint.segment(body))).toEqual([]);
        expect(misfit(endpoint.method, endpoint.path, { status, body })).toEqual([]);
      },
    }),
  ];
});
