import { UNKNOWN } from "../../../../model/is-unknown";
import type { Values } from "../../../../provider/lifecycle";
import type { Provider, World } from "../segment-job/world";
import { digest } from "../../../../provider/audience/state";
import { AudienceWorld, named, type Made } from "./scene";

const home = { name: "At home", expression: 'homeAddress.countryISO = "US"' };
const DEFAULT_POLICY = "Profile Default Merge Policy";
const DATASETS = "Dataset Precedence Merge Policy";

describe.each([
  ["the newer form", "both", 1],
  ["the older form alone", "definitions", 2],
] as const)("the life of an audience, where the service has %s", (_, form, updateRequests) => {
  let stage: AudienceWorld;
  let world: World;
  let provider: Provider;

  beforeEach(async () => {
    stage = await AudienceWorld.start({ audiences: form });
    world = stage.world;
    provider = world.provider();
  });
  afterEach(() => world.stop());

  const control = () => stage.control;
  const requests = () => stage.requests();
  const writes = () => stage.writes();
  const one = (id: string) => stage.one(id);
  const up = (args: Values, before?: Made, process?: Provider) => stage.up(args, before, process);

  test("it is made with what the program says, and has what the service says beside it", async () => {
    const { id, state } = await up({ ...home, description: "US", mergePolicy: DATASETS, ttlInDays: 30 });
    expect(one(id)).toMatchObject({
      ...home,
      description: "US",
      mergePolicy: DATASETS,
      ttlInDays: 30,
      sandbox: "prod",
    });
    expect(state).toMatchObject({ ...home, description: "US", mergePolicy: DATASETS, sandboxName: "prod" });
    expect(state).toMatchObject({
      mergePolicyId: one(id)?.mergePolicyId,
      created: one(id)?.created,
      evaluation: "batch",
    });
  });

  test("nothing to do sends nothing, with a merge policy by its name as well", async () => {
    const args = { ...home, mergePolicy: DATASETS, description: "US" };
    const made = await up(args);
    control().clearRequests();
    expect(await up(args, made)).toBe(made);
    expect(await up({ ...args, expression: 'homeAddress.countryISO  =  "US"' }, made)).toBe(made);
    expect(requests()).toEqual([]);
  });

  test.each<[string, Values, object]>([
    ["another name", { name: "At home 2" }, { name: "At home 2" }],
    [
      "another expression",
      { expression: 'homeAddress.countryISO = "DE"' },
      { expression: 'homeAddress.countryISO = "DE"' },
    ],
    ["no description any more", { description: undefined }, { description: "" }],
    ["another time to live", { ttlInDays: 60 }, { ttlInDays: 60 }],
    [
      "another expression of a streaming one",
      { expression: 'homeAddress.countryISO = "DE"', evaluation: "streaming" },
      { expression: 'homeAddress.countryISO = "DE"', evaluation: "streaming" },
    ],
  ])("%s is one write", async (_what, change, there) => {
    const { evaluation } = change;
    const args = { ...home, description: "US", ttlInDays: 30, mergePolicy: DATASETS, evaluation };
    const made = await up(args);
    control().clearRequests();
    const { state } = await up({ ...args, ...change }, made);
    // What the service thinks of a new expression is asked before.
    expect(requests()).toHaveLength(updateRequests + ("expression" in change ? 1 : 0));
    expect(writes()).toHaveLength(1);
    expect(one(made.id)).toMatchObject({ ...home, description: "US", ttlInDays: 30, ...there });
    expect(state).toMatchObject(there);
    control().clearRequests();
    expect(await up({ ...args, ...change }, { id: made.id, state })).toMatchObject({ state });
    expect(requests()).toEqual([]);
  });

  test("a refresh finds what somebody changed, and the next run puts it back", async () => {
    const args = { ...home, description: "US", mergePolicy: DATASETS };
    const { id, state } = await up(args);
    const unchanged = await world.provider().audiences.read(id, state);
    expect(unchanged?.state).toEqual(state);
    control().editAudience(id, { name: "Theirs", expression: 'a = "b"', mergePolicy: DEFAULT_POLICY, description: "" });
    const found = await world.provider().audiences.read(id, state);
    expect(found?.inputs).toEqual({
      name: "Theirs",
      expression: 'a = "b"',
      mergePolicy: DEFAULT_POLICY,
      description: "",
    });
    const after = await up(args, { id, state: found?.state ?? {} });
    expect(one(id)).toMatchObject({ ...home, description: "US", mergePolicy: DATASETS });
    expect((await world.provider().audiences.read(id, after.state))?.inputs).toEqual(args);
  });

  test("an import reads it once, and what it found is no change for a program that says it", async () => {
    const { id } = control().addAudience({ ...home, description: "US", evaluation: "edge", ttlInDays: 7 });
    await up({ ...home, name: "Another" });
    control().clearRequests();
    const found = await world.provider().audiences.read(id, {});
    expect(requests()).toHaveLength(1);
    expect(found?.inputs).toEqual({ ...home, description: "US", evaluation: "edge" });
    expect(found?.state).toMatchObject({ ttlInDays: 7, mergePolicyId: one(id)?.mergePolicyId });
    const imported = { id, state: found?.state ?? {} };
    expect(await up(found?.inputs ?? {}, imported)).toBe(imported);
    expect(await up({ ...found?.inputs, ttlInDays: 7 }, imported)).toBe(imported);
    expect(writes()).toEqual([]);
  });

  test("it is read in the sandbox that is asked for, and nowhere else", async () => {
    const { id } = control().addAudience({ ...home, sandbox: "dev" });
    const found = await provider.audiences.read(id, { sandbox: "dev" });
    expect(found?.state).toMatchObject({ ...home, sandboxName: "dev" });
    await expect(provider.audiences.read(id, {})).rejects.toThrow(
      'there is no such audience in the sandbox "prod". Check the ID. For an audience in another sandbox, give Audience.get the option sandbox.',
    );
  });

  test("a refresh shows what is no longer as leaving it out means", async () => {
    const { id, state } = await up(home);
    control().editAudience(id, { description: "Theirs", evaluation: "streaming" });
    const found = await world.provider().audiences.read(id, state);
    expect(found?.inputs).toEqual({ ...home, description: "Theirs", evaluation: "streaming" });
    await up(home, { id, state: found?.state ?? {} });
    expect(one(id)).toMatchObject({ description: "", evaluation: "batch" });
  });

  test("what nobody manages stays as it is, whoever changes it", async () => {
    const { id, state } = await up({ ...home });
    control().editAudience(id, { mergePolicy: DATASETS, ttlInDays: 7 });
    const found = await world.provider().audiences.read(id, state);
    expect(found?.inputs).toEqual(home);
    await up({ ...home, name: "Renamed" }, { id, state: found?.state ?? {} });
    expect(one(id)).toMatchObject({ name: "Renamed", mergePolicy: DATASETS, ttlInDays: 7 });
  });

  test("one that is gone is forgotten by a refresh, and its deletion is done", async () => {
    const { id, state } = await up({ ...home });
    control().deleteAudience(id);
    expect(await world.provider().audiences.read(id, state)).toBeUndefined();
    await world.provider().audiences.delete(id, state);
    expect(one(id)).toBeUndefined();
  });

  test("one that the listing still has is not forgotten, and its deletion fails", async () => {
    const { id, state } = await up({ ...home });
    control().addFault({ method: "GET", path: `${id}$`, times: 9, status: 404 });
    expect(await world.provider().audiences.read(id, state)).toMatchObject({ inputs: home });
    control().addFault({ method: "DELETE", path: `${id}$`, times: 9, status: 404 });
    await expect(world.provider().audiences.delete(id, state)).rejects.toThrow("and still lists it");
    expect(one(id)).toBeDefined();
  });

  test("a deletion that the service refuses names what holds the audience", async () => {
    const { id, state } = await up({ ...home });
    const user = control().addAudience({ name: "Loyal", expression: `inSegment("${id}")` });
    const error = await world
      .provider()
      .audiences.delete(id, state)
      .catch((thrown: unknown) => thrown);
    expect(String(error)).toContain(`other audiences reference it: "Loyal" (${user.id})`);
    expect(String(error)).toContain("It stays in the state.");
    control().deleteAudience(user.id);
    control().editAudience(id, { destinations: ["Ads"] });
    await expect(world.provider().audiences.delete(id, state)).rejects.toThrow("Ads");
    control().editAudience(id, { destinations: [] });
    await world.provider().audiences.delete(id, state);
    expect(control().audiences()).toEqual([]);
  });

  test("what to do about a refused deletion is possible in this form, and is not said of other reasons", async () => {
    const { id, state } = await up({ ...home });
    control().editAudience(id, { destinations: ["Ads"] });
    const refused = world.provider().audiences.delete(id, state);
    await expect(refused).rejects.toThrow("If destinations or audiences use it, remove it there");
    await expect(refused).rejects.toThrow(
      form === "both" ? 'deletionPolicy: "retain" (or "deactivate"), run' : 'deletionPolicy: "retain", run',
    );
  });

  test("a merge policy by its name is sent with every write that overwrites, also where answers lack its ID", async () => {
    const args = { ...home, mergePolicy: DATASETS };
    const made = await up(args);
    const there = one(made.id)?.mergePolicyId;
    const { mergePolicyId: _, ...state } = made.state;
    // The segment definitions page has samples without it.
    const expression = { type: "PQL", format: "pql/text", value: home.expression };
    const body = { id: made.id, name: home.name, expression, schema: { name: "_xdm.context.profile" } };
    if (form === "definitions")
      control().addFault({ method: "GET", path: `/segment/definitions/${made.id}$`, status: 200, body });
    await up({ ...args, description: "new" }, { id: made.id, state });
    expect(one(made.id)).toMatchObject({ description: "new", mergePolicyId: there });
  });

  test("retain leaves it there and says so", async () => {
    const { id, state } = await up({ ...home, deletionPolicy: "retain" });
    control().clearRequests();
    await provider.audiences.delete(id, state);
    expect(requests()).toEqual([]);
    expect(provider.lines.join()).toContain(`Audience ${id} "At home" stays in Experience Platform, as it is.`);
  });

  describe("the service's verdict on an expression", () => {
    const CONVERSION = "POST /segment/conversion";
    const conversions = () => requests().filter((request) => request === CONVERSION);
    type Fault = Omit<Parameters<AudienceWorld["control"]["addFault"]>[0], "method" | "path">;
    const answer = (fault: Fault) =>
      control().addFault({ method: "POST", path: "/data/core/ups/segment/conversion", times: 1000, ...fault });
    const fromGateway = (code: string) => ({
      status: Number(code.slice(0, 3)),
      body: { error_code: code, message: "No" },
    });
    const warnings = ({ lines } = provider) => lines.filter((line) => line.includes("Adobe could not validate all"));

    test("is a mistake where it refuses it, and nothing is written", async () => {
      answer({ status: 400 });
      const { mistakes } = await provider.audiences.check({}, home);
      expect(mistakes).toEqual([
        { path: "expression", message: expect.stringMatching(/^the service refuses the expression: ./) as string },
      ]);
      expect(requests()).toEqual([CONVERSION]);
    });

    test("is remembered where it is valid: up asks nothing after its preview", async () => {
      for (const process of [provider, world.provider()])
        expect((await process.audiences.check({}, home)).mistakes).toEqual([]);
      expect(requests()).toEqual([CONVERSION]);
    });

    test("is not asked for where nothing is new, or where it is not to be asked", async () => {
      await provider.audiences.check(home, { ...home, description: "US" });
      const { id } = control().addAudience(home);
      await world.provider().audiences.check({}, { ...home, adoptId: id });
      for (const validate of ["apply", "never"])
        await world.provider({ CJA_VALIDATE: validate }).audiences.check({}, { ...home, expression: 'a = "b"' });
      expect(conversions()).toEqual([]);
    });

    test("is asked for of twenty expressions in a process", async () => {
      for (let index = 0; index < 25; index += 1)
        await provider.audiences.check({}, { ...home, expression: `a = ${index}` });
      expect(conversions()).toHaveLength(20);
    });

    const PAGE = "<!DOCTYPE html><title>Bad Request</title>";

    test.each<[string, Fault, RegExp]>([
      ["no rights to convert", { status: 403 }, /403 Forbidden/],
      ["no such path", { status: 404 }, /404 Not Found/],
      ["another path, as a page", { status: 404, body: PAGE }, /something other than the API answered/],
      ["no such method", { status: 405 }, /405 Method Not Allowed/],
      ["its limit, for an hour", { status: 429, headers: { "retry-after": "3600" } }, /asks to wait 1 h/],
      ["its limit, for as long as it is asked", { status: 429 }, /429050 Too Many Requests/],
      ["500", { status: 500 }, /500 Internal Server Error/],
      ["501", { status: 501 }, /501 Not Implemented/],
      ["503", { status: 503 }, /503 Service Unavailable/],
      ["nothing", { reset: "before" }, /ECONNRESET|socket hang up/],
      [
        "200, and another object",
        { status: 200, body: { hello: "world" } },
        /the answer is not an object with an "exp/,
      ],
      ["200, and no body", { status: 200, body: "" }, /the answer is not an object with an "expression"/],
      ["200, and no JSON", { status: 200, body: "OK" }, /the answer is not JSON/],
      ["a redirect", { status: 302, headers: { location: "/" } }, /something other than the API answered/],
    ])("is left to the write where the answer is %s: one warning says why", async (_answer, fault, why) => {
      answer(fault);
      const [german, french] = ["DE", "FR"].map((country) => ({ ...home, expression: `a = "${country}"` }));
      const previewed = await Promise.all([german, french].map((args) => provider.audiences.check({}, args ?? {})));
      expect(previewed.map(({ mistakes }) => mistakes)).toEqual([[], []]);
      expect(warnings()).toEqual([expect.stringMatching(why)]);
      control().clearRequests();
      expect((await provider.audiences.check({}, home)).mistakes).toEqual([]);
      expect(conversions()).toEqual([]);
      const run = world.provider();
      expect(one((await up(home, undefined, run)).id)).toMatchObject(home);
      expect(warnings(run)).toHaveLength(1);
    });

    test.each<[string, Fault, RegExp]>([
      ["a conflict", { status: 409 }, /409 Conflict/],
      ["a name that there is", { status: 422, body: { title: "It exists already" } }, /"It exists already"/],
      ["400 without a reason", { status: 400, body: {} }, /400 Bad Request/],
      ["400 of a proxy", { status: 400, body: PAGE }, /an HTML page: Bad Request/],
    ])("is left to the write where the answer is %s, and asked for of the others", async (_answer, fault, why) => {
      answer({ ...fault, times: 1 });
      const expressions = ["a = 1", "a = 2"];
      for (const expression of expressions)
        expect((await provider.audiences.check({}, { ...home, expression })).mistakes).toEqual([]);
      expect(conversions()).toHaveLength(2);
      expect(warnings()).toEqual([expect.stringMatching(why)]);
    });

    test.each<[string, Fault, RegExp]>([
      ["the token", fromGateway("401013"), /401013 Unauthorized.* Check cja:clientId/],
      ["the client ID", fromGateway("403000"), /403000 Forbidden.* Check cja:clientId/],
      ["the organisation", fromGateway("400003"), /400003 Bad Request.* Check cja:orgId/],
      ["the profile of the credential", fromGateway("403025"), /403025 Forbidden.* Check that cja:orgId/],
    ])("fails the preview where %s is refused, as every write would be", async (_what, fault, why) => {
      answer(fault);
      await expect(provider.audiences.check({}, home)).rejects.toThrow(why);
      expect(warnings()).toEqual([]);
    });

    test("keeps nobody waiting for long: the write may still be sent at once", async () => {
      for (const fault of [{ status: 429 }, { status: 503 }]) {
        control().clearFaults();
        answer(fault);
        const [process, before] = [world.provider(), world.clock.now()];
        await process.audiences.check({}, { ...home, expression: `a = ${fault.status}` });
        expect(warnings(process)).toHaveLength(1);
        expect(world.clock.now() - before).toBeLessThanOrEqual(15_000);
      }
    });
  });

  test("other blanks, or another order of labels, are kept as the state has them", async () => {
    const olds = { ...home, ...(form === "both" && { labels: ["C1", "C2"] }) };
    const news = { ...home, expression: ` ${home.expression} `, ...(form === "both" && { labels: ["C2", "C1"] }) };
    expect((await provider.audiences.check(olds, news)).inputs).toEqual(olds);
  });

  test("a merge policy is that of the audience's own schema, and of one name", async () => {
    control().setMergePolicies("prod", [
      { id: "people", name: "Same" },
      { id: "accounts", name: "Same", schemaName: "_xdm.context.account" },
      { id: "one", name: "Twice" },
      { id: "two", name: "Twice" },
    ]);
    const { id } = await up({ ...home, mergePolicy: "Same" });
    expect(one(id)?.mergePolicyId).toBe("people");
    const { mistakes } = await world.provider().audiences.check({}, { ...home, mergePolicy: "Twice" });
    expect(mistakes).toEqual([
      {
        path: "mergePolicy",
        message: expect.stringContaining("give the ID of one as mergePolicyId: one, two") as string,
      },
    ]);
  });

  test("a merge policy that the sandbox lacks is a mistake that lists those it has, before anything is written", async () => {
    const { mistakes } = await provider.audiences.check({}, { ...home, mergePolicy: "Profile Default Merge Polic" });
    expect(mistakes).toEqual([
      {
        path: "mergePolicy",
        message: expect.stringMatching(
          /^found .*, but the sandbox "prod" has no merge policy of that name for _xdm\.context\.profile; did you mean "Profile Default Merge Policy"\? It has "Dataset Precedence Merge Policy", "Profile Default Merge Policy"$/,
        ) as string,
      },
    ]);
    await expect(provider.audiences.create({ ...home, mergePolicy: "Gone" })).rejects.toThrow(
      /mergePolicy: found "Gone"/,
    );
    expect(writes()).toEqual([]);
  });

  describe("a merge policy by its ID", () => {
    const [PEOPLE, ACCOUNTS, OF_DEV] = ["people-1", "accounts-1", "people-dev"];
    const lists = () => requests().filter((request) => request.startsWith("GET /config/mergePolicies"));
    const withPolicy = (mergePolicyId: string, more: object = {}) => ({ ...home, mergePolicyId, ...more });
    const mistakesOf = async (olds: Values, news: Values) => (await provider.audiences.check(olds, news)).mistakes;

    beforeEach(() => {
      control().setMergePolicies("dev", [{ id: OF_DEV, name: "People" }]);
      control().setMergePolicies("prod", [
        { id: PEOPLE, name: "People", activeOnEdge: false },
        { id: "people-2", name: "More people" },
        { id: ACCOUNTS, name: "Accounts", schemaName: "_xdm.context.account" },
      ]);
    });

    test("is a mistake where the sandbox lacks it, which names those that it has, once for all of a run", async () => {
      const mistake = {
        path: "mergePolicyId",
        message:
          'found "people-dev", which is no merge policy of the sandbox "prod". It has "More people" (people-2), "People" (people-1): give one of these IDs, or its name as mergePolicy, which can be the same in every sandbox',
      };
      expect(await mistakesOf({}, withPolicy(OF_DEV))).toEqual([mistake]);
      expect(await mistakesOf(withPolicy(PEOPLE), withPolicy(OF_DEV))).toEqual([mistake]);
      expect(await mistakesOf({ ...home, mergePolicy: "People" }, withPolicy(OF_DEV))).toEqual([mistake]);
      expect(await mistakesOf({ ...home, sandbox: "dev", mergePolicyId: OF_DEV }, withPolicy(OF_DEV))).toEqual([
        mistake,
      ]);
      expect(await mistakesOf({}, withPolicy(OF_DEV, { sandbox: "dev" }))).toEqual([]);
      expect(lists()).toHaveLength(2);
      control().setMergePolicies("prod", [{ id: ACCOUNTS, name: "Accounts", schemaName: "_xdm.context.account" }]);
      expect((await world.provider().audiences.check({}, withPolicy(OF_DEV))).mistakes).toEqual([
        {
          path: "mergePolicyId",
          message:
            'found "people-dev", which is no merge policy of the sandbox "prod". It has no merge policy for _xdm.context.profile: leave it out, which takes the service\'s default',
        },
      ]);
      expect(writes()).toEqual([]);
    });

    test("is not asked for where nothing of it changed, or where it is not known yet", async () => {
      const made = await up(withPolicy(PEOPLE));
      expect(one(made.id)?.mergePolicyId).toBe(PEOPLE);
      control().clearRequests();
      expect(await up(withPolicy(PEOPLE), made)).toBe(made);
      expect(requests()).toEqual([]);
      await up(withPolicy(PEOPLE, { description: "US" }), made);
      await provider.audiences.check({}, withPolicy(UNKNOWN));
      await provider.audiences.check({}, withPolicy(OF_DEV, { sandbox: UNKNOWN }));
      expect(lists()).toEqual([]);
    });

    test("is looked up before the write where previews may not ask", async () => {
      const process = world.provider({ CJA_VALIDATE: "apply" });
      const made = await up(withPolicy(PEOPLE), undefined, process);
      const { inputs, mistakes } = await process.audiences.check({}, withPolicy(OF_DEV));
      expect(mistakes).toEqual([]);
      const refusal = 'mergePolicyId: found "people-dev", which is no merge policy of the sandbox "prod"';
      control().clearRequests();
      await expect(process.audiences.create(inputs, named("b"))).rejects.toThrow(refusal);
      await expect(process.audiences.update(made.id, made.state, inputs, named("a"))).rejects.toThrow(refusal);
      expect(writes()).toEqual([]);
      control().clearRequests();
      await up(withPolicy(PEOPLE, { description: "US" }), made, world.provider({ CJA_VALIDATE: "apply" }));
      expect(lists()).toEqual([]);
    });

    test("is left to the write where the account may not list them, with a warning", async () => {
      control().addFault({ method: "GET", path: "/config/mergePolicies", status: 403, times: 9 });
      const { state } = await up(withPolicy(PEOPLE), undefined, provider);
      expect(state).toMatchObject({ mergePolicyId: PEOPLE });
      expect(provider.lines.join()).toContain("mergePolicyId: could not be looked up, since the account may not list");
    });

    test("is warned of where it is for another schema, or not active where the audience is evaluated", async () => {
      expect(await mistakesOf({}, withPolicy(ACCOUNTS))).toEqual([]);
      expect(await mistakesOf({}, withPolicy(ACCOUNTS, { schemaName: UNKNOWN }))).toEqual([]);
      expect(await mistakesOf(withPolicy(PEOPLE), withPolicy(PEOPLE, { evaluation: "edge" }))).toEqual([]);
      expect(provider.lines.filter((line) => line.includes("merge policy is"))).toEqual([
        expect.stringContaining("is for _xdm.context.account, and the audience is made of _xdm.context.profile"),
        expect.stringContaining("mergePolicyId: this merge policy is not active on edge"),
      ]);
    });
  });

  test("a merge policy by its name is not looked for in one class while the schema is not known", async () => {
    const { mistakes } = await provider.audiences.check({}, { ...home, mergePolicy: DATASETS, schemaName: UNKNOWN });
    expect(mistakes).toEqual([]);
  });

  test("streaming that comes as batch is said with the reason, and shown by the next refresh", async () => {
    const late = {
      ...home,
      evaluation: "streaming",
      expression: 'CHAIN(xEvent, timestamp, [A: WHAT(eventType.equals("x", false))])',
    };
    const { id, state } = await up(late, undefined, provider);
    expect(one(id)?.evaluation).toBe("batch");
    expect(provider.lines.join()).toContain(
      'Audience "At home": evaluation is "streaming" in the program, and the service evaluates it as "batch". Since May 2025',
    );
    expect(state["evaluation"]).toBe("streaming");
    expect((await world.provider().audiences.read(id, state))?.inputs).toMatchObject({ evaluation: "batch" });
  });

  describe("where the answer to a write has no word of its evaluation", () => {
    const streaming = { ...home, evaluation: "streaming" };
    const late = { ...streaming, expression: 'CHAIN(xEvent, timestamp, [A: WHAT(eventType = "x")])' };
    const answerWithout = (id: string, { name, expression }: typeof home) => {
      const body = { id, name, expression: { type: "PQL", format: "pql/text", value: expression } };
      control().addFault({ method: "PATCH", path: `${id}$`, process: true, status: 200, body });
    };

    test("it is asked for, once, and what it has become is said", async () => {
      const { id, state } = await up(streaming);
      control().clearRequests();
      answerWithout(id, late);
      await up(late, { id, state }, provider);
      expect(one(id)).toMatchObject({ expression: late.expression, evaluation: "batch" });
      expect(provider.lines.join()).toContain('the service evaluates it as "batch"');
      expect(requests()).toHaveLength(updateRequests + 2);
    });

    test("nothing is said where it has stayed", async () => {
      const { id, state } = await up(streaming);
      answerWithout(id, { ...home, name: "Renamed" });
      await up({ ...streaming, name: "Renamed" }, { id, state }, provider);
      expect(one(id)).toMatchObject({ name: "Renamed", evaluation: "streaming" });
      expect(provider.lines).toEqual([]);
    });

    test("that it cannot be asked for is no failure of the write", async () => {
      const { id, state } = await up(streaming);
      answerWithout(id, { ...home, name: "Renamed" });
      control().addFault({ method: "GET", path: `${id}$`, skip: updateRequests - 1, status: 403 });
      await up({ ...streaming, name: "Renamed" }, { id, state }, provider);
      expect(provider.lines).toEqual([
        expect.stringMatching(
          `^warning: Audience ${id} was written, but how the service evaluates it could not be read. .*403 Forbidden`,
        ),
      ]);
    });

    test("an audience that shall be evaluated in batch is", async () => {
      const made = await up(streaming);
      control().clearRequests();
      answerWithout(made.id, home);
      const batch = await up(home, made);
      expect(requests()).toHaveLength(updateRequests);
      expect(batch.state).toMatchObject({ evaluation: "batch" });
      expect(await up(home, batch)).toBe(batch);
    });
  });

  test("an expression that the service rewrites when it is written is no drift", async () => {
    const { id, state } = await up({ ...home });
    control().editAudience(id, { expression: "rewritten" });
    const rewritten = { ...state, expressionDigest: digest("rewritten") };
    expect((await world.provider().audiences.read(id, rewritten))?.inputs).toEqual(home);
    control().editAudience(id, { expression: "theirs" });
    expect((await world.provider().audiences.read(id, rewritten))?.inputs).toEqual({ ...home, expression: "theirs" });
  });

  test("streaming stays streaming whatever else is changed", async () => {
    const { id, state } = await up({ ...home, evaluation: "streaming" });
    await up({ ...home, evaluation: "streaming", name: "Renamed" }, { id, state });
    expect(one(id)).toMatchObject({ name: "Renamed", evaluation: "streaming" });
    expect(provider.lines).toEqual([]);
  });

  test.each<[string, object]>([
    ["schemaName", { schemaName: "_xdm.context.account" }],
    ["sandbox", { sandbox: "dev" }],
  ])("another %s is refused, unless the program says that it wants another ID", async (name, change) => {
    const { id, state } = await up({ ...home });
    await provider.audiences.check(state, home, named("a"));
    const refused = provider.audiences.diff(id, state, { ...home, ...change }, named("a"));
    await expect(refused).rejects.toThrow(
      new RegExp(`${name} changes from .* which makes another audience with another ID`),
    );
    const asked = await provider.audiences.diff(id, state, { ...home, ...change, replaceWithNewId: true }, named("a"));
    expect(asked).toMatchObject({ kind: "replace", replaces: [name] });
  });
});
