import { writeJson } from "../../definition/json";
import { audienceField, type AudienceBodyField, type AudienceContent } from "../../model/audience-field-lists";
import { EVALUATIONS, type Evaluation } from "../../model/evaluation-and-lifecycle";
import { EVALUATION_NAMES } from "./answers";
import { FORMS, type AudienceForm } from "./forms";

type Body = Readonly<Record<string, unknown>>;

/** How fields are written that are not written as they are. */
const WRITTEN: { readonly [Name in AudienceBodyField]?: (value: AudienceContent[Name]) => unknown } = {
  expression: (expression) =>
    typeof expression === "string"
      ? { type: "PQL", format: "pql/text", value: expression }
      : { type: "PQL", format: "pql/json", value: writeJson(expression) },
  evaluation: (enabled) =>
    Object.fromEntries(EVALUATIONS.map((name) => [EVALUATION_NAMES[name], { enabled: name === enabled }])),
  schemaName: (name) => ({ name }),
};

/** The fields of a body that a form of the service does not have. */
export const fieldsNotIn = (form: AudienceForm, content: Partial<AudienceContent>): readonly AudienceBodyField[] =>
  givenFields(content).filter((name) => form !== (audienceField(name).form ?? form));

/** The fields that are given, under their names on the wire. */
function toBody(content: Partial<AudienceContent>): Body {
  return Object.fromEntries(
    givenFields(content).map((name) => {
      const write = WRITTEN[name] as ((value: unknown) => unknown) | undefined;
      const [wireName = name] = audienceField(name).names ?? [];
      return [wireName, write ? write(content[name]) : content[name]];
    }),
  );
}

const givenFields = (content: Partial<AudienceContent>) =>
  (Object.keys(content) as AudienceBodyField[]).filter((name) => content[name] !== undefined);

/** Both forms take an audience without `evaluationInfo` for one of these. */
export const DEFAULT_EVALUATION = "batch" satisfies Evaluation;

/** What the service would make of it anyway is said. */
const DEFAULTS = { evaluation: DEFAULT_EVALUATION } as const;

/** The body that makes an audience. */
export const creationBody = (form: AudienceForm, content: AudienceContent): Body => ({
  ...FORMS[form].constants,
  ...toBody({ ...DEFAULTS, ...content }),
});

/** The body that changes some fields of an audience, whole values each: its operation is always `add` (audiences page). */
export const patchBody = (changes: Partial<AudienceContent>): readonly Body[] =>
  Object.entries(toBody(changes)).map(([name, value]) => ({ op: "add", path: `/${name}`, value }));

/** What only the service sets. */
const SERVER_FIELDS = [
  ...["imsOrgId", "sandbox", "creationTime", "createEpoch", "updateTime", "updateEpoch", "baselineTime", "createdBy"],
  ...["_etag", "_links"],
];

/**
 * The body that overwrites a definition: PATCH of the older form keeps nothing that is not sent, and an audience that is sent without
 * `evaluationInfo` becomes a batch one.
 *
 * @param current the definition as it was answered: what nobody manages stays as it is.
 */
export function overwritingBody(id: string, current: Body, content: AudienceContent): Body {
  const kept = Object.entries(current).filter(([name]) => !SERVER_FIELDS.includes(name));
  return { ...Object.fromEntries(kept), ...toBody({ ...DEFAULTS, ...content }), id };
}
