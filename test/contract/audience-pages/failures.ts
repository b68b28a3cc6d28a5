import {
  add,
  audiencesPath,
  content,
  definitionsPath,
  inSandbox,
  newAudience,
  patch,
  pql,
  put,
  read,
  remove,
  write,
} from "../audiences";
import { expectUpapi } from "../aep-openapi/upapi";
import { at } from "../json";
import { statement, type Statement } from "../statement";

const paths = [audiencesPath, definitionsPath];
const form = (path: string): string => (path === audiencesPath ? "audiences" : "definitions");

export const failureStatements: readonly Statement[] = [
  statement({
    of: "failures > name exists already",
    says: "422 for a definition whose name the sandbox has: use PATCH",
    given: (place) => newAudience(place, { lifecycleState: "inactive" }),
    ask: write(definitionsPath, content()),
    answer: async ({ status, body }, { place, given }) => {
      expect(status).toBe(422);
      expectUpapi(body, 422);
      expect(at(body, "title")).toMatch(/already exists.*PATCH/);
      expect(at((await place.ask({ path: definitionsPath })).body, "page.totalCount")).toBe(1);
      const elsewhere = { ...write(definitionsPath, content()), headers: inSandbox("dev") };
      expect((await place.ask(elsewhere)).status).toBe(200);
      expect((await place.ask(write(definitionsPath, content({ name: "buyers" })))).status).toBe(200);
      const other = await newAudience(place, { name: "Others" });
      expect((await place.ask(patch(definitionsPath, other, content()))).status).toBe(400);
      expect((await place.ask(patch(definitionsPath, given, content()))).status).toBe(200);
    },
    decides: "name-scope",
  }),
  statement({
    of: "failures > name exists already",
    says: "names are unique, and audiences list no 422",
    given: (place) => newAudience(place),
    ask: write(audiencesPath, content()),
    answer: async ({ status }, { place }) => {
      expect(status).toBe(201);
      await place.control("PUT", "/audience-service", { uniqueNames: true });
      expect((await place.ask(write(audiencesPath, content()))).status).toBe(422);
      const other = await newAudience(place, { name: "Others" });
      for (const [name, expected] of [
        ["Buyers", 422],
        ["Others", 200],
      ] as const) {
        expect((await place.ask(patch(audiencesPath, other, [add("name", name)]))).status).toBe(expected);
        expect((await place.ask(put(other, content({ name })))).status).toBe(expected);
      }
    },
    decides: "names-of-audiences",
  }),
  ...paths.flatMap((path) =>
    [
      "",
      "a = ",
      "a = 1 and",
      "(a = 1",
      "a = 1)",
      "a = [1, 2}",
      'a = "x',
      '{"nodeType":',
      "[]",
      "{}",
      '{"nodeType":"fnApply","params":[]}',
      '{"nodeType":"fnApply","fnName":"=","params":[1]}',
    ].map((value) =>
      statement({
        of: "failures > invalid PQL",
        says: `400 from POST and PATCH of ${form(path)}: ${value}`,
        given: (place) => newAudience(place),
        ask: (id) => {
          const expression = pql(value, /^[[{]/.test(value) ? "pql/json" : "pql/text");
          const body = path === audiencesPath ? [add("expression", expression)] : content({ expression });
          return patch(path, id, body);
        },
        answer: async ({ status, body }, { place, given }) => {
          expect(status).toBe(400);
          expectUpapi(body, 400);
          const expression = pql(value, /^[[{]/.test(value) ? "pql/json" : "pql/text");
          expect((await place.ask(write(path, content({ name: "New", expression })))).status).toBe(400);
          expect(at((await place.ask(read(path, given))).body, "expression")).toEqual(content()["expression"]);
        },
        decides: "pql-check",
      }),
    ),
  ),
  ...paths.flatMap((path) => [
    statement({
      of: "failures > has dependents",
      says: `400 with UPAPI-113631-403 from DELETE of ${form(path)}, until they are gone`,
      given: async (place) => {
        const id = await newAudience(place);
        const dependent = await newAudience(place, { name: "Asking", expression: pql(`inSegment("${id}")`) });
        return { id, dependent };
      },
      ask: ({ id }) => remove(path, id),
      answer: async ({ status, body }, { place, given }) => {
        expect(status).toBe(400);
        expect(body).toMatchObject({
          errors: { 400: [{ code: "UPAPI-113631-403", message: expect.stringContaining(given.dependent) as string }] },
          type: "https://ns.adobe.com/aep/errors/UPAPI-113631-403",
          title: "The audience cannot be deleted.",
          status: 400,
        });
        expect((await place.ask(remove(path, given.dependent))).status).toBeLessThan(300);
        expect((await place.ask(remove(path, given.id))).status).toBeLessThan(300);
      },
      ...(path === definitionsPath && { decides: "definitions-with-dependents" }),
    }),
    statement({
      of: "failures > used by a destination",
      says: `DELETE of ${form(path)} is refused; with which status is not said`,
      given: async (place) => {
        const id = await newAudience(place);
        await place.control("PATCH", `/audiences/${id}`, { destinations: ["Ads"] });
        return id;
      },
      ask: (id) => remove(path, id),
      answer: async ({ status, body }, { place, given }) => {
        expect([status, at(body, "title")]).toEqual([400, "The audience cannot be deleted."]);
        expect(at(body, "errors.400.0.message")).toContain("Ads");
        await place.control("PATCH", `/audiences/${given}`, { destinations: [] });
        expect((await place.ask(remove(path, given))).status).toBeLessThan(300);
      },
      decides: "destinations",
    }),
    statement({
      of: "failures > no rights",
      says: `403 with UPAPI-113752-403 from ${form(path)}`,
      ask: { ...write(path, content()), headers: inSandbox("somebody-elses") },
      answer: ({ status, body }) => {
        expect([status, at(body, "errors.403.0.code")]).toEqual([403, "UPAPI-113752-403"]);
        expect(at(body, "title")).toContain("Permission denied on some resources. errorMessage=[");
      },
    }),
  ]),
];
