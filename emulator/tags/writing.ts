import type { Context } from "hono";
import { z } from "zod";
import { bodyAs } from "../request";
import type { JsonObject } from "../json";
import { refOf, type ComponentRef } from "../metadata/component";
import { putComponent, done, failed, permitted } from "../metadata/stored";
import type { Tenant } from "../tenant";
import type { Tag } from "./tag";

const componentSchema = z.object({ componentType: z.string(), componentId: z.string().min(1) });
const newTagsSchema = z.array(
  z.object({
    name: z.string().trim().min(1),
    description: z.string().nullish(),
    components: z.array(componentSchema).nullish(),
  }),
);
const tagSchema = z
  .object({ id: z.number().int().nullish(), name: z.string().trim().nullish(), description: z.string().nullish() })
  .refine(({ id, name }) => id != null || (name ?? "") !== "", "a tag must have a name");
const itemsSchema = z.array(componentSchema.extend({ tags: z.array(tagSchema) }));
type TagInput = z.output<typeof tagSchema>;

/** POST: each tag, made where there is none of its name, is added to its components. */
export async function addTags(c: Context, tenant: Tenant): Promise<JsonObject[]> {
  const inputs = (await bodyAs(c, newTagsSchema)).map((tag) => ({
    ...tag,
    components: (tag.components ?? []).map(refOf),
  }));
  return inputs.map(({ name, description, components }) => {
    const tag = tenant.store.tagNamed(name, description ?? "");
    const messages = components.flatMap((ref) => addTag(tenant, ref, tag) ?? []);
    const status = messages.length === 0 ? done : failed(messages.join("; "));
    return { ...tag, components, status };
  });
}

/** PUT of tagitems: these become the only tags of each component. One that cannot be changed does not stop the others. */
export async function putTagItems(c: Context, tenant: Tenant): Promise<JsonObject[]> {
  const items = (await bodyAs(c, itemsSchema)).map((item) => ({ ref: refOf(item), tags: item.tags }));
  return items.map(({ ref, tags }) => {
    const outcome = replaceTags(tenant, ref, tags);
    return typeof outcome === "string"
      ? { ...ref, tags, status: failed(outcome) }
      : { ...ref, tags: outcome, status: done };
  });
}

/** DELETE by components: one answer for all of them. */
export function removeTags(tenant: Tenant, refs: readonly ComponentRef[]): JsonObject {
  const messages = refs.flatMap((ref) => {
    const { component, refusal } = permitted(tenant, ref);
    if (refusal) return refusal.message;
    putComponent(tenant.store, { ...component, tagIds: [] });
    return [];
  });
  const status = messages.length === 0 ? done : failed(messages.join("; "));
  return { id: refs.map(({ componentId }) => componentId).join(","), status };
}

/** Why the tag was not added; undefined when it was. */
function addTag(tenant: Tenant, ref: ComponentRef, tag: Tag): string | undefined {
  const { component, refusal } = permitted(tenant, ref);
  if (refusal) return refusal.message;
  putComponent(tenant.store, { ...component, tagIds: [...new Set([...component.tagIds, tag.id])] });
  return undefined;
}

/** The component's tags from now on, or why they are not. */
function replaceTags(tenant: Tenant, ref: ComponentRef, inputs: readonly TagInput[]): Tag[] | string {
  const { store } = tenant;
  const { component, refusal } = permitted(tenant, ref);
  if (refusal) return refusal.message;
  const unknown = inputs.find(({ id }) => id != null && store.tags.get(id) === undefined);
  if (unknown !== undefined) return `Tag ${unknown.id} was not found`;
  const tags = inputs.map(({ id, name, description }) => {
    return store.tags.get(id ?? -1) ?? store.tagNamed(name ?? "", description ?? "");
  });
  const tagIds = [...new Set(tags.map(({ id }) => id))];
  putComponent(store, { ...component, tagIds });
  return tagIds.flatMap((id) => store.tags.get(id) ?? []);
}
