import { withMetadata } from "../../../../cli/export/tags-and-shares";
import { dimension, hits, segment } from "../../../../definition";

const one = { id: "s1", name: "One", dataViewId: "dv_dev", definition: segment(hits(dimension("page").exists())) };

describe("what no program can say", () => {
  const JOHN = { to: "user", ids: ["john@x"] };
  test.each([
    ["a kind that is new", { to: "team", ids: ["5"] }, 'shares[0].to: found the string "team", expected one of user, '],
    ["a user without an ID", { to: "user", ids: [] }, "shares[0].id: found nothing, expected the ID of the user"],
    ["an ID that breaks a list", { to: "group", ids: ["a,b"] }, "shares[0].id: found"],
    ["the same twice", { ...JOHN, access: "edit" }, 'shares[1]: found the user "john@x" a second time'],
  ])("with %s among them, all shares stay as they are", (_, odd, reason) => {
    const { segment: said, warnings } = withMetadata(one, { tags: ["b", "a", "b"], shares: [JOHN, odd] });
    expect(said).toEqual({ ...one, tags: ["a", "b"] });
    expect(warnings).toEqual([
      expect.stringContaining('s1 "One" has shares that a program cannot express, so they stay'),
    ]);
    expect(warnings[0]).toContain(reason);
  });

  test("so with tags", () => {
    const { segment: said, warnings } = withMetadata(one, { tags: ["a", "b "], shares: [{ to: "all", ids: ["0"] }] });
    expect(said).toEqual({ ...one, shares: [{ to: "all" }] });
    expect(warnings).toEqual([expect.stringContaining('so they stay as they are: tags[1]: found the string "b "')]);
  });
});

test("of the IDs of a share the one with a name is taken, else the IMS ID", () => {
  const listed = { tags: undefined, shares: [{ to: "group", ids: ["ims@x", "5"] }] };
  expect(withMetadata(one, listed).segment).toEqual({ ...one, shares: [{ to: "group", id: "ims@x" }] });
  const named = withMetadata(one, listed, (kind, id) => kind === "groups" && id === "5");
  expect(named.segment.shares).toEqual([{ to: "group", id: "5" }]);
});
