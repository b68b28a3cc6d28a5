import * as pulumi from "@pulumi/pulumi";
import { SEGMENT_OUTPUTS, segmentMistakes } from "../model";
import type { Locale } from "../model/locale";
import { DYNAMIC, type Door } from "./door";
import { isOutputOrPromise } from "./output-args";
import { programCheck } from "./program-check";

/**
 * What a program says of a segment.
 *
 * Document: https://developer.adobe.com/cja-apis/docs/endpoints/segments/
 */
export interface SegmentArgs {
  /** The segment's name in the UI. Not empty. */
  name: pulumi.Input<string>;
  /** The ID of the data view that the segment belongs to. A change makes a new segment and deletes the old one. */
  dataViewId: pulumi.Input<string>;
  /**
   * The rule itself, as segment definition JSON: `func`, `version` and `container`. Compared by meaning: another order of
   * keys is no change. Outputs of other resources may stand at any depth.
   */
  definition: pulumi.Input<object>;
  /** What the segment is for. Default: none; taking it out of the program clears it. */
  description?: pulumi.Input<string | undefined>;
  /** The language of the service's texts: `en_US` (the default of the service), `fr_FR`, `ja_JP`, `de_DE`, `es_ES`, `ko_KR`, `pt_BR`, `zh_CN` or `zh_TW`. A change of it alone changes nothing. */
  locale?: pulumi.Input<Locale | undefined>;
  /**
   * The ID of an existing segment, made in the UI or by a script, that this resource takes over instead of making a new
   * one. What differs is changed, nothing else is written. Each ID once in a program. This is what the
   * `import` option is for other resources. Leave it in: `pulumi-cja export --merge` knows the segment by it, and a replacement or
   * a rename of the resource keeps the segment; without it, a new one is made and this one deleted. What another stack
   * is known to have is taken over with a warning, or not at all with `cja:exclusive`.
   */
  adoptId?: pulumi.Input<string | undefined>;
  /**
   * The names of all the segment's tags, in any order, each once; `Web` and `web` are two. A name that is no tag yet becomes
   * one, and tags that are not listed are taken off the segment. Default: tags are not managed and stay as they are; `[]` means none.
   * Taking the argument out leaves the tags where they are.
   *
   * Document: https://developer.adobe.com/cja-apis/docs/endpoints/componentmetadata/tags/
   */
  tags?: pulumi.Input<pulumi.Input<string>[] | undefined>;
  /**
   * With whom the segment is shared, in any order, each once. Whoever is not listed loses it. Default: shares are not managed
   * and stay as they are; `[]` means nobody. Taking the argument out leaves the shares where they are.
   *
   * Document: https://developer.adobe.com/cja-apis/docs/endpoints/componentmetadata/shares/
   */
  shares?: pulumi.Input<pulumi.Input<SegmentShareArgs>[] | undefined>;
  /**
   * What happens to the segment when it leaves the program, is replaced, or is destroyed:
   *
   * - `delete` (the default): it is deleted;
   * - `retain`: it stays, and a line says so;
   * - `refuseIfUsed`: it is deleted only if Adobe knows of no use (use through the API is not counted). What uses it (projects, other
   *   segments, audiences) is named in an error: for a replacement in the preview, for a removal or a destroy before the run's first deletion, so that
   *   nothing is deleted; `--refresh` makes that sure, and `pulumi-cja review --ask` says it of a plan. Where Adobe does not tell what uses a
   *   segment, it is not deleted either.
   *
   * What counts is what the last `pulumi up` was given: after a change of it, run `pulumi up --target '**::NAME'` once before a destroy or a replacement. A
   * replacement that the engine decides by itself (`replaceOnChanges`, `--target-replace`, a rename) makes the new segment first: give
   * `deleteBeforeReplace: true` there, and a used segment is refused before anything is made.
   *
   * Document: https://developer.adobe.com/cja-apis/docs/endpoints/segments/
   */
  deletionPolicy?: pulumi.Input<"delete" | "retain" | "refuseIfUsed" | undefined>;
}

/**
 * The ID of a segment of Customer Journey Analytics. It is a text; only for the compiler it has a mark, which distinguishes it from the ID
 * of an audience: a segment job takes none of these.
 */
export type SegmentId = pulumi.ID & { readonly isNoAudience: true };

/** One share of a segment. */
export interface SegmentShareArgs {
  /** Whether it is shared with a `user`, with a `group`, or with `all` users of the organisation. */
  to: pulumi.Input<"user" | "group" | "all">;
  /** The IMS ID of the user or group, or its number (digits only; the IMS ID is the better one, as not every answer has the number to compare with). Required but for `all`. */
  id?: pulumi.Input<string | undefined>;
  /** The level of access, as the service has it. Default: the service's own; then it is not compared either. */
  access?: pulumi.Input<string | undefined>;
}

/** One share of a segment, as it is. */
export interface SegmentShare {
  /** `user`, `group` or `all`. */
  readonly to: string;
  /** The IMS ID of the user or group, or its number. */
  readonly id?: string;
  /** The level of access, where the service names it. */
  readonly access?: string;
}

/** Who a segment belongs to. */
export interface SegmentOwner {
  /** The ID of the account, as text in both forms of the API. */
  readonly id: string;
  /** The person's name, where the service tells it. */
  readonly name?: string;
  /** The login, where the service tells it. */
  readonly login?: string;
}

/** What the service says of the products that can use a segment. */
export interface SegmentCompatibility {
  /** Whether the definition is valid. */
  readonly valid?: boolean;
  /** The service's words about it. */
  readonly message?: string;
  /** The products that can use it, for example `["oberon", "frag"]`. */
  readonly supportedProducts?: string[];
}

/**
 * A segment of Customer Journey Analytics: a saved rule over the events, sessions or persons of a data view.
 *
 * Errors: mistakes in the arguments of all resources are reported together, in the preview, before anything is sent; a
 * definition that the service refuses is reported in the preview, too (setting `cja:validate`).
 *
 * @example
 * ```ts
 * const mobile = new cja.Segment("mobile", {
 *   name: "Mobile visitors",
 *   description: "Visitors on a phone or a tablet",
 *   dataViewId: "dv_prod",
 *   definition: {
 *     func: "segment",
 *     version: [1, 0, 0],
 *     container: {
 *       func: "container",
 *       context: "visitors",
 *       pred: { func: "streq", str: "Mobile Phone", val: { func: "attr", name: "variables/device_type" } },
 *     },
 *   },
 *   tags: ["web", "managed by Pulumi"],
 *   shares: [{ to: "group", id: "812345678" }],
 *   deletionPolicy: "refuseIfUsed",
 * });
 * ```
 *
 * Document: https://developer.adobe.com/cja-apis/docs/endpoints/segments/
 */
export class Segment extends pulumi.CustomResource {
  /** The segment's ID, `s300000022_5bb7c94e80f0073611afb35c`. Segment jobs run audiences, which have other IDs. */
  declare readonly id: pulumi.Output<SegmentId>;
  /** The name in the UI. */
  declare readonly name: pulumi.Output<string>;
  /** The data view's ID. */
  declare readonly dataViewId: pulumi.Output<string>;
  /** The definition, as the program gave it, or as the service has it where it was changed elsewhere. */
  declare readonly definition: pulumi.Output<object>;
  /** The description, if any. */
  declare readonly description: pulumi.Output<string | undefined>;
  /** The names of its tags, where the program manages them. */
  declare readonly tags: pulumi.Output<string[] | undefined>;
  /** With whom it is shared, where the program manages that. */
  declare readonly shares: pulumi.Output<SegmentShare[] | undefined>;
  /** What happens to it when its resource goes, where the program says so. */
  declare readonly deletionPolicy: pulumi.Output<"delete" | "retain" | "refuseIfUsed" | undefined>;
  /** The organisation that the segment was made in, for example `ABC@AdobeOrg`. */
  declare readonly orgId: pulumi.Output<string>;
  /** The data view's name, where the service tells it. */
  declare readonly dataViewName: pulumi.Output<string | undefined>;
  /** Who the segment belongs to. */
  declare readonly owner: pulumi.Output<SegmentOwner | undefined>;
  /** What the service says of the products that can use it. */
  declare readonly compatibility: pulumi.Output<SegmentCompatibility | undefined>;
  /** When it was made (ISO 8601). */
  declare readonly created: pulumi.Output<string | undefined>;
  /** When it was last changed (ISO 8601). */
  declare readonly modified: pulumi.Output<string | undefined>;

  /** @internal */
  protected static readonly door: Door = DYNAMIC;

  constructor(name: string, args: SegmentArgs, opts?: pulumi.CustomResourceOptions) {
    const { door } = new.target;
    const program = programCheck();
    const label = `cja.Segment "${name}"`;
    const isRead = opts?.id !== undefined;
    const mistakes = isRead ? [] : segmentMistakes(args, isOutputOrPromise);
    const { adoptId, dataViewId, definition, shares } = (args ?? {}) as Partial<SegmentArgs>;
    const foreignIdMistakes =
      mistakes.length > 0 ? [] : program.findForeignIds([["dataViewId", "dataViews", dataViewId]], definition, shares);
    const adoptionMistakes = typeof adoptId === "string" ? program.checkAdoption(label, adoptId) : [];
    const wrong = [...mistakes, ...foreignIdMistakes, ...adoptionMistakes, ...door.optionMistakes(opts, ADOPT_INSTEAD)];
    const passedCheck = program.report(label, wrong, door.needsHost);
    // Nothing is registered with mistakes, and the SDK would go through arguments that may be nested without end.
    const safeArgs = mistakes.length > 0 ? {} : args;
    const registration = { kind: "Segment", name, args: safeArgs, opts, passedCheck, program } as const;
    super(
      door.type("Segment"),
      name,
      { ...NO_OUTPUTS, ...safeArgs, ...door.properties(registration) },
      door.options("Segment", opts),
    );
    program.addSegmentId(this.id);
  }

  /**
   * Reads a segment that exists, without taking it over: it is never changed or deleted.
   *
   * @param id the segment's ID. A missing or deleted one is an error.
   * @example const shared = cja.Segment.get("shared", "s300000022_5bb7c94e80f0073611afb35c");
   */
  static get(name: string, id: pulumi.Input<pulumi.ID>, opts?: pulumi.CustomResourceOptions): Segment {
    return new Segment(name, {} as SegmentArgs, { ...opts, id: id ?? "" });
  }
}

const ADOPT_INSTEAD = "to take over an existing segment, give its ID as the argument adoptId instead";

/** The engine fills only properties that are named when a resource is made. */
const NO_OUTPUTS = Object.fromEntries(SEGMENT_OUTPUTS.map((output) => [output, undefined]));
