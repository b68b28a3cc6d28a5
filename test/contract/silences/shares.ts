import { at, pluck } from "../json";
import { componentOf, shareId, sharesFound, sharesOf, sharesPath } from "../metadata";
import type { PlaceOptions } from "../place";
import { colleaguesSegment, ownSegment } from "../segments";
import { statement, type Statement } from "../statement";
import { mixed, type Mixed } from "./mixed";

const reference: PlaceOptions = { dialect: "reference" };
const everybody = { shareToType: "all" } as const;

/** What shares do where no document says it; each named by the ledger's entry. */
export const shareSilences: readonly Statement[] = [
  statement({
    of: "share-targets",
    says: "an ID that nobody here has is kept, and people are found by any of their IDs",
    place: reference,
    given: (place) => ownSegment(place),
    ask: (id) =>
      sharesOf(
        id,
        { shareToType: "user", shareToId: 5 },
        { shareToType: "group", shareToId: "78" },
        { shareToType: "group", shareToImsId: "group@org" },
        { shareToType: "user", shareToImsId: "5B0000000000000000000002@company.example" },
      ),
    answer: async ({ body }, { place, given }) => {
      expect(at(body, "0.status.success")).toBe(true);
      const shown = (await sharesFound(place, given)).map((share) => [
        at(share, "shareToId"),
        at(share, "shareToImsId"),
      ]);
      expect(shown).toEqual([
        [5, "5"],
        [78, "78"],
        [undefined, "group@org"],
        [596983, "5B0000000000000000000002@company.example"],
      ]);
    },
    decides: "share-targets",
  }),
  statement({
    of: "share-identity",
    says: "the same target is the same share; a shareId that is sent, or another access level, makes no other",
    given: async (place) => {
      const id = await ownSegment(place);
      await place.ask(sharesOf(id, everybody));
      return { id, shareId: await shareId(place, id) };
    },
    ask: ({ id }) => sharesOf(id, { shareId: 1, accessLevel: "edit", ...everybody }, everybody),
    answer: async (_answer, { place, given }) => {
      expect(pluck(await sharesFound(place, given.id), "shareId")).toEqual([given.shareId]);
      const body = { ...componentOf("segment", given.id), ...everybody };
      const posted = await place.ask({ method: "POST", path: sharesPath, body });
      expect(posted.body).toEqual({ ...body, shareId: given.shareId });
      expect(await sharesFound(place, given.id)).toHaveLength(1);
    },
    decides: "share-identity",
  }),
  statement({
    of: "share-post",
    says: "POST of a share is 404 in the reference dialect",
    place: reference,
    given: (place) => ownSegment(place),
    ask: (id) => ({ method: "POST", path: sharesPath, body: { ...componentOf("segment", id), ...everybody } }),
    answer: ({ status }) => expect(status).toBe(404),
    decides: "share-post",
  }),
  statement<Mixed>({
    of: "share-post",
    says: "POST of a share: 404 for an unknown or deleted segment, 403 for one that is not ours to change",
    given: mixed,
    ask: ({ others }) => ({
      method: "POST",
      path: sharesPath,
      body: { ...componentOf("segment", others), ...everybody },
    }),
    answer: async ({ status }, { place, given }) => {
      expect(status).toBe(403);
      for (const id of ["unknown", given.deleted]) {
        const body = { ...componentOf("segment", id), ...everybody };
        expect((await place.ask({ method: "POST", path: sharesPath, body })).status).toBe(404);
      }
    },
    decides: "share-post",
  }),
  ...["GET", "DELETE"].map((method) =>
    statement({
      of: "unknown-share",
      says: `${method} of an unknown share`,
      place: reference,
      ask: { method, path: `${sharesPath}/1` },
      answer: ({ status, body }) => {
        expect(status).toBe(404);
        expect(at(body, "errorCode")).toBe("resource_not_found");
      },
      decides: "unknown-share",
    }),
  ),
  statement({
    of: "shared-switch",
    says: "a segment that control calls shared is in sharedto/me without a share; our own never is",
    given: async (place) => {
      await place.ask(sharesOf(await ownSegment(place), everybody));
      await colleaguesSegment(place, { shared: false });
      return colleaguesSegment(place, { shared: true });
    },
    ask: { path: `${sharesPath}/sharedto/me` },
    answer: async ({ body }, { place, given }) => {
      expect(body).toEqual([given]);
      expect(await sharesFound(place, given)).toEqual([]);
    },
    decides: "shared-switch",
  }),
];
