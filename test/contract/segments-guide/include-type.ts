import { pluck } from "../json";
import { colleaguesSegment, editInUi, ownSegment, ownSegments } from "../segments";
import { statement, type Statement } from "../statement";

const list = "GET /segments";
const path = "/segments";

/** One of each kind: mine, a colleague's that is shared with me, a colleague's that is not, a template. */
async function oneOfEach(place: Parameters<typeof ownSegment>[0]): Promise<void> {
  await ownSegment(place, { name: "mine" });
  await colleaguesSegment(place, { name: "shared with me", shared: true });
  await colleaguesSegment(place, { name: "not shared", shared: false });
  await colleaguesSegment(place, { name: "template", template: true });
}

const names = ["Beta buyers", "Alpha visitors", "Gamma phones"] as const;
const [beta, alpha, gamma] = names;

export const includeTypeStatements: readonly Statement[] = [
  ...[
    { value: "shared", expected: ["mine", "shared with me"], of: [`${list} > request > includeType=shared`] },
    { value: "templates", expected: ["mine", "template"], of: [`${list} > request > includeType=templates`] },
    {
      value: "shared,templates",
      expected: ["mine", "shared with me", "template"],
      of: [`${list} > request > includeType`],
    },
    {
      value: "all",
      expected: ["mine", "not shared", "shared with me"],
      of: [`${list} > request > includeType=all`],
    },
    {
      value: "shared,all",
      expected: ["mine", "not shared", "shared with me"],
      of: [`${list} > prose > the all option takes precedence over shared`],
    },
  ].map(({ value, expected, of }) =>
    statement({
      of,
      says: `includeType=${value}: additional segments not owned by user`,
      given: oneOfEach,
      ask: { path, query: { includeType: value } },
      answer: ({ status, body }) => {
        expect(status).toBe(200);
        // Whether "all" has templates in it, the guide leaves open.
        const names = pluck(body, "name").filter((name) => !value.includes("all") || name !== "template");
        expect(names.sort()).toEqual(expected);
      },
    }),
  ),
  ...[
    {
      value: undefined,
      expected: [alpha, beta, gamma],
      of: [`${list} > request > filterByPublishedSegments default all`],
    },
    { value: "all", expected: [alpha, beta, gamma], of: [`${list} > request > filterByPublishedSegments=all`] },
    {
      value: "true",
      expected: [beta],
      of: [`${list} > request > filterByPublishedSegments=true`, `${list} > request > filterByPublishedSegments`],
    },
    { value: "false", expected: [alpha, gamma], of: [`${list} > request > filterByPublishedSegments=false`] },
  ].map(({ value, expected, of }) =>
    statement({
      of,
      says: `segments where the published field is set to the value (${value ?? "none given"})`,
      given: async (place) => {
        const [first = ""] = await ownSegments(place, ...names);
        await editInUi(place, first, { published: true });
      },
      ask: { path, ...(value === undefined ? {} : { query: { filterByPublishedSegments: value } }) },
      answer: ({ body }) => expect(pluck(body, "name").sort()).toEqual(expected),
    }),
  ),
];
