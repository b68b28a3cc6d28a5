import { formatMistake, segmentMistakes } from "../../../model";

const UNKNOWN = Symbol("not known yet");
const isUnknown = (value: unknown) => value === UNKNOWN;
const pred = { func: "streq", str: "Phone", val: { func: "attr", name: "variables/device_type" } };
const definition = { func: "segment", version: [1, 0, 0], container: { func: "container", context: "visitors", pred } };
const lines = (given: object) =>
  segmentMistakes({ name: "Mobile", dataViewId: "dv_prod", definition, ...given }, isUnknown).map(formatMistake);

test.each([
  ["no tags", { tags: [] }],
  ["tags that differ by case", { tags: ["web", "Web"] }],
  ["tags that are not known yet", { tags: ["web", UNKNOWN, UNKNOWN] }],
  ["all of them unknown", { tags: UNKNOWN, shares: UNKNOWN, deletionPolicy: UNKNOWN }],
  ["a comma in a tag", { tags: ["sales, EMEA"] }],
  [
    "shares of all kinds",
    { shares: [{ to: "all" }, { to: "user", id: "5B@x" }, { to: "group", id: "5B@x", access: "edit" }] },
  ],
  [
    "a share with an unknown ID",
    {
      shares: [
        { to: "group", id: UNKNOWN },
        { to: "group", id: UNKNOWN },
      ],
    },
  ],
  ["an unknown share", { shares: [UNKNOWN, UNKNOWN] }],
  ["null for all of them", { tags: null, shares: null, deletionPolicy: null }],
  ["a deletion policy", { deletionPolicy: "refuseIfUsed" }],
])("%s is in order", (_, given) => {
  expect(lines(given)).toEqual([]);
});

const TAG = "expected a tag's name, not empty and without spaces at its ends";

test.each<[string, object, string[]]>([
  ["a tag that is no list", { tags: "web" }, ['tags: found the string "web", expected a list of names']],
  ["an empty tag", { tags: ["web", ""] }, [`tags[1]: found the string "", ${TAG}`]],
  ["a tag with a blank", { tags: ["web "] }, [`tags[0]: found the string "web ", ${TAG}`]],
  ["a number as tag", { tags: [5] }, [`tags[0]: found the number 5, ${TAG}`]],
  [
    "a tag twice",
    { tags: ["web", "a", "web"] },
    ['tags[2]: found the string "web" a second time (also at tags[0]); give each once'],
  ],
  [
    "a share that is no list",
    { shares: { to: "all" } },
    ['shares: found an object, expected a list of shares, such as [{ to: "group", id: "…" }]'],
  ],
  [
    "a share that is a text",
    { shares: ["all"] },
    ['shares[0]: found the string "all", expected a share, such as { to: "group", id: "…" }'],
  ],
  [
    "a share to nobody known",
    { shares: [{ to: "team", id: "x" }] },
    ['shares[0].to: found the string "team", expected one of user, group, all'],
  ],
  [
    "a number as ID",
    { shares: [{ to: "group", id: 812345678 }] },
    ["shares[0].id: found the number 812345678, expected the ID of a user or a group as a string, in quotes"],
  ],
  [
    "texts and nulls as shares",
    { shares: ["all", null] },
    [
      'shares[0]: found the string "all", expected a share, such as { to: "group", id: "…" }',
      'shares[1]: found null, expected a share, such as { to: "group", id: "…" }',
    ],
  ],
  [
    "a group without ID",
    { shares: [{ to: "group" }] },
    ["shares[0].id: found nothing, expected the ID of the group to share with"],
  ],
  [
    "everybody with an ID",
    { shares: [{ to: "all", id: "x" }] },
    ['shares[0].id: found the string "x", but to: "all" means everybody; remove the ID'],
  ],
  [
    "an unknown field",
    { shares: [{ to: "group", id: "x", acess: "edit" }] },
    ['shares[0].acess: there is no such field; did you mean "access"?'],
  ],
  [
    "a share twice",
    { shares: [{ to: "all" }, { to: "user", id: "x" }, { to: "user", id: "x", access: "edit" }, { to: "all" }] },
    [
      'shares[2]: found the user "x" a second time (also at shares[1]); give each once',
      "shares[3]: found all a second time (also at shares[0]); give each once",
    ],
  ],
  [
    "another policy",
    { deletionPolicy: "keep" },
    ['deletionPolicy: found the string "keep", expected one of delete, retain, refuseIfUsed'],
  ],
  ["a misspelt argument", { tag: ["web"] }, ['tag: there is no such argument; did you mean "tags"?']],
])("%s is a mistake", (_, given, expected) => {
  expect(lines(given)).toEqual(expected);
});
