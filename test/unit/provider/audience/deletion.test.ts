import { UNKNOWN } from "../../../../model/is-unknown";
import { AudienceWorld, named } from "./scene";

const home = { name: "At home", expression: 'homeAddress.countryISO = "US"' };
const uses = (id: string) => `inSegment("${id}")`;

let stage: AudienceWorld;
beforeEach(async () => {
  stage = await AudienceWorld.start();
});
afterEach(() => stage.world.stop());

describe("refuseIfUsed", () => {
  test("names what references the audience, and nothing is deleted", async () => {
    const base = await stage.up({ ...home, deletionPolicy: "refuseIfUsed" });
    stage.control.addAudience({ name: "Theirs", expression: uses(base.id) });
    const deleting = stage.world.provider().audiences.delete(base.id, base.state);
    await expect(deleting).rejects.toThrow(
      /other audiences reference it: "Theirs" .* and its deletionPolicy is "refuseIfUsed"/,
    );
    expect(stage.writes().filter((request) => request.startsWith("DELETE"))).toEqual([]);
  });

  test("is no obstacle where what references it goes in the same run", async () => {
    const base = await stage.up({ ...home, deletionPolicy: "refuseIfUsed" });
    const user = await stage.up({ name: "User", expression: uses(base.id) }, undefined, undefined, named("user"));
    const { audiences } = stage.world.provider();
    // As with `destroy --refresh`: all is read before anything is deleted.
    await audiences.read(base.id, base.state);
    await audiences.read(user.id, user.state);
    await audiences.delete(user.id, user.state);
    await audiences.delete(base.id, base.state);
    expect(stage.control.audiences()).toEqual([]);
  });

  test("holds a replacement back in the preview", async () => {
    const base = await stage.up({ ...home, deletionPolicy: "refuseIfUsed" });
    stage.control.addAudience({ name: "Theirs", expression: uses(base.id) });
    const { audiences } = stage.world.provider();
    const news = { ...home, deletionPolicy: "refuseIfUsed", sandbox: "dev", replaceWithNewId: true };
    await audiences.check(base.state, news, named("a"));
    await expect(audiences.diff(base.id, base.state, news, named("a"))).rejects.toThrow(
      /Could not replace audience .*"Theirs"/,
    );
  });
});

describe("a deletion that the service does not confirm", () => {
  const answerInstead = (process: boolean) =>
    stage.control.addFault({
      method: "DELETE",
      path: "/audiences/",
      process,
      status: 200,
      body: { title: "It is in use" },
    });

  test.each(["published", "inactive"] as const)(
    "is an error where the audience is still there, %s",
    async (lifecycle) => {
      const { id, state } = await stage.up({ ...home, lifecycle });
      answerInstead(false);
      await expect(stage.world.provider().audiences.delete(id, state)).rejects.toThrow(
        /Could not delete audience .*: the service did not confirm the deletion, and still has the audience\. It stays in the state/,
      );
      expect(stage.one(id)).toBeDefined();
    },
  );

  test("is done where the audience is gone", async () => {
    const { id, state } = await stage.up(home);
    answerInstead(true);
    await stage.world.provider().audiences.delete(id, state);
    expect(stage.one(id)).toBeUndefined();
  });
});

describe("deactivate", () => {
  test("leaves the audience there as inactive, also where somebody has published it since", async () => {
    const { id, state } = await stage.up({ ...home, deletionPolicy: "deactivate" });
    const provider = stage.world.provider();
    await provider.audiences.delete(id, state);
    expect(stage.one(id)).toMatchObject({ ...home, lifecycle: "inactive" });
    expect(provider.lines.join()).toContain("stays in Experience Platform, as inactive: it is no longer evaluated.");
    const found = await stage.world.provider().audiences.read(id, state);
    stage.control.editAudience(id, { lifecycle: "published" });
    await stage.world.provider().audiences.delete(id, found?.state ?? {});
    expect(stage.one(id)).toMatchObject({ lifecycle: "inactive" });
  });

  test("of one that is gone is done", async () => {
    const { id, state } = await stage.up({ ...home, deletionPolicy: "deactivate" });
    stage.control.deleteAudience(id);
    await stage.world.provider().audiences.delete(id, state);
  });

  test.each([
    ["deletionPolicy", { deletionPolicy: "deactivate" }],
    ["lifecycle", { lifecycle: "draft" }],
    ["labels", { labels: ["core/C1"] }],
  ])("%s is a mistake where the service has only the older form, before anything is written", async (path, change) => {
    stage.control.setAudienceService({ form: "definitions" });
    const { mistakes } = await stage.world.provider().audiences.check({}, { ...home, ...change }, named("a"));
    expect(mistakes).toEqual([
      { path, message: expect.stringContaining("answers only the older API, /segment/definitions") as string },
    ]);
    expect(stage.writes()).toEqual([]);
  });
});

describe("an audience that another service has made", () => {
  const read = async () => {
    const { id } = stage.control.addAudience({ ...home, originName: "CUSTOM_UPLOAD" });
    const found = await stage.world.provider().audiences.read(id, {});
    return { id, state: found?.state ?? {} };
  };

  test("can be read, and says who has made it", async () => {
    expect((await read()).state).toMatchObject({ name: "At home", originName: "CUSTOM_UPLOAD" });
  });

  test("is neither changed nor deleted, and the error says so", async () => {
    const { id, state } = await read();
    const { audiences } = stage.world.provider();
    stage.control.clearRequests();
    const why = "CUSTOM_UPLOAD has made it and not the Segmentation Service: it can only be read";
    await expect(audiences.update(id, state, { ...home, name: "Mine" })).rejects.toThrow(why);
    await expect(audiences.delete(id, state)).rejects.toThrow(why);
    expect(stage.requests()).toEqual([]);
    // In the preview already, before anything else is written.
    const { inputs } = await audiences.check(state, { ...home, name: "Mine" }, named("a"));
    await expect(audiences.diff(id, state, inputs, named("a"))).rejects.toThrow(why);
    expect(stage.writes()).toEqual([]);
  });
});

describe("a replacement", () => {
  const planned = async (news: object, state: object = {}) => {
    const made = await stage.up({ ...home, ...state });
    const provider = stage.world.provider();
    const args = { ...home, ...state, ...news };
    await provider.audiences.check(made.state, args, named("a"));
    const diff = provider.audiences.diff(made.id, made.state, args, named("a"));
    return { diff, lines: provider.lines };
  };

  test("by a value that is not known yet is none, and is warned of", async () => {
    const { diff, lines } = await planned({ sandbox: UNKNOWN });
    expect(await diff).toEqual({ kind: "update" });
    expect(lines.join()).toContain("sandbox of audience");
    expect(lines.join()).toContain("set replaceWithNewId: true to allow it");
  });

  test("by such a value is planned where the program asks for it", async () => {
    const { diff } = await planned({ sandbox: UNKNOWN, replaceWithNewId: true });
    expect(await diff).toMatchObject({ kind: "replace", replaces: ["sandbox"] });
  });

  test("by another default sandbox is refused, and names the setting", async () => {
    const made = await stage.up(home);
    const { audiences } = stage.world.provider({ CJA_SANDBOX: "dev" });
    await audiences.check(made.state, home, named("a"));
    await expect(audiences.diff(made.id, made.state, home, named("a"))).rejects.toThrow("(the setting cja:sandbox)");
  });

  test("with another policy in the same update is refused", async () => {
    const { diff } = await planned({ sandbox: "dev", replaceWithNewId: true, deletionPolicy: "retain" });
    await expect(diff).rejects.toThrow("the old audience still has its previous policy");
  });

  test("is no matter of a refresh, which compares as well", async () => {
    const made = await stage.up(home);
    const { audiences } = stage.world.provider();
    expect(await audiences.diff(made.id, made.state, { ...home, sandbox: "dev" })).toMatchObject({ kind: "replace" });
  });

  test("where a name can be there once deletes the old one first", async () => {
    stage.control.setAudienceService({ form: "definitions" });
    const { diff } = await planned({ schemaName: "_xdm.context.account", replaceWithNewId: true });
    expect(await diff).toMatchObject({ kind: "replace", deleteBeforeReplace: true });
  });
});

test("another organisation's audience is neither read nor written", async () => {
  const { id, state } = await stage.up(home);
  const { audiences } = stage.world.provider({ CJA_ORG_ID: "OTHER@AdobeOrg" });
  stage.control.clearRequests();
  await expect(audiences.read(id, state)).rejects.toThrow("its resources belong to the organisation");
  await expect(audiences.update(id, state, home)).rejects.toThrow("its resources belong to the organisation");
  await expect(audiences.delete(id, state)).rejects.toThrow("its resources belong to the organisation");
  expect(stage.requests()).toEqual([]);
});
