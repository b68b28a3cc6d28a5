import * as pulumi from "@pulumi/pulumi";
import { audienceMistakes, AUDIENCE_OUTPUTS } from "../model";
import { findExpressionIds, NAMED_AUDIENCE_ARGUMENTS } from "../model/environment/references";
import type { IdAtPath } from "../model/environment/share-ids";
import { DYNAMIC, type Door } from "./door";
import { isOutputOrPromise } from "./output-args";
import { programCheck } from "./program-check";

/**
 * The arguments of an audience.
 *
 * Document: https://experienceleague.adobe.com/en/docs/experience-platform/segmentation/api/audiences
 */
export interface AudienceArgs {
  /** The audience's name in the UI. Not empty. Adobe calls names unique; if it refuses one that is taken, the error names the audience that has it. */
  name: pulumi.Input<string>;
  /**
   * Whom the audience consists of: the text of a PQL expression, or an object in the form of pql/json. The provider compares it by meaning:
   * other blanks or another order of keys are no change. Name other audiences by their outputs:
   * ``pulumi.interpolate`inSegment("${buyers.id}")` ``; Pulumi then creates them first and deletes them last.
   *
   * Document: https://experienceleague.adobe.com/en/docs/experience-platform/segmentation/pql/overview
   */
  expression: pulumi.Input<string | object>;
  /** What the audience is for. Default: none; removing it from the program clears it. */
  description?: pulumi.Input<string | undefined>;
  /**
   * How the audience is evaluated: in `batch` (once a day, or by a `SegmentJob`), `streaming` (as events arrive), or on the `edge`. Default:
   * `batch`. Adobe may evaluate what is created or edited in batch nonetheless; the provider then warns and says why, and the next refresh
   * shows the difference.
   *
   * Document: https://experienceleague.adobe.com/en/docs/experience-platform/segmentation/eligibility-criteria-update
   */
  evaluation?: pulumi.Input<"batch" | "streaming" | "edge" | undefined>;
  /**
   * The name of the merge policy, which the provider looks up in the sandbox. The preview fails if there is none of that name, and lists
   * those that there are. Default: the service's own; the provider then does not compare it.
   */
  mergePolicy?: pulumi.Input<string | undefined>;
  /** The same by its ID, which differs between sandboxes: the preview fails if this one has none of that ID. Give one of the two. */
  mergePolicyId?: pulumi.Input<string | undefined>;
  /** The XDM schema that the audience is made of. Default: `_xdm.context.profile`, people. Another one makes another audience: see `replaceWithNewId`. */
  schemaName?: pulumi.Input<string | undefined>;
  /**
   * `draft` (destinations do not see it), `published`, or `inactive` (not evaluated). Default: the program does not manage it, and it stays as
   * it is. Removing the argument leaves it as it is.
   */
  lifecycle?: pulumi.Input<"draft" | "published" | "inactive" | undefined>;
  /** The names of all its data usage labels, in any order, each once. Default: the program does not manage labels; `[]` means none. Removing the argument leaves them as they are. */
  labels?: pulumi.Input<pulumi.Input<string>[] | undefined>;
  /** After how many days the data of the audience expires. Default: the program does not manage it, and the provider does not send it. */
  ttlInDays?: pulumi.Input<number | undefined>;
  /** The sandbox that the audience belongs to. Default: the setting `cja:sandbox`, else `prod`. Another one makes another audience: see `replaceWithNewId`. */
  sandbox?: pulumi.Input<string | undefined>;
  /**
   * The ID of an existing audience, from the UI or a script, that this resource takes over instead of creating a new one. `pulumi up`
   * changes what differs and writes nothing else. Use each ID once in a program. Leave it in: a rename of the resource then keeps the
   * audience. If another stack is known to have it, the preview warns; with `cja:exclusive` it fails. Only audiences that were made by the
   * Segmentation Service can be taken over; uploads and compositions can only be read, with `Audience.get`.
   */
  adoptId?: pulumi.Input<string | undefined>;
  /**
   * What happens to the audience when it leaves the program, is replaced, or is destroyed:
   *
   * - `delete` (the default): the provider deletes it. If Adobe refuses, the error names what holds it;
   * - `retain`: it stays as it is, and the run says so;
   * - `refuseIfUsed`: the provider deletes it only if no other audience references it. Otherwise an error names those, before the run's
   *   first deletion. `--refresh` makes sure of that;
   * - `deactivate`: it stays and becomes `inactive`, so that it is no longer evaluated.
   *
   * The policy of the last `pulumi up` counts.
   */
  deletionPolicy?: pulumi.Input<"delete" | "retain" | "refuseIfUsed" | "deactivate" | undefined>;
  /**
   * Allow a change of `schemaName` or `sandbox` to make a new audience and delete this one. Default: false, and such a change is an error,
   * since destinations, journeys, schedules and other audiences hold the ID of the old one.
   */
  replaceWithNewId?: pulumi.Input<boolean | undefined>;
}

/**
 * An audience of Adobe Experience Platform (a segment definition): a rule that says which profiles belong to it. Segment jobs evaluate
 * audiences, destinations and journeys use them. Each sandbox has its own.
 *
 * Errors: the preview reports the mistakes in the arguments of all resources together, before it sends anything: those in an expression with
 * line and column.
 *
 * @example
 * ```ts
 * const buyers = new cja.Audience("buyers", {
 *   name: "Buyers",
 *   expression: 'CHAIN(xEvent, timestamp, [A: WHAT(eventType = "commerce.purchases") WHEN(<= 30 days before now)])',
 *   mergePolicy: "Default Timebased",
 * });
 * const loyal = new cja.Audience("loyal", {
 *   name: "Loyal buyers",
 *   expression: pulumi.interpolate`inSegment("${buyers.id}") and loyalty.tier = "gold"`,
 *   deletionPolicy: "deactivate",
 * });
 * new cja.SegmentJob("nightly", { segmentIds: [buyers.id, loyal.id] });
 * ```
 *
 * Document: https://experienceleague.adobe.com/en/docs/experience-platform/segmentation/api/audiences
 */
export class Audience extends pulumi.CustomResource {
  /** The name in the UI. */
  declare readonly name: pulumi.Output<string>;
  /** The expression as the program gave it, or as the service has it if somebody changed it elsewhere. */
  declare readonly expression: pulumi.Output<string | object>;
  /** The description, if any. */
  declare readonly description: pulumi.Output<string | undefined>;
  /** How it is evaluated, as of the last `up` or `refresh`. */
  declare readonly evaluation: pulumi.Output<"batch" | "streaming" | "edge" | undefined>;
  /** The name of its merge policy, if the program gives it. */
  declare readonly mergePolicy: pulumi.Output<string | undefined>;
  /** The ID of its merge policy. */
  declare readonly mergePolicyId: pulumi.Output<string | undefined>;
  /** The XDM schema that it is made of. */
  declare readonly schemaName: pulumi.Output<string | undefined>;
  /** `draft`, `published` or `inactive`, if the service gives it. */
  declare readonly lifecycle: pulumi.Output<"draft" | "published" | "inactive" | undefined>;
  /** The names of its data usage labels, if the service gives them. */
  declare readonly labels: pulumi.Output<string[] | undefined>;
  /** After how many days its data expires, if the service gives it. */
  declare readonly ttlInDays: pulumi.Output<number | undefined>;
  /** What happens to it when its resource is removed, if the program says so. */
  declare readonly deletionPolicy: pulumi.Output<"delete" | "retain" | "refuseIfUsed" | "deactivate" | undefined>;
  /** The organisation that it was made in, for example `ABC@AdobeOrg`. */
  declare readonly orgId: pulumi.Output<string>;
  /** The sandbox that it belongs to. */
  declare readonly sandboxName: pulumi.Output<string>;
  /** Who made it: `REAL_TIME_CUSTOMER_PROFILE` is the Segmentation Service. */
  declare readonly originName: pulumi.Output<string | undefined>;
  /** When it was created (ISO 8601). */
  declare readonly created: pulumi.Output<string | undefined>;
  /** When it was last changed (ISO 8601). */
  declare readonly modified: pulumi.Output<string | undefined>;
  /** The ID of the account that created it, if the service gives it. */
  declare readonly createdBy: pulumi.Output<string | undefined>;

  /** @internal */
  protected static readonly door: Door = DYNAMIC;

  constructor(name: string, args: AudienceArgs, opts?: pulumi.CustomResourceOptions) {
    const { door } = new.target;
    const program = programCheck();
    const label = `cja.Audience "${name}"`;
    const isRead = opts?.id !== undefined;
    const mistakes = isRead ? [] : audienceMistakes(args, isOutputOrPromise);
    const { adoptId } = (args ?? {}) as Partial<AudienceArgs>;
    const foreignIdMistakes = mistakes.length > 0 ? [] : program.findForeignIds(idsIn(args));
    const adoptionMistakes = typeof adoptId === "string" ? program.checkAdoption(label, adoptId, "audience") : [];
    const wrong = [...mistakes, ...foreignIdMistakes, ...adoptionMistakes, ...door.optionMistakes(opts, ADOPT_INSTEAD)];
    // Nothing is registered with mistakes, and the SDK would go through arguments that may be nested without end.
    const safeArgs = mistakes.length > 0 ? {} : args;
    const passedCheck = program.check({ label, args: safeArgs, idsIn }, wrong, door.needsHost);
    const registration = { kind: "Audience", name, args: safeArgs, opts, passedCheck, program } as const;
    super(
      door.type("Audience"),
      name,
      { ...NO_OUTPUTS, ...safeArgs, ...door.properties(registration) },
      door.options("Audience", opts),
    );
  }

  /**
   * Reads an audience that exists, without taking it over: the provider never changes or deletes it.
   *
   * @param id the audience's ID. A missing one is an error.
   * @param opts the resource options, and the sandbox of the audience (default: the setting `cja:sandbox`).
   * @example const uploaded = cja.Audience.get("uploaded", "7863c010-e092-41c8-ae5e-9e533186752e", { sandbox: "dev" });
   */
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    opts: pulumi.CustomResourceOptions & { sandbox?: pulumi.Input<string | undefined> } = {},
  ): Audience {
    const { sandbox, ...rest } = opts;
    return new Audience(name, (sandbox === undefined ? {} : { sandbox }) as AudienceArgs, { ...rest, id: id ?? "" });
  }
}

/** What an environment knows of an audience. */
function idsIn(args: unknown): readonly IdAtPath[] {
  const given = (args ?? {}) as Partial<AudienceArgs>;
  const names = Object.keys(NAMED_AUDIENCE_ARGUMENTS) as (keyof typeof NAMED_AUDIENCE_ARGUMENTS)[];
  return [
    ...names.map((name): IdAtPath => [name, NAMED_AUDIENCE_ARGUMENTS[name], given[name]]),
    ...findExpressionIds(given.expression),
  ];
}

const ADOPT_INSTEAD = "to take over an existing audience, give its ID as the argument adoptId instead";

/** The engine fills only properties that are named when a resource is made. */
const NO_OUTPUTS = Object.fromEntries(AUDIENCE_OUTPUTS.map((output) => [output, undefined]));
