import type { Values } from "../../provider/lifecycle";
import type { Operation, Scene } from "./operation";
import { Resource } from "./resource";
import type { Provider, Stage } from "./stage";

const definition = (device: string) => ({
  func: "segment",
  version: [1, 0, 0],
  container: {
    func: "container",
    context: "visitors",
    pred: { func: "streq", str: device, val: { func: "attr", name: "variables/device_type" } },
  },
});

const MOBILE = { name: "Mobile", dataViewId: "dv_dev", definition: definition("Phone") };
const TECHNICAL_ACCOUNT = 700001;
const AN_HOUR = 3_600_000;

const LIST = { method: "GET", path: "^/segments$" };
const TAG = { method: "PUT", path: "^/componentmetadata/tags/tagitems$" };
const CREATE = { method: "POST", path: "^/segments$" };

/**
 * A place where others have what looks like ours: another stack of this host has just made the same, and another host did so an
 * hour ago. None of it is ever touched.
 */
async function stack(stage: Stage) {
  const earlier = stage.process();
  const twin = await made(earlier);
  const long = stage.now() - AN_HOUR;
  const elder = stage.control.addSegment({ ...MOBILE, owner: TECHNICAL_ACCOUNT, created: long, modified: long });
  const others = [twin.id, elder.id];
  const othersAt = (): unknown => stage.control.segments().filter(({ id }) => others.includes(id));
  const before = othersAt();
  return {
    /** The process of an earlier run. */
    earlier,
    /** What there is of our own, and that the others' is untouched. */
    ours: () => {
      expect(othersAt()).toEqual(before);
      return stage.control.segments().filter(({ id }) => !others.includes(id));
    },
  };
}

/** A segment that an earlier run has made. */
async function made(earlier: Provider, wish: Values = MOBILE): Promise<Resource> {
  const resource = new Resource("segment");
  await resource.up(earlier, wish);
  return resource;
}

/** `pulumi up` of a segment: in the end there is one, as wished, and the engine knows it. */
function upOf(resource: Resource, wish: Values, ours: () => readonly object[]): Scene {
  return {
    command: (provider) => resource.up(provider, wish),
    agree() {
      expect(ours()).toEqual([expect.objectContaining({ id: resource.id, deleted: false, ...wish })]);
      expect(resource.kept?.outputs).toMatchObject(wish);
    },
  };
}

const creation = async (stage: Stage): Promise<Scene> => {
  const { ours } = await stack(stage);
  return { ...upOf(new Resource("segment"), MOBILE, ours), creates: /^\/segments$/, looks: /^\/segments$/ };
};

/** What is done with segments, by the columns of the table. */
export const SEGMENT_OPERATIONS = {
  create: { api: "cja", request: CREATE, named: /create segment "Mobile"/, arrange: creation },

  "find lost": {
    api: "cja",
    request: LIST,
    named: /create segment "Mobile"/,
    told: /ECONNRESET|socket hang up/,
    async arrange(stage) {
      const scene = await creation(stage);
      stage.control.addFault({ ...CREATE, reset: "after" });
      return scene;
    },
  },

  read: {
    api: "cja",
    request: LIST,
    named: /list segments/,
    async arrange(stage) {
      const { ours, earlier } = await stack(stage);
      const resource = await made(earlier);
      const edited = { ...MOBILE, description: "Edited by hand" };
      stage.control.editSegment(resource.id, { description: edited.description });
      return { ...upOf(resource, edited, ours), command: (provider) => resource.refresh(provider) };
    },
  },

  // One that somebody else owns now is not listed to us any more: only its ID tells that it is there.
  "read by ID": {
    api: "cja",
    dialect: "reference",
    request: { method: "GET", path: "^/segments/[^/]+$" },
    outage: { method: "GET", path: "^/segments/[^/]+$" },
    named: /read segment \S+/,
    async arrange(stage) {
      const { ours, earlier } = await stack(stage);
      const resource = await made(earlier);
      stage.control.editSegment(resource.id, { owner: "Jane Analyst", shared: false });
      return { ...upOf(resource, MOBILE, ours), command: (provider) => resource.refresh(provider) };
    },
  },

  update: {
    api: "cja",
    request: { method: "PUT", path: "^/segments/[^/]+$" },
    named: /update segment \S+/,
    async arrange(stage) {
      const { ours, earlier } = await stack(stage);
      return upOf(await made(earlier), { ...MOBILE, name: "Phones", description: "On the way" }, ours);
    },
  },

  delete: {
    api: "cja",
    request: { method: "DELETE", path: "^/segments/[^/]+$" },
    // What an answer does not say of it, the listing has to.
    named: /delete segment \S+|list segments/,
    async arrange(stage) {
      const { ours, earlier } = await stack(stage);
      const resource = await made(earlier);
      const { id } = resource;
      return {
        command: (provider) => resource.destroy(provider),
        agree() {
          expect(ours()).toEqual([expect.objectContaining({ id, deleted: true })]);
          expect(resource.kept).toBeUndefined();
        },
      };
    },
  },

  validate: {
    api: "cja",
    request: { method: "POST", path: "^/segments/validate$" },
    named: /validate segment "Mobile"/,
    async arrange(stage) {
      const { ours, earlier } = await stack(stage);
      return upOf(await made(earlier), { ...MOBILE, definition: definition("Tablet") }, ours);
    },
  },

  tag: {
    api: "cja",
    request: TAG,
    named: /tag segment \S+/,
    async arrange(stage) {
      const { ours, earlier } = await stack(stage);
      return upOf(await made(earlier, { ...MOBILE, tags: ["old"] }), { ...MOBILE, tags: ["new"] }, ours);
    },
  },

  "read shares": {
    api: "cja",
    request: { method: "POST", path: "^/componentmetadata/shares/component/search$" },
    outage: { path: "^/componentmetadata" },
    named: /read the shares of segment \S+/,
    async arrange(stage) {
      const { ours, earlier } = await stack(stage);
      const resource = await made(earlier, { ...MOBILE, shares: [{ to: "all" }] });
      stage.control.editSegment(resource.id, { shares: [] });
      const scene = upOf(resource, MOBILE, ours);
      return {
        command: (provider) => resource.refresh(provider),
        agree() {
          scene.agree();
          expect(resource.kept?.outputs["shares"]).toEqual([]);
        },
      };
    },
  },

  "page 2": {
    api: "cja",
    dialect: "reference",
    // By ID, first page, by ID, second page: the two ways to find segments take turns (docs/decisions/reading-segments.md).
    request: { ...LIST, skip: 3 },
    outage: { ...LIST, skip: 3 },
    named: /list segments/,
    arrange: manySegments,
  },
} as const satisfies Record<string, Operation>;

/** The tags of a new segment: what was made before them is never lost. */
export const TAG_OF_NEW: Operation = {
  api: "cja",
  request: TAG,
  outage: TAG,
  named: /tag segment \S+/,
  async arrange(stage) {
    const { ours } = await stack(stage);
    return upOf(new Resource("segment"), { ...MOBILE, tags: ["new"] }, ours);
  },
};

/**
 * So many reads at once that two requests by ID do not tell all, in a place with more segments than a page of the listing holds,
 * as the first page says. It is short, or each cell would spend most of its time on a thousand segments.
 */
async function manySegments(stage: Stage): Promise<Scene> {
  await stack(stage);
  const names = Array.from({ length: 201 }, (_, i) => ({ name: `Segment ${i}`, dataViewId: "dv_dev", definition: {} }));
  const segments = stage.control.addSegment(names).map(({ id, name }) => {
    const resource = new Resource("segment");
    resource.keep(id, { name }, { name, dataViewId: "dv_dev", definition: {} });
    return { id, resource };
  });
  const firstPage = { content: [{ id: "s_of_somebody" }], lastPage: false };
  let again = false;
  return {
    readsOnly: true,
    async command(provider) {
      // A token that has ended in between would shift what is counted here: which request asks for which page.
      if (again) stage.signOut();
      again = true;
      stage.control.addFault({ ...LIST, skip: 1, status: 200, body: firstPage });
      const reads = await Promise.allSettled(segments.map(({ resource }) => resource.refresh(provider)));
      // None is forgotten because the reading of others has failed.
      expect(segments.filter(({ resource, id }) => resource.id !== id)).toEqual([]);
      const failure = reads.find((one) => one.status === "rejected");
      if (failure) throw failure.reason;
    },
    agree() {
      expect(segments.filter(({ resource }) => resource.kept?.outputs["owner"] === undefined)).toEqual([]);
    },
  };
}
