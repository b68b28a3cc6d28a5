import { exactNumbersText } from "../../../definition/exact-numbers";
import { expressionMistakes } from "../../../definition/pql/expression";
import { quoted } from "../../../definition/sentences/quote";
import { AUDIENCE_BODY_FIELDS, audienceField, type AudienceContent } from "../../../model/audience-field-lists";
import { omit, pick } from "../../../model/fields";
import type { Audience, MergePolicy } from "../../../provider/audience/audience";
import { isOfSegmentationService, otherOriginsText } from "../../sandbox-audiences";
import type { NamedResource } from "../kinds";

/** An audience as the service has it, with all that a program says of it. */
export interface ExportedAudience extends Omit<AudienceContent, "expression"> {
  readonly id: string;
  readonly expression: string | object;
  /** The name of its merge policy, where one has that name alone. */
  readonly mergePolicy?: string;
  readonly sandbox: string;
}

/** An audience and what it is called in the program. */
export interface NamedAudience extends NamedResource {
  readonly audience: ExportedAudience;
}

/** What the program says of an audience beside its expression, in the order in which it is written: not what leaving it out means already. */
export function argumentsOf(audience: ExportedAudience): Readonly<Record<string, unknown>> {
  const fields = AUDIENCE_BODY_FIELDS.filter(
    (name) => audience[name] !== undefined && audience[name] !== audienceField(name).absent,
  );
  const { mergePolicy, sandbox } = audience;
  const written: Partial<ExportedAudience> =
    mergePolicy === undefined
      ? pick(audience, fields)
      : { ...omit(pick(audience, fields), ["mergePolicyId"]), mergePolicy };
  return { ...omit(written, ["expression"]), sandbox };
}

interface Exportable {
  readonly audiences: readonly ExportedAudience[];
  readonly warnings: readonly string[];
}

/** The audiences that a program can express, and warnings for the others. */
export function selectExportable(
  listed: readonly Audience[],
  sandbox: string,
  mergePolicies: readonly MergePolicy[],
): Exportable {
  const audiences: ExportedAudience[] = [];
  const problems: string[] = [];
  const foreign: Audience[] = [];
  for (const audience of listed) {
    const { id, name = "", expression } = audience;
    if (!isOfSegmentationService(audience)) {
      foreign.push(audience);
      continue;
    }
    const problem = problemOf(name, expression);
    if (problem !== undefined) problems.push(`${id} ${quoted(name)} is left out: ${problem}`);
    else
      audiences.push({
        ...pick(audience, AUDIENCE_BODY_FIELDS),
        ...policyNameOf(audience, mergePolicies),
        ...{ id, name, sandbox, expression: expression as string | object },
      });
  }
  const left = otherOriginsText(foreign);
  return { audiences, warnings: [...(left === undefined ? [] : [left]), ...problems] };
}

/** A name that two policies have does not say which one it is. */
function policyNameOf(
  { mergePolicyId }: Audience,
  policies: readonly MergePolicy[],
): { readonly mergePolicy?: string } {
  const policy = policies.find(({ id }) => id === mergePolicyId);
  const isOnly = policy !== undefined && policies.filter(({ name }) => name === policy.name).length === 1;
  return isOnly ? { mergePolicy: policy.name } : {};
}

function problemOf(name: string, expression: unknown): string | undefined {
  if (name.trim() === "") return "it has no name, and a program has to give one; name it in the UI";
  if (expression === undefined) return "the service returns no expression of it";
  const number = exactNumbersText(expression);
  if (number !== undefined) return `its expression has ${number}, which a program would round; change it in the UI`;
  // A program with one such expression is refused whole.
  const [mistake, ...more] = expressionMistakes(expression);
  if (!mistake) return undefined;
  const others = more.length === 0 ? "" : ` and ${more.length} more`;
  const place = mistake.path === "" ? "" : `${mistake.path}: `;
  return `its expression has mistakes: ${place}${mistake.message}${others}; correct it in the UI`;
}
