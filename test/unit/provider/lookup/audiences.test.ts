import { lookupWorld, numbers, type World } from "./world";

const UPS = "/data/core/ups";

describe.each(["both", "definitions"] as const)(
  "looking audiences up, where the service has the form %s",
  (audiences) => {
    let world: World;
    const control = () => world.emulator.control;
    const asked = () =>
      control()
        .requests()
        .filter(({ path }) => path.startsWith(UPS))
        .map(({ method, path }) => `${method} ${path.slice(UPS.length)}`);
    const lists = () => asked().filter((request) => /^GET \/(audiences|segment\/definitions)$/.test(request));
    const add = (name: string, more: object = {}) => control().addAudience({ name, sandbox: "dev", ...more }).id;
    const isNewer = audiences === "both";

    beforeEach(async () => {
      world = await lookupWorld({ audiences }, { CJA_SANDBOX: "dev" });
    });
    afterEach(() => world.stop());

    test("tells one by its ID, as the resource's outputs are named", async () => {
      control().setMergePolicies("dev", [{ id: "mp-1", name: "Main", default: true }]);
      const id = add("Buyers", {
        description: "Who bought",
        expression: { nodeType: "literal", value: true },
        evaluation: "edge",
        labels: ["core/C1"],
        ttlInDays: 30,
        lifecycle: "draft",
        created: "2026-11-01T00:00:00Z",
      });
      expect(await world.lookups.getAudience({ id })).toEqual({
        id,
        name: "Buyers",
        description: "Who bought",
        expression: { nodeType: "literal", value: true },
        evaluation: "edge",
        mergePolicyId: "mp-1",
        schemaName: "_xdm.context.profile",
        ttlInDays: 30,
        created: "2026-11-01T00:00:00.000Z",
        modified: "2026-11-01T00:00:00.000Z",
        orgId: "EMULATOR@AdobeOrg",
        sandboxName: "dev",
        ...(isNewer && {
          lifecycle: "draft",
          labels: ["core/C1"],
          originName: "REAL_TIME_CUSTOMER_PROFILE",
          createdBy: expect.any(String) as unknown,
        }),
      });
    });

    test("tells many by their IDs with one request, those that are inactive, too", async () => {
      const ids = numbers(30).map((number) => add(`A${number}`, { lifecycle: "inactive" }));
      control().clearRequests();
      const found = await Promise.all(ids.map((id) => world.lookups.getAudience({ id })));
      expect(found.map(({ name }) => name)).toEqual(numbers(30).map((number) => `A${number}`));
      const form = isNewer ? "audiences" : "segment/definitions";
      expect(asked().filter((request) => request === `POST /${form}/bulk-get`)).toHaveLength(1);
    });

    test("tells one by its name, whatever other names are like it", async () => {
      numbers(70).forEach((number) => add(`Buyers ${number}`));
      const id = add("Buyers");
      add("Buyers", { sandbox: "prod" });
      expect(await world.lookups.getAudience({ name: " Buyers " })).toMatchObject({ id, sandboxName: "dev" });
      expect(await world.lookups.getAudience({ name: "Buyers", sandbox: "prod" })).not.toMatchObject({ id });
    });

    test("tells several by their names from one listing", async () => {
      numbers(50).forEach((number) => add(`A${number}`));
      await world.lookups.findAudiences({ limit: 1 });
      control().clearRequests();
      const found = await Promise.all(numbers(50).map((number) => world.lookups.getAudience({ name: `A${number}` })));
      expect(found.map(({ name }) => name)).toEqual(numbers(50).map((number) => `A${number}`));
      expect(lists()).toHaveLength(1);
    });

    test("says where there is none, and what is like it", async () => {
      add("Buyers");
      const id = add("Elsewhere", { sandbox: "prod" });
      await expect(world.lookups.getAudience({ id })).rejects.toThrow(
        `there is no audience ${id} in the sandbox "dev"; each sandbox has audiences of its own`,
      );
      await expect(world.lookups.getAudience({ name: "Byers" })).rejects.toThrow(
        'there is no audience in the sandbox "dev" with the name "Byers"; did you mean "Buyers"?',
      );
    });

    test("says which there are where several have the name", async () => {
      const ids = [add("Buyers"), add("Buyers")];
      const lines = ids.map((id) => `  ${id}, modified`);
      const failure = world.lookups.getAudience({ name: "Buyers" });
      await expect(failure).rejects.toThrow(/^found 2 with the name "Buyers"; give its ID:/);
      for (const line of lines) await expect(failure).rejects.toThrow(line);
    });

    test("says so where a number of an expression would be rounded", async () => {
      control().addFault({
        method: "GET",
        path: "/(audiences|segment/definitions)/a1$",
        status: 200,
        body: { id: "a1", name: "A", expression: { format: "pql/json", value: '{"value":9007199254740993}' } },
      });
      add("Other");
      await world.lookups.findAudiences({});
      await expect(world.lookups.getAudience({ id: "a1" })).rejects.toThrow("9007199254740993");
    });

    test("lists those of a sandbox, of all pages", async () => {
      numbers(130).forEach((number) => add(`A${number}`));
      add("Elsewhere", { sandbox: "prod" });
      expect((await world.lookups.findAudiences({})).audiences).toHaveLength(130);
      const listing = isNewer ? ["GET /audiences", "GET /audiences", "GET /audiences"] : lists().slice(-2);
      expect(lists().slice(-listing.length)).toEqual(listing);
      control().clearRequests();
      expect((await world.lookups.findAudiences({ limit: 5 })).audiences).toHaveLength(5);
      expect(lists()).toHaveLength(1);
    });

    test("lists those that match all that is asked for", async () => {
      add("Buyers of shoes", { evaluation: "streaming", expression: 'loyalty.tier = "gold"', labels: ["C1", "C2"] });
      add("Buyers of hats", { labels: ["C1"] });
      add("Companies", { schemaName: "_xdm.context.account", lifecycle: "draft" });
      const names = async (query: object) =>
        (await world.lookups.findAudiences(query)).audiences.map(({ name }) => name).sort();
      expect(await names({ nameContains: " buyers " })).toEqual(["Buyers of hats", "Buyers of shoes"]);
      expect(await names({ evaluation: "streaming" })).toEqual(["Buyers of shoes"]);
      expect(await names({ schemaName: "_xdm.context.account" })).toEqual(["Companies"]);
      expect(await names({ schemaName: "_xdm.context.profile", nameContains: "o" })).toHaveLength(2);
      expect(await names({ lifecycle: "draft" })).toEqual(isNewer ? ["Companies"] : []);
      expect(await names({ labels: ["C1", "C2"] })).toEqual(isNewer ? ["Buyers of shoes"] : []);
    });

    test("lists merge policies once in a program", async () => {
      control().setMergePolicies("dev", [
        { name: "Web first", default: true, activeOnEdge: true },
        { name: "Accounts", schemaName: "_xdm.context.account" },
      ]);
      const [all, web, accounts] = await Promise.all([
        world.lookups.findMergePolicies({}),
        world.lookups.findMergePolicies({ nameContains: "web" }),
        world.lookups.findMergePolicies({ schemaName: "_xdm.context.account" }),
      ]);
      expect(all.mergePolicies.map(({ name }) => name).sort()).toEqual(["Accounts", "Web first"]);
      expect(web.mergePolicies).toEqual([
        {
          id: expect.any(String) as unknown,
          name: "Web first",
          schemaName: "_xdm.context.profile",
          default: true,
          activeOnEdge: true,
        },
      ]);
      expect(accounts.mergePolicies).toHaveLength(1);
      expect((await world.lookups.findMergePolicies({ limit: 1 })).mergePolicies).toHaveLength(1);
      expect(asked()).toEqual(["GET /config/mergePolicies"]);
    });
  },
);
