import { TooDeepError, readJson } from "../../definition/json";
import { quoted } from "../../definition/sentences/quote";
import { resourceKind } from "../../model/resource-kinds";
import type { ExportedKind } from "../export/kinds";
import { parseUrn } from "../../model/urn";
import { readableValue } from "../review/preview/values";
import { containsSecret } from "../review/report/field-changes";
import { z } from "zod";
import { toPlainValues, type ComparedSegment } from "./compared-segment";

/** Of anything else nobody knows where its segments are. */
const stackExportSchema = z.strictObject({
  version: z.literal([3, 4]).optional(),
  features: z.array(z.string()).optional(),
  deployment: z.strictObject({
    manifest: z.unknown().optional(),
    secrets_providers: z.unknown().optional(),
    pending_operations: z.unknown().optional(),
    metadata: z.unknown().optional(),
    snippets: z.unknown().optional(),
    resources: z
      .array(
        z.looseObject({
          urn: z.string(),
          type: z.string(),
          id: z.string().optional(),
          delete: z.boolean().optional(),
          external: z.boolean().optional(),
          outputs: z.record(z.string(), z.unknown()).optional(),
        }),
      )
      .nullish(),
  }),
});

/** A resource in the state of a stack. */
export interface StackResource {
  /** The resource's name, with the components that it is in: it is the same in another stack. */
  readonly key: string;
  readonly id: string;
  readonly outputs: Readonly<Record<string, unknown>>;
}

/**
 * The resources of a kind in a stack, from what `pulumi stack export` prints.
 *
 * @throws Error where it is none
 */
export function parseStackResources(text: string, kind: ExportedKind): StackResource[] {
  const { data } = stackExportSchema.safeParse(parseJson(text));
  if (!data) throw new Error(NO_STATE);
  // A stack with nothing in it has none.
  return (data.deployment.resources ?? []).flatMap(({ urn, type, id, outputs, ...state }) => {
    // What only waits for its deletion, or is only read, is not what the program has.
    if (resourceKind(type) !== kind || state.delete === true || state.external === true) return [];
    if (id === undefined || !outputs) throw new Error(`${NO_STATE}: ${quoted(urn)} lacks its ID or its outputs`);
    const { types = [], name: resource = urn } = parseUrn(urn) ?? {};
    return [{ key: [...types.slice(0, -1), resource].join(" › "), id, outputs }];
  });
}

/** The segments of a stack. */
export const parseStackSegments = (text: string): ComparedSegment[] =>
  parseStackResources(text, "Segment").map(toComparedSegment);

function toComparedSegment({ key, id, outputs }: StackResource): ComparedSegment {
  const value = readableValue(outputs) as Record<string, unknown>;
  return { key, id, ...toPlainValues(value), definition: value["definition"], ...parseMetadata(outputs) };
}

const NO_STATE =
  'this version of pulumi-cja cannot read this output of "pulumi stack export": look at what pulumi stack export --stack NAME prints, and update pulumi-cja';

const metadata = z.object({
  tags: z.array(z.string()).optional().catch(undefined),
  shares: z
    .array(z.object({ to: z.string(), id: z.string().optional(), access: z.string().optional() }))
    .optional()
    .catch(undefined),
});

/** The tags and shares that the stack manages. What holds a secret is compared with nothing. */
function parseMetadata(outputs: Readonly<Record<string, unknown>>): Pick<ComparedSegment, "tags" | "shares" | "hides"> {
  const value = readableValue(outputs) as Readonly<Record<string, unknown>>;
  const { tags, shares } = metadata.parse(value);
  const hides = (["tags", "shares"] as const).filter((list) => containsSecret(value[list]));
  return {
    ...(hides.length > 0 && { hides }),
    ...(tags && !containsSecret(tags) && { tags }),
    ...(shares &&
      !containsSecret(shares) && {
        shares: shares.map(({ to, id, access }) => ({
          to,
          ids: id === undefined ? [] : [id],
          ...(access !== undefined && { access }),
        })),
      }),
  };
}

function parseJson(text: string): unknown {
  try {
    return readJson(text);
  } catch (error) {
    if (error instanceof TooDeepError) throw new Error(`the stack cannot be read: ${error.message}`, { cause: error });
    return undefined;
  }
}
