import { technicalAccount } from "../../emulator";
import type { Values } from "../../provider/lifecycle";
import type { Operation, Scene } from "./operation";
import { Resource } from "./resource";
import type { Provider, Stage } from "./stage";

const BUYERS = { name: "Buyers", expression: 'workAddress.country = "US"' };
const IN_CANADA = { ...BUYERS, expression: 'workAddress.country = "CA"', description: "On the way" };
const POLICY = "Dataset Precedence Merge Policy";
const AN_HOUR = 3_600_000;

const UPS = "^/data/core/ups";
const CREATE = { method: "POST", path: `${UPS}/audiences$` };
const LIST = { method: "GET", path: `${UPS}/audiences$` };
const ONE = `${UPS}/audiences/[^/]+$`;
const CONVERT = { method: "POST", path: `${UPS}/segment/conversion$` };
const OLDER_LIST = { method: "GET", path: `${UPS}/segment/definitions$` };
const OLDER_CREATE = { method: "POST", path: `${UPS}/segment/definitions$` };
const OLDER_ONE = `${UPS}/segment/definitions/[^/]+$`;

/**
 * A sandbox where others have what looks like ours: another stack of this host has just made the same, and another host did so an hour
 * ago. None of it is ever touched.
 */
async function sandbox(stage: Stage) {
  const earlier = stage.process();
  const twin = await made(earlier);
  const created = stage.now() - AN_HOUR;
  const elder = stage.control.addAudience({ ...BUYERS, created, createdBy: technicalAccount.imsUserId });
  const others = [twin.id, elder.id];
  const othersAt = (): unknown => stage.control.audiences().filter(({ id }) => others.includes(id));
  const before = othersAt();
  return {
    /** The process of an earlier run. */
    earlier,
    /** What there is of our own, and that the others' is untouched. */
    ours: () => {
      expect(othersAt()).toEqual(before);
      return stage.control.audiences().filter(({ id }) => !others.includes(id));
    },
  };
}

/** An audience that an earlier run has made. */
async function made(earlier: Provider, wish: Values = BUYERS): Promise<Resource> {
  const resource = new Resource("audience");
  await resource.up(earlier, wish);
  return resource;
}

/** The preview has asked what the service thinks of the expression. */
const previewed = (earlier: Provider, wish: Values) => earlier.audience.check({}, wish);

/** `pulumi up` of an audience: in the end there is one, as wished, and the engine knows it. */
function upOf(resource: Resource, wish: Values, ours: () => readonly object[]): Scene {
  return {
    command: (provider) => resource.up(provider, wish),
    agree() {
      expect(ours()).toEqual([expect.objectContaining({ id: resource.id, ...wish })]);
      expect(resource.kept?.outputs).toMatchObject(wish);
    },
  };
}

const creation = async (stage: Stage, wish: Values = BUYERS): Promise<Scene> => {
  const { ours } = await sandbox(stage);
  const path = new RegExp(CREATE.path);
  return { ...upOf(new Resource("audience"), wish, ours), creates: path, looks: path };
};

/** What is done with audiences, by the columns of the table. */
export const AUDIENCE_OPERATIONS = {
  create: { api: "platform", request: CREATE, named: /create audience "Buyers"/, arrange: (stage) => creation(stage) },

  "find lost": {
    api: "platform",
    request: LIST,
    named: /create audience "Buyers"/,
    told: /ECONNRESET|socket hang up/,
    async arrange(stage) {
      const scene = await creation(stage);
      stage.control.addFault({ ...CREATE, reset: "after" });
      return scene;
    },
  },

  "find policy": {
    api: "platform",
    request: { method: "GET", path: `${UPS}/config/mergePolicies$` },
    named: /list merge policies/,
    arrange: (stage) => creation(stage, { ...BUYERS, mergePolicy: POLICY }),
  },

  // Where it does not come, the write tells: all else works.
  validate: {
    api: "platform",
    request: CONVERT,
    outage: CONVERT,
    named: /validate the expression of audience "Buyers"/,
    arrange: (stage) => creation(stage, IN_CANADA),
  },

  // Nobody has asked yet, and what is wished is only in one form of the service.
  form: {
    api: "platform",
    request: LIST,
    named: /list audiences/,
    async arrange(stage) {
      const wish = { ...BUYERS, lifecycle: "published" };
      await previewed(stage.process(), BUYERS);
      return upOf(new Resource("audience"), wish, () => stage.control.audiences());
    },
  },

  read: {
    api: "platform",
    request: { method: "GET", path: ONE },
    named: /read audience \S+/,
    async arrange(stage) {
      const { ours, earlier } = await sandbox(stage);
      const resource = await made(earlier);
      const edited = { ...BUYERS, description: "Edited by hand" };
      stage.control.editAudience(resource.id, { description: edited.description });
      return { ...upOf(resource, edited, ours), command: (provider) => resource.refresh(provider) };
    },
  },

  "read 3": {
    api: "platform",
    request: { method: "POST", path: `${UPS}/audiences/bulk-get$` },
    named: /read 3 audiences/,
    arrange: (stage) => reads(stage, async (provider, all) => every(all.map((one) => one.refresh(provider)))),
  },

  // What the engine reads after the first ones is looked for in the listing, too. Its first page tells of none of them.
  "page 2": {
    api: "platform",
    request: { ...LIST, skip: 1 },
    outage: { ...LIST, skip: 1 },
    named: /list audiences/,
    arrange: (stage) =>
      reads(stage, async (provider, [first, ...rest]) => {
        const somebodys = { id: "somebodys", name: "Somebody's", type: "SegmentDefinition" };
        const body = { children: [somebodys], _page: { totalCount: 4, pageSize: 1, next: "0" }, _links: {} };
        stage.control.addFault({ ...LIST, status: 200, body });
        await first?.refresh(provider);
        await every(rest.map((one) => one.refresh(provider)));
      }),
  },

  update: {
    api: "platform",
    request: { method: "PATCH", path: ONE },
    named: /update audience \S+|read audience \S+/,
    async arrange(stage) {
      const { ours, earlier } = await sandbox(stage);
      await previewed(earlier, IN_CANADA);
      return upOf(await made(earlier), IN_CANADA, ours);
    },
  },

  // The answer to the write has no word of the evaluation.
  confirm: {
    api: "platform",
    request: { method: "GET", path: ONE },
    outage: { method: "GET", path: ONE },
    named: /read audience \S+/,
    arrange: (stage) => confirmation(stage, sandbox, ONE),
  },

  deactivate: {
    api: "platform",
    request: { method: "PATCH", path: ONE },
    named: /update audience \S+|read audience \S+/,
    async arrange(stage) {
      const { ours, earlier } = await sandbox(stage);
      const resource = await made(earlier, { ...BUYERS, deletionPolicy: "deactivate" });
      const { id } = resource;
      return {
        command: (provider) => resource.destroy(provider),
        agree() {
          expect(ours()).toEqual([expect.objectContaining({ id, ...BUYERS, lifecycle: "inactive" })]);
          expect(resource.kept).toBeUndefined();
        },
      };
    },
  },

  // Whether others reference it.
  users: {
    api: "platform",
    request: { method: "GET", path: ONE },
    named: /read audience \S+/,
    arrange: (stage) => deletion(stage, sandbox, "refuseIfUsed"),
  },

  delete: {
    api: "platform",
    request: { method: "DELETE", path: ONE },
    // What an answer does not say of it, the audience or the listing has to.
    named: /(delete|read) audience \S+|list audiences/,
    arrange: (stage) => deletion(stage),
  },
} as const satisfies Record<string, Operation>;

/** The same where the service has the older form alone: a PATCH overwrites, so that what is there is read first. */
export const OLDER_OPERATIONS = {
  "older create": {
    api: "platform",
    audiences: "definitions",
    request: OLDER_CREATE,
    named: /create audience "Buyers"/,
    async arrange(stage) {
      const { ours } = await olderSandbox(stage);
      const path = new RegExp(OLDER_CREATE.path);
      return { ...upOf(new Resource("audience"), BUYERS, ours), creates: path, looks: path };
    },
  },

  "older form": {
    api: "platform",
    audiences: "definitions",
    request: OLDER_LIST,
    named: /list audiences/,
    async arrange(stage) {
      await previewed(stage.process(), BUYERS);
      return upOf(new Resource("audience"), BUYERS, () => stage.control.audiences());
    },
  },

  "older read 3": {
    api: "platform",
    audiences: "definitions",
    request: { method: "POST", path: `${UPS}/segment/definitions/bulk-get$` },
    named: /read 3 audiences/,
    arrange: (stage) =>
      reads(stage, async (provider, all) => every(all.map((one) => one.refresh(provider))), olderSandbox),
  },

  "older page 2": {
    api: "platform",
    audiences: "definitions",
    request: { ...OLDER_LIST, skip: 1 },
    outage: { ...OLDER_LIST, skip: 1 },
    named: /list audiences/,
    arrange: (stage) =>
      reads(
        stage,
        async (provider, [first, ...rest]) => {
          const body = { segments: [{ id: "somebodys", name: "Somebody's" }], page: { totalCount: 5, totalPages: 5 } };
          stage.control.addFault({ ...OLDER_LIST, status: 200, body });
          await first?.refresh(provider);
          await every(rest.map((one) => one.refresh(provider)));
        },
        olderSandbox,
      ),
  },

  // What nobody manages is read, and sent back.
  "older current": {
    api: "platform",
    audiences: "definitions",
    request: { method: "GET", path: OLDER_ONE },
    outage: { method: "GET", path: OLDER_ONE },
    named: /read audience \S+/,
    async arrange(stage) {
      const { ours, earlier } = await olderSandbox(stage);
      await previewed(earlier, IN_CANADA);
      return upOf(await made(earlier), IN_CANADA, ours);
    },
  },

  "older confirm": {
    api: "platform",
    audiences: "definitions",
    request: { method: "GET", path: OLDER_ONE, skip: 1 },
    outage: { method: "GET", path: OLDER_ONE, skip: 1 },
    named: /read audience \S+/,
    arrange: (stage) => confirmation(stage, olderSandbox, OLDER_ONE),
  },

  "older users": {
    api: "platform",
    audiences: "definitions",
    request: OLDER_LIST,
    outage: OLDER_LIST,
    named: /list audiences/,
    arrange: (stage) => deletion(stage, olderSandbox, "refuseIfUsed"),
  },

  "older update": {
    api: "platform",
    audiences: "definitions",
    request: { method: "PATCH", path: OLDER_ONE },
    named: /update audience \S+|read audience \S+/,
    async arrange(stage) {
      const { ours, earlier } = await olderSandbox(stage);
      await previewed(earlier, IN_CANADA);
      return upOf(await made(earlier), IN_CANADA, ours);
    },
  },

  "older delete": {
    api: "platform",
    audiences: "definitions",
    request: { method: "DELETE", path: OLDER_ONE },
    named: /(delete|read) audience \S+|list audiences/,
    arrange: (stage) => deletion(stage, olderSandbox),
  },
} as const satisfies Record<string, Operation>;

/** Names are there once: others have another one. */
async function olderSandbox(stage: Stage) {
  const earlier = stage.process();
  const other = await made(earlier, { ...BUYERS, name: "Another stack's" });
  const before = stage.control.audiences();
  return {
    earlier,
    ours: () => {
      const [first, ...ours] = stage.control.audiences();
      expect([first]).toEqual(before);
      expect(first?.id).toBe(other.id);
      return ours;
    },
  };
}

/** `pulumi up` of a streaming audience, whose write is answered without a word of its evaluation. */
async function confirmation(stage: Stage, place: typeof olderSandbox, path: string): Promise<Scene> {
  const { ours, earlier } = await place(stage);
  const [before, after] = [BUYERS, IN_CANADA].map((args) => ({ ...args, evaluation: "streaming" }));
  await previewed(earlier, after ?? {});
  const resource = await made(earlier, before);
  stage.control.addFault({ method: "PATCH", path, process: true, status: 200, body: { id: resource.id } });
  return upOf(resource, after ?? {}, ours);
}

/** `pulumi destroy` of an audience. */
async function deletion(stage: Stage, place: typeof olderSandbox = sandbox, deletionPolicy?: string): Promise<Scene> {
  const { ours, earlier } = await place(stage);
  const resource = await made(earlier, { ...BUYERS, deletionPolicy });
  return {
    command: (provider) => resource.destroy(provider),
    agree() {
      expect(ours()).toEqual([]);
      expect(resource.kept).toBeUndefined();
    },
  };
}

/** `pulumi refresh` of three audiences, one of which somebody has renamed since. */
async function reads(
  stage: Stage,
  refresh: (provider: Provider, audiences: readonly Resource[]) => Promise<void>,
  place: typeof olderSandbox = sandbox,
): Promise<Scene> {
  const { ours, earlier } = await place(stage);
  const audiences: Resource[] = [];
  for (const name of ["One", "Two", "Three"]) audiences.push(await made(earlier, { ...BUYERS, name }));
  const ids = audiences.map(({ id }) => id);
  stage.control.editAudience(ids[2] ?? "", { name: "Renamed by hand" });
  return {
    readsOnly: true,
    command: (provider) => refresh(provider, audiences),
    agree() {
      expect(audiences.map(({ id, kept }) => [id, kept?.outputs["name"]])).toEqual([
        [ids[0], "One"],
        [ids[1], "Two"],
        [ids[2], "Renamed by hand"],
      ]);
      expect(ours()).toHaveLength(3);
    },
  };
}

async function every(reads: readonly Promise<void>[]): Promise<void> {
  const failure = (await Promise.allSettled(reads)).find((read) => read.status === "rejected");
  if (failure) throw failure.reason;
}
