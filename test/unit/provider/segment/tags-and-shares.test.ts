import { fc } from "../../../properties";
import type { ShareInputs } from "../../../../model";
import type { Share } from "../../../../provider/segment/share";
import {
  toShare,
  fromState,
  keepOldOrder,
  metadataDiffers,
  metadataPatch,
  mergeObserved,
  type FoundMetadata,
  type Metadata,
} from "../../../../provider/segment/tags-and-shares";

const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const jane: ShareInputs = { to: "user", id: "5B02@company.example" };
const all: ShareInputs = { to: "all" };
const janeTold: Share = { to: "user", ids: ["5B02@company.example", "596983"], access: "view" };

describe("what has to be written", () => {
  test.each<[string, FoundMetadata, Metadata, Metadata]>([
    ["nothing where nothing is managed", { tags: ["web"], shares: [janeTold] }, {}, {}],
    ["nothing where it is so already, in any order", { tags: ["b", "a"] }, { tags: ["a", "b"] }, {}],
    ["all tags where one is missing", { tags: ["a"] }, { tags: ["a", "b"] }, { tags: ["a", "b"] }],
    ["all tags where one is too many", { tags: ["a", "b"] }, { tags: ["a"] }, { tags: ["a"] }],
    ["a tag of another case", { tags: ["Web"] }, { tags: ["web"] }, { tags: ["web"] }],
    ["an empty list over tags", { tags: ["a"] }, { tags: [] }, { tags: [] }],
    ["nothing for an empty list over none", { tags: [] }, { tags: [] }, {}],
    ["what is managed, where it is not known what there is", {}, { tags: [], shares: [] }, { tags: [], shares: [] }],
    ["nothing for the same user by IMS ID", { shares: [janeTold] }, { shares: [jane] }, {}],
    ["nothing for the same user by number", { shares: [janeTold] }, { shares: [{ to: "user", id: "596983" }] }, {}],
    [
      "nothing for a number where only the IMS ID is told",
      { shares: [{ to: "user", ids: ["5B02@company.example"] }] },
      { shares: [{ to: "user", id: "596983" }] },
      {},
    ],
    [
      "another access, where the program gives one",
      { shares: [janeTold] },
      { shares: [{ ...jane, access: "edit" }] },
      { shares: [{ ...jane, access: "edit" }] },
    ],
    ["all shares where one is too many", { shares: [janeTold, toShare(all)] }, { shares: [all] }, { shares: [all] }],
    [
      "a group of the user's ID",
      { shares: [janeTold] },
      { shares: [{ ...jane, to: "group" }] },
      { shares: [{ ...jane, to: "group" }] },
    ],
  ])("%s", (_, found, wanted, expected) => {
    expect(metadataPatch(found, wanted)).toEqual(expected);
  });
});

describe("what the engine is told of", () => {
  test.each<[string, Metadata, Metadata, boolean]>([
    ["another order is no difference", { tags: ["a", "b"] }, { tags: ["b", "a"] }, false],
    ["a removal from the program is one", { tags: ["a"] }, {}, true],
    ["so is an empty list instead of nothing", {}, { tags: [] }, true],
    ["an unknown tag is one", { tags: ["a"] }, { tags: ["a", UNKNOWN] }, true],
    ["unknown shares are one", { shares: [all] }, { shares: UNKNOWN as unknown as ShareInputs[] }, true],
    ["an access that is taken out is one", { shares: [{ ...jane, access: "edit" }] }, { shares: [jane] }, true],
    ["nothing managed, before and after, is none", {}, {}, false],
  ])("%s", (_, before, after, expected) => {
    expect(metadataDiffers(before, after)).toBe(expected);
  });

  test("the old order stands where only the order is another", () => {
    expect(keepOldOrder({ tags: ["a", "b"] }, { tags: ["b", "a"] })).toEqual({ tags: ["a", "b"] });
    expect(keepOldOrder({ tags: ["a"] }, { tags: ["b"] })).toEqual({});
  });
});

describe("what a refresh finds", () => {
  test.each<[string, Metadata, FoundMetadata, Metadata]>([
    ["the program's words where they are true", { shares: [jane] }, { shares: [janeTold] }, { shares: [jane] }],
    ["the service's where they are not", { tags: ["a"] }, { tags: ["b"] }, { tags: ["b"] }],
    [
      "a share by its IMS ID, with its access",
      { shares: [] },
      { shares: [janeTold] },
      { shares: [{ to: "user", id: "5B02@company.example", access: "view" }] },
    ],
    [
      "what is still true in the program's words beside what is new",
      { shares: [{ to: "user", id: "596983" }] },
      { shares: [janeTold, { to: "all", ids: [] }] },
      { shares: [{ to: "user", id: "596983" }, { to: "all" }] },
    ],
    [
      "no difference where the service tells a share twice",
      { shares: [jane] },
      { shares: [janeTold, janeTold] },
      { shares: [jane] },
    ],
    ["nothing of what is not managed", {}, { tags: ["b"], shares: [janeTold] }, {}],
    [
      "what is remembered where the service says nothing",
      { tags: ["a"], shares: [all] },
      {},
      { tags: ["a"], shares: [all] },
    ],
  ])("%s", (_, remembered, found, expected) => {
    expect(mergeObserved(remembered, found)).toEqual(expected);
  });
});

const tag = fc.constantFrom("a", "b", "A", "c");
const share = fc.oneof(
  fc.constant<ShareInputs>(all),
  fc.record({ to: fc.constantFrom("user" as const, "group" as const), id: fc.constantFrom("1", "x@y", "2") }),
);
const metadata: fc.Arbitrary<Metadata> = fc.record(
  {
    tags: fc.uniqueArray(tag),
    shares: fc.uniqueArray(share, { selector: (one) => JSON.stringify(one) }),
  },
  { requiredKeys: [] },
);

test("after a write nothing is left to write, and a refresh finds what was written", () => {
  fc.assert(
    fc.property(metadata, metadata, (before, wanted) => {
      const service = { ...fromState(before), ...fromState(metadataPatch(fromState(before), wanted)) };
      expect(metadataPatch(service, wanted)).toEqual({});
      expect(mergeObserved(wanted, service)).toEqual(wanted);
    }),
  );
});

test("what the engine sees no difference in is never written, and what is written is seen", () => {
  fc.assert(
    fc.property(metadata, metadata, (before, wanted) => {
      const writes = Object.keys(metadataPatch(fromState(before), wanted)).length > 0;
      if (writes) expect(metadataDiffers(before, wanted)).toBe(true);
    }),
  );
});
