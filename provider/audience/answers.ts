import { z } from "zod";
import { isObject, readJson } from "../../definition/json";
import { AUDIENCE_ANSWER_FIELDS, audienceField, type AudienceAnswerField } from "../../model/audience-field-lists";
import type { AUDIENCE_TABLE, AudienceValues } from "../../model/audience-fields";
import type { AudienceLifecycle, Evaluation } from "../../model/evaluation-and-lifecycle";
import { omit, type FieldsWith } from "../../model/fields";
import { asObject, readField, withoutUndefined, type OnBadField } from "../http/answer-fields";
import { SEGMENTATION_SERVICE, type Audience, type MergePolicy } from "./audience";

const text = z.string();

/** What the service calls the ways of evaluation. One page swaps the last two in a bracket, against all other documents. */
export const EVALUATION_NAMES: Readonly<Record<Evaluation, string>> = {
  batch: "batch",
  streaming: "continuous",
  edge: "synchronous",
};

/** As JSON it comes as a string that holds JSON. */
const expression = z
  .looseObject({ type: text.nullish(), format: text.nullish(), value: z.union([text, z.custom<object>(isObject)]) })
  .transform((found, context): string | object => {
    const refuse = (message: string) => {
      context.addIssue({ code: "custom", message });
      return z.NEVER;
    };
    const format = found.format?.toLowerCase() ?? "pql/text";
    if ((found.type ?? "PQL").toUpperCase() !== "PQL")
      return refuse(`expected the type PQL, found ${JSON.stringify(found.type)}`);
    if (format === "pql/text" && typeof found.value === "string") return found.value;
    if (format !== "pql/json") return refuse(`expected pql/text or pql/json, found ${JSON.stringify(found.format)}`);
    return parseJsonExpression(found.value) ?? refuse("expected a string with a JSON object for pql/json");
  });

function parseJsonExpression(value: string | object): object | undefined {
  if (typeof value !== "string") return value;
  try {
    const parsed = readJson(value);
    return isObject(parsed) ? parsed : undefined;
  } catch (error) {
    // Not JSON, or nested too deep to be read.
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

const isEnabled = z.looseObject({ enabled: z.boolean().nullish() }).nullish();

/** All samples have exactly one enabled; where none is, the segment definitions page says that it is batch. */
const evaluation = z
  .looseObject({ batch: isEnabled, continuous: isEnabled, synchronous: isEnabled })
  .transform((info, context): Evaluation => {
    const all = Object.entries(EVALUATION_NAMES) as [Evaluation, "batch" | "continuous" | "synchronous"][];
    const [first = "batch", ...others] = all.flatMap(([name, key]) => (info[key]?.enabled === true ? [name] : []));
    if (others.length === 0) return first;
    const message = `expected one way of evaluation, found ${[first, ...others].map((name) => EVALUATION_NAMES[name]).join(" and ")}`;
    context.addIssue({ code: "custom", message });
    return z.NEVER;
  });

const schemaName = z.looseObject({ name: text.min(1) }).transform(({ name }) => name);

/** `active` is what `published` was called. */
const lifecycle = z
  .enum(["draft", "published", "active", "inactive"])
  .transform((state): AudienceLifecycle => (state === "active" ? "published" : state));

type AnsweredAs<RowPart> = FieldsWith<typeof AUDIENCE_TABLE, RowPart>;
type TimeField = "created" | "modified";
type ClientShapedField = Exclude<AudienceAnswerField, AnsweredAs<{ readonly answer: z.ZodType }> | TimeField>;

/** Of the fields that the table leaves to this file. */
const SHAPES: { readonly [Name in ClientShapedField]: z.ZodType<AudienceValues[Name]> } = {
  expression,
  evaluation,
  schemaName,
  lifecycle,
};

/** @returns undefined when the answer is no object or has no ID: then nothing in it can be used. */
export function parseAudience(answer: unknown, onBadField: OnBadField): Audience | undefined {
  const body = asObject(answer);
  if (!body) return undefined;
  const id = readField(body, ["id"], text.min(1), onBadField);
  if (id === undefined) return undefined;
  const fields = AUDIENCE_ANSWER_FIELDS.map((name) => {
    const { names = [], answer = SHAPES[name as ClientShapedField] } = audienceField(name);
    const value = isTimeField(name) ? parseTime(body, names) : readField(body, names, answer, onBadField);
    return [name, value] as const;
  });
  const found = { id, ...withoutUndefined<Omit<Audience, "id">>(Object.fromEntries(fields)) };
  const audience = { ...found, ...originOf(found, body), ...evaluationOf(found, body) };
  return isOlderThanMade(audience) ? omit(audience, ["created"]) : audience;
}

/** A time of creation after the last change is none. */
const isOlderThanMade = ({ created, modified }: Audience): boolean =>
  created !== undefined && modified !== undefined && created > modified;

/** Some samples name the origin only by the type: what is made elsewhere is an upload unless it says otherwise (audiences page). */
function originOf({ originName }: Audience, body: Readonly<Record<string, unknown>>): Pick<Audience, "originName"> {
  if (originName !== undefined) return {};
  if (body["type"] === "ExternalSegment") return { originName: "CUSTOM_UPLOAD" };
  return body["type"] === "SegmentDefinition" ? { originName: SEGMENTATION_SERVICE } : {};
}

/** A rule is evaluated in batch where nothing else is said. What others have made has no rule. */
const evaluationOf = ({ expression: rule }: Audience, body: Readonly<Record<string, unknown>>) =>
  rule !== undefined && (body["evaluationInfo"] ?? undefined) === undefined ? { evaluation: "batch" as const } : {};

const isTimeField = (name: AudienceAnswerField): name is TimeField => name === "created" || name === "modified";

/** Nobody made an audience before there was the platform, nor will in the days of this program. */
const EARLIEST_MS = Date.UTC(2012, 0);
const LATEST_MS = Date.UTC(2100, 0);

/**
 * The first of some times that makes sense. Samples have them in seconds, milliseconds and microseconds under the same name, and 0.
 *
 * @example parseTime({ createEpoch: 1650374572 }, ["createEpoch"]) // "2022-04-19T13:22:52.000Z"
 */
function parseTime(body: Readonly<Record<string, unknown>>, names: readonly string[]): string | undefined {
  const times = names.flatMap((name) => {
    const value = body[name];
    return typeof value === "number" ? [value * 1000, value, value / 1000] : [];
  });
  const time = times.find((ms) => ms >= EARLIEST_MS && ms < LATEST_MS);
  return time === undefined ? undefined : new Date(Math.floor(time)).toISOString();
}

/** @returns undefined for what has no ID or no name: nobody can use it by either. */
export function parseMergePolicy(answer: unknown, onBadField: OnBadField): MergePolicy | undefined {
  const body = asObject(answer);
  if (!body) return undefined;
  const id = readField(body, ["id"], text.min(1), onBadField);
  const name = readField(body, ["name"], text, onBadField);
  if (id === undefined || name === undefined) return undefined;
  return withoutUndefined<MergePolicy>({
    id,
    name,
    schemaName: readField(body, ["schema"], schemaName, onBadField),
    default: readField(body, ["default"], z.boolean(), onBadField),
    activeOnEdge: readField(body, ["isActiveOnEdge", "activeOnEdge"], z.boolean(), onBadField),
  });
}
