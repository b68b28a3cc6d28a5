import { at } from "../json";
import type { Ask } from "../place";
import { sameShape } from "../same-shape";
import { guideBody, ownSegment } from "../segments";
import { statement, type Statement } from "../statement";

const locales = ["en_US", "fr_FR", "ja_JP", "de_DE", "es_ES", "ko_KR", "pt_BR", "zh_CN", "zh_TW"] as const;

/** The endpoints with a table row for the locale; the list's row has no list of values. */
const endpoints: readonly { name: string; ask: (id: string, query: Record<string, string>) => Ask }[] = [
  { name: "GET /segments/{ID}", ask: (id, query) => ({ path: `/segments/${id}`, query }) },
  { name: "POST /segments", ask: (_id, query) => ({ method: "POST", path: "/segments", query, body: guideBody }) },
  {
    name: "PUT /segments/{ID}",
    ask: (id, query) => ({ method: "PUT", path: `/segments/${id}`, query, body: { name: "x" } }),
  },
  { name: "DELETE /segments/{ID}", ask: (id, query) => ({ method: "DELETE", path: `/segments/${id}`, query }) },
];

const list = {
  name: "GET /segments",
  ask: (_id: string, query: Record<string, string>): Ask => ({ path: "/segments", query }),
};

export const localeStatements: readonly Statement[] = [
  ...endpoints.flatMap(({ name, ask }) =>
    locales.map((locale) =>
      statement({
        of: `${name} > request > locale=${locale}`,
        says: "a valid value",
        given: (place) => ownSegment(place),
        ask: (id) => ask(id, { locale }),
        answer: ({ status }) => expect(status).toBe(200),
      }),
    ),
  ),
  ...[list, ...endpoints].flatMap(({ name, ask }) => [
    statement({
      of: `${name} > request > locale`,
      says: "a value that is not listed is refused",
      given: (place) => ownSegment(place),
      ask: (id) => ask(id, { locale: "xx_XX" }),
      answer: ({ status }) => expect(status).toBe(400),
      decides: "refused-parameters",
    }),
    statement({
      of: `${name} > request > locale default en_US`,
      says: "locale: default is en_US",
      given: async (place) => [await ownSegment(place), await ownSegment(place)],
      ask: ([first = ""]) => ask(first, {}),
      answer: async ({ status, body }, { place, given: [, second = ""] }) => {
        expect(status).toBe(200);
        // The same request with the default's name; for a list the same answer, for one segment the other's.
        const told = await place.ask(ask(second, { locale: "en_US" }));
        expect(sameShape(body ?? null, told.body ?? null)).toEqual([]);
        expect(at(told.body, "message")).toBe(at(body, "message"));
        expect(at(told.body, "compatibility")).toEqual(at(body, "compatibility"));
      },
    }),
  ]),
];
