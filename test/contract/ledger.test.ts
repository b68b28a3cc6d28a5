import { ledger } from "./ledger";
import { aepOpenApiDocument } from "./aep-openapi";
import { aeppRequests } from "./aepp-requests";
import { audiencePages } from "./audience-pages";
import { cjaOpenApiDocument } from "./cja-openapi";
import { cjaMetadataOpenApiDocument } from "./cja-metadata-openapi";
import { gatewayDocument } from "./gateway";
import { jobsGuide } from "./jobs-guide";
import { inPlace } from "./place";
import { previewPages } from "./preview-pages";
import { reportPages } from "./report-pages";
import { proveOne } from "./runner";
import { segmentsGuide } from "./segments-guide";
import { sharesPage } from "./shares-page";
import { silences } from "./silences";
import { statement } from "./statement";
import { tagsPage } from "./tags-page";

const documents = [
  ...[segmentsGuide, tagsPage, sharesPage, jobsGuide],
  ...[
    cjaOpenApiDocument,
    cjaMetadataOpenApiDocument,
    aepOpenApiDocument,
    audiencePages,
    previewPages,
    reportPages,
    aeppRequests,
    gatewayDocument,
    silences,
  ],
];
const proved = new Set(documents.flatMap(({ statements }) => statements.flatMap((each) => each.ledger)));
const listed = ledger.map(({ id }) => id);

test("every difference that a statement meets is in the ledger", () => {
  expect([...proved].filter((id) => !listed.includes(id))).toEqual([]);
});

test("every entry of the ledger is proved by a statement, so that one that is no longer true fails", () => {
  expect(listed.filter((id) => !proved.has(id))).toEqual([]);
});

test("no entry is there twice, and each says what, where, and why", () => {
  expect(listed.filter((id, index) => listed.indexOf(id) !== index)).toEqual([]);
  for (const { statement: says, here, why } of ledger)
    expect([says, here, why].map((text) => text.length > 0)).not.toContain(false);
});

describe("a statement that differs", () => {
  const says = (documented: number, here: number) =>
    statement({
      of: "x",
      says: "the status of an empty list",
      ask: { path: "/segments" },
      answer: ({ status }) => expect(status).toBe(documented),
      differs: { ledger: "x", here: ({ status }) => expect(status).toBe(here) },
    });

  test("passes when the emulator does what the ledger says", () => proveOne(says(418, 200)));

  test("fails when the emulator does what the document says", () =>
    expect(proveOne(says(200, 200))).rejects.toThrow("take x off the ledger"));

  test("fails when the emulator does neither", () => expect(proveOne(says(418, 417))).rejects.toThrow("417"));

  test("a mistake of the test itself is no difference", () => {
    const broken = statement({
      of: "x",
      says: "a broken test",
      ask: { path: "/segments" },
      answer: () => {
        throw new TypeError("broken");
      },
      differs: { ledger: "x", here: () => undefined },
    });
    return expect(proveOne(broken)).rejects.toThrow("broken");
  });
});

test("a place is closed when its statement fails", async () => {
  let url = "";
  const failing = inPlace({}, async (place) => {
    url = place.url;
    throw new Error("no");
  });
  await expect(failing).rejects.toThrow("no");
  await expect(fetch(url)).rejects.toThrow("fetch failed");
});
