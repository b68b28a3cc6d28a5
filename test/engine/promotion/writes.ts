/** What was sent to change something, and what had to be. */
import type { Emulator } from "../../../emulator";
import { ANALYSTS } from "./definitions";

/** Most segments that a request for tags or shares takes. */
export const MOST = 100;
export const TAGS = "/componentmetadata/tags/tagitems";
export const SHARES = "/componentmetadata/shares";

export interface Write {
  readonly method: string;
  /** Without the ID of a segment. */
  readonly path: string;
  readonly body: unknown;
}

/** All that writes: segments first, then tags, then shares, and whatever else there may be. */
export const writesOf = ({ control }: Emulator): Write[] =>
  control
    .requests()
    .filter(({ method, path }) => method !== "GET" && !/^\/ims\/|\/(?:validate|search)$/.test(path))
    .map(({ method, path, body }) => ({ method, path: path.replace(/^\/segments\/.*/, "/segments/ID"), body }))
    .sort((a, b) => (a.path < b.path ? 1 : a.path > b.path ? -1 : 0));

/** The segments whose tags or shares were written, sorted; one twice where it was written twice. */
export const componentsOf = (writes: readonly Write[]): string[] =>
  writes.flatMap(({ body }) => (body as { componentId: string }[]).map(({ componentId }) => componentId)).sort();

/** What was written of each segment, in the order of their IDs. */
export const itemsOf = (writes: readonly Write[] = []): { componentId: string }[] =>
  writes
    .flatMap(({ body }) => body as { componentId: string }[])
    .sort((a, b) => (a.componentId < b.componentId ? -1 : 1));

export const updated = (body: object): Write => ({ method: "PUT", path: "/segments/ID", body });
export const tagged = (id: string, ...tags: readonly string[]): Write =>
  metadata(TAGS, id, { tags: tags.map((name) => ({ name })) });
/** With the analysts of an environment. */
export const shared = (id: string, environment: keyof typeof ANALYSTS): Write =>
  metadata(SHARES, id, { shares: [{ shareToType: "group", shareToId: ANALYSTS[environment] }] });

const metadata = (path: string, componentId: string, body: object): Write => ({
  method: "PUT",
  path,
  body: [{ componentType: "segment", componentId, ...body }],
});
