import { at, pluck, textAt, type JsonObject } from "../json";
import { shareId, sharesFound, sharesOf, sharesPath } from "../metadata";
import { recorded } from "../recorded";
import { sameShape } from "../same-shape";
import { colleaguesSegment, ownSegment } from "../segments";
import { statement, type Statement } from "../statement";

const post = `POST ${sharesPath}`;
const put = `PUT ${sharesPath}`;
const remove = `DELETE ${sharesPath}/{SHARE_ID}`;
const update = recorded("shares-update.request");
const sampleId = textAt(update, "0.componentId");
const everybody = { shareToType: "all" } as const;

export const writingStatements: readonly Statement[] = [
  statement({
    of: `${post} > example`,
    says: "the sample request has the sample's answer",
    given: (place) => ownSegment(place),
    ask: (componentId) => ({
      method: "POST",
      path: sharesPath,
      body: { ...(recorded("share-create.request") as JsonObject), componentId, componentType: "segment" },
    }),
    answer: async ({ status, body }, { place, given }) => {
      expect(status).toBe(200);
      expect(sameShape(recorded("share-create.answer"), body ?? null)).toEqual([]);
      expect(body).toMatchObject({ componentId: given, shareToImsId: "{groupId}", shareToType: "group" });
      expect(pluck(await sharesFound(place, given), "shareId")).toEqual([at(body, "shareId")]);
    },
  }),
  statement({
    of: `${remove} > example`,
    says: "the sample's answer",
    given: async (place) => {
      const id = await ownSegment(place);
      await place.ask(sharesOf(id, everybody));
      return shareId(place, id);
    },
    ask: (id) => ({ method: "DELETE", path: `${sharesPath}/${id}` }),
    answer: ({ status, body }, { given }) => {
      expect(status).toBe(200);
      expect(sameShape(recorded("share-delete.answer"), body ?? null)).toEqual([]);
      expect(body).toEqual({ shareId: given, status: { success: true } });
    },
  }),
  statement({
    of: `${remove} > prose > its association with other users`,
    says: "the share is gone, the others stay",
    given: async (place) => {
      const id = await ownSegment(place);
      await place.ask(sharesOf(id, everybody, { shareToType: "group", shareToId: 77 }));
      return { id, shareId: await shareId(place, id) };
    },
    ask: (given) => ({ method: "DELETE", path: `${sharesPath}/${given.shareId}` }),
    answer: async (_answer, { place, given }) => {
      expect(pluck(await sharesFound(place, given.id), "shareToType")).toEqual(["group"]);
      expect((await place.ask({ path: `${sharesPath}/${given.shareId}` })).status).toBe(404);
    },
  }),
  statement({
    of: `${put} > example`,
    says: "the sample request has the sample's answer: what was sent",
    given: (place) => colleaguesSegment(place, { id: sampleId }),
    ask: { method: "PUT", path: sharesPath, body: update },
    answer: async ({ status, body }, { place }) => {
      expect(status).toBe(200);
      expect(body).toEqual(recorded("shares-update.answer"));
      expect(await sharesFound(place, sampleId)).toMatchObject([{ shareToType: "user" }]);
    },
  }),
  statement({
    of: `${put} > warning > shares that are not in the body are deleted`,
    says: "shares of the component that are not in the body are deleted, those of others are not",
    given: async (place) => {
      const ids = [await ownSegment(place), await ownSegment(place)] as const;
      for (const id of ids) {
        await place.ask(
          sharesOf(id, { shareToType: "user", shareToId: 622291 }, { shareToType: "user", shareToId: 5 }),
        );
      }
      return ids;
    },
    ask: ([id]) => sharesOf(id, { shareToType: "user", shareToId: 5 }, everybody),
    answer: async ({ status }, { place, given: [first, second] }) => {
      expect(status).toBe(200);
      expect(pluck(await sharesFound(place, first), "shareToType")).toEqual(["user", "all"]);
      expect(await sharesFound(place, second)).toHaveLength(2);
      await place.ask(sharesOf(first));
      expect(await sharesFound(place, first)).toEqual([]);
    },
  }),
];
