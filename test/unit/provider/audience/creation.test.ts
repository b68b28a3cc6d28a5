import { errorMessage } from "../../../../provider/error-code";
import { lostAnswers } from "../lost-answers";
import { World } from "../segment-job/world";
import { AudienceWorld, named } from "./scene";

const home = { name: "At home", expression: 'homeAddress.countryISO = "US"' };

describe.each(["both", "definitions"] as const)("an audience is made once, where the service has %s", (form) => {
  let stage: AudienceWorld;
  let world: World;
  const POST = { method: "POST", path: form === "both" ? "/audiences$" : "/definitions$" } as const;

  beforeEach(async () => {
    stage = await AudienceWorld.start({ audiences: form });
    world = stage.world;
  });
  afterEach(() => world.stop());

  test.each(lostAnswers("At home"))("when its POST %s", async (_, fault) => {
    stage.control.addFault({ ...POST, ...fault });
    const { id } = await world.provider().audiences.create(home);
    expect(stage.control.audiences()).toEqual([expect.objectContaining({ id, name: "At home" })]);
  });

  test("when a run died before it heard the answer: the next one takes it over, and says so", async () => {
    // The form of the service is known from then on.
    const other = await stage.up({ ...home, name: "Another" });
    stage.control.addFault({ ...POST, hang: true, process: true });
    stage.control.addFault({ method: "GET", path: POST.path, times: 50, status: 403 });
    const dying = world.provider({ CJA_REQUEST_TIMEOUT: "0.2s" });
    await expect(dying.audiences.create(home)).rejects.toThrow(/The request may have succeeded/);
    dying.die();
    stage.control.clearFaults();
    const next = world.provider();
    const { id } = await next.audiences.create(home);
    expect(stage.control.audiences().map((one) => one.id)).toEqual([other.id, id]);
    expect(next.lines.join()).toContain(
      `Audience "At home": the interrupted run created ${id}; this run takes it over.`,
    );
  });

  // It has no time window, so that the service evaluates it in batch.
  const STREAMING = { ...home, expression: 'xEvent.eventType = "web"', evaluation: "streaming" } as const;

  test.each([
    ["the service evaluates it otherwise", STREAMING, { evaluation: "batch" }],
    ...(form === "both"
      ? [["it is inactive", { ...home, lifecycle: "inactive" }, { lifecycle: "inactive" }] as const]
      : []),
  ] as const)("when its answer is lost and %s", async (_, args, there) => {
    stage.control.addFault({ ...POST, reset: "after" });
    const { id } = await world.provider().audiences.create(args);
    expect(stage.control.audiences()).toEqual([expect.objectContaining({ id, ...there })]);
  });

  test("when it is made, and how it is evaluated cannot be read", async () => {
    const made = stage.control.addAudience(STREAMING);
    stage.control.addFault({ ...POST, status: 200, body: { id: made.id } });
    stage.control.addFault({ method: "GET", path: "/(audiences|definitions)/", status: 403, times: 50 });
    const provider = world.provider();
    expect((await provider.audiences.create(STREAMING)).id).toBe(made.id);
    expect(provider.lines.join()).toContain("was written, but how the service evaluates it could not be read");
  });

  // The older form has no lifecycle.
  if (form === "both")
    test("when a run died before it was inactive: the next one finishes it", async () => {
      const args = { ...home, lifecycle: "inactive" };
      stage.control.addFault({ method: "PATCH", path: "/audiences/", status: 403, times: 50 });
      const failed: unknown = await world
        .provider()
        .audiences.create(args)
        .catch((error: unknown) => error);
      const [made] = stage.control.audiences();
      expect(failed).toMatchObject({ id: made?.id, state: { name: "At home", lifecycle: "published" } });
      stage.control.clearFaults();
      // The engine has it in state, and calls the update that is left.
      const before = failed as { readonly id: string; readonly state: object };
      await stage.up(args, { id: before.id, state: { ...before.state } });
      expect(stage.control.audiences()).toEqual([expect.objectContaining({ id: made?.id, lifecycle: "inactive" })]);
    });

  test("a name that the sandbox has names its audience, and the way to take it over", async () => {
    stage.control.setAudienceService({ uniqueNames: true });
    const { id } = stage.control.addAudience({ name: "At home" });
    await expect(world.provider().audiences.create(home)).rejects.toThrow(
      `the audience ${id} of the sandbox "prod" already has this name, the service answered 422`,
    );
    await expect(world.provider().audiences.create(home)).rejects.toThrow(`set adoptId to "${id}"`);
    expect(stage.control.audiences()).toHaveLength(1);
    const taken = await world.provider().audiences.create({ ...home, adoptId: id });
    expect(taken.id).toBe(id);
    expect(stage.one(id)).toMatchObject(home);
  });

  test("nobody is told to take over what a resource of the program has: a replacement needs another name", async () => {
    stage.control.setAudienceService({ uniqueNames: true });
    const provider = world.provider();
    const made = await stage.up(home, undefined, provider);
    const args = { ...home, description: "moved" };
    await provider.audiences.diff(made.id, made.state, args, named("a"));
    const refused = provider.audiences.create({ ...args, expression: "a = 1" }, named("a"));
    await expect(refused).rejects.toThrow(
      "A resource of this program has that one. Give another name; where this one replaces it, in the same update.",
    );
    await expect(refused).rejects.not.toThrow("adoptId");
  });

  describe("a rename to a name that the sandbox has", () => {
    const rename = async (beforehand = () => {}) => {
      const made = await stage.up({ ...home, name: "Others" });
      beforehand();
      const change = world.provider().audiences.update(made.id, made.state, home, named("a"));
      return change.then(
        () => "",
        (error: unknown) => errorMessage(error),
      );
    };
    const refuse = (status: number) =>
      stage.control.addFault({ method: "PATCH", path: "/(audiences|definitions)/", status });

    test("names the audience that has it, and keeps the service's words", async () => {
      stage.control.setAudienceService({ uniqueNames: true });
      const { id } = stage.control.addAudience({ name: "At home" });
      const said = await rename();
      expect(said).toContain(`the audience ${id} of the sandbox "prod" already has this name, the service answered 4`);
      expect(said).toContain(form === "both" ? "already exists" : "is that of another segment definition");
      expect(said).toContain(`Give another name, or rename ${id} first.`);
    });

    test("names one that has it in another case, where it is refused", async () => {
      const { id } = stage.control.addAudience({ name: "AT HOME" });
      refuse(422);
      expect(await rename()).toContain(`the audience ${id} of the sandbox "prod" already has the name "AT HOME"`);
    });

    test("is refused with the service's words where the names cannot be listed, and says so", async () => {
      stage.control.addAudience({ name: "At home" });
      refuse(422);
      const list = { method: "GET", path: "/(audiences|definitions)$" } as const;
      expect(await rename(() => void stage.control.addFault({ ...list, status: 403, times: 9 }))).toMatch(
        /the service answered 422.* Give another name\. Which audience has this one could not be read: Could not list audiences .*403/,
      );
    });

    test("is refused with the service's words where none is listed, since inactive ones are not", async () => {
      refuse(422);
      expect(await rename()).toMatch(/the service answered 422.*it does not list inactive ones\.$/);
    });

    test("is no reason that is given for any other refusal", async () => {
      stage.control.addAudience({ name: "Another" });
      refuse(400);
      expect(await rename()).not.toMatch(/name/i);
    });
  });

  test("a creation with a taken name is refused with the service's words where the names cannot be listed", async () => {
    await stage.up({ ...home, name: "Others" });
    stage.control.addFault({ ...POST, status: 422 });
    stage.control.addFault({ method: "GET", path: POST.path, status: 403, times: 9 });
    await expect(world.provider().audiences.create(home)).rejects.toThrow(
      /create audience "At home".*the service answered 422.*could not be read: Could not list audiences .*403/,
    );
  });
});

describe("one audience belongs to one resource", () => {
  let stage: AudienceWorld;
  beforeEach(async () => {
    stage = await AudienceWorld.start();
  });
  afterEach(() => stage.world.stop());

  test("of a program", async () => {
    const { id } = stage.control.addAudience(home);
    const provider = stage.world.provider();
    await stage.up({ ...home, adoptId: id }, undefined, provider);
    const { mistakes } = await provider.audiences.check({}, { ...home, adoptId: id }, named("b"));
    expect(mistakes).toEqual([
      { path: "adoptId", message: expect.stringContaining("one audience belongs to one resource") as string },
    ]);
  });

  test("of all stacks: the first that goes does not delete what another one has", async () => {
    const { id } = stage.control.addAudience(home);
    const here = await stage.up({ ...home, adoptId: id });
    const other = stage.world.provider();
    const there = await stage.up({ ...home, adoptId: id }, undefined, other, named("a", "prod"));
    expect(other.lines.join()).toContain(`Audience ${id}: cja.Audience "a" of the stack web/dev has it, too.`);
    await expect(stage.world.provider().audiences.delete(id, here.state)).rejects.toThrow(
      "Choose the stack that lets the audience go",
    );
    await stage.world.provider().holders.markLetsGo(id, "web/dev");
    await stage.world.provider().audiences.delete(id, here.state);
    expect(stage.one(id)).toBeDefined();
    await stage.world.provider().audiences.delete(id, there.state);
    expect(stage.one(id)).toBeUndefined();
  });

  test("a replacement by hand of an adopted one leaves it there", async () => {
    const { id } = stage.control.addAudience(home);
    const made = await stage.up({ ...home, adoptId: id });
    const provider = stage.world.provider();
    await stage.up({ ...home, adoptId: id }, undefined, provider);
    await provider.audiences.delete(id, made.state);
    expect(stage.one(id)).toBeDefined();
    expect(provider.lines.join()).toContain(`Audience ${id} is not deleted`);
  });

  test("it takes over no other one", async () => {
    const made = await stage.up(home);
    const provider = stage.world.provider();
    const { inputs } = await provider.audiences.check(made.state, { ...home, adoptId: "another" }, named("a"));
    await expect(provider.audiences.diff(made.id, made.state, inputs, named("a"))).rejects.toThrow(
      "already has the audience",
    );
  });
});
