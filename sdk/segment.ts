import * as pulumi from "@pulumi/pulumi";
import { SEGMENT_OUTPUTS, segmentMistakes } from "../model";
import { findDefinitionIds } from "../model/environment/references";
import { findShareIds, type IdAtPath } from "../model/environment/share-ids";
import type { Locale } from "../model/locale";
import { DYNAMIC, type Door } from "./door";
import { isOutputOrPromise } from "./output-args";
import { programCheck } from "./program-check";

/**
 * The arguments of a segment.
 *
 * Document: https://developer.adobe.com/cja-apis/docs/endpoints/segments/
 */
export interface SegmentArgs {
  /** The segment's name in the UI. Not empty. */
  name: pulumi.Input<string>;
  /** The ID of the data view that the segment belongs to. A change creates a new segment and deletes the old one. */
  dataViewId: pulumi.Input<string>;
  /**
   * The rule itself, as segment definition JSON: `func`, `version` and `container`. The provider compares it by meaning: a
   * different order of keys is no change. You can use outputs of other resources at any depth.
   */
  definition: pulumi.Input<object>;
  /** What the segment is for. Default: none; removing it from the program clears it. */
  description?: pulumi.Input<string | undefined>;
  /** The language of the service's texts: `en_US` (the default of the service), `fr_FR`, `ja_JP`, `de_DE`, `es_ES`, `ko_KR`, `pt_BR`, `zh_CN` or `zh_TW`. Changing it alone changes nothing. */
  locale?: pulumi.Input<Locale | undefined>;
  /**
   * The ID of an existing segment, from the UI or a script, that this resource takes over instead of creating a new
   * one. `pulumi up` changes what differs and writes nothing else. Use each ID once in a program. It replaces the
   * `import` option of other resources. Leave it in: `pulumi-cja export --merge` recognises the segment by it, and a replacement or
   * a rename of the resource keeps the segment; without it, `pulumi up` creates a new one and deletes this one. If another stack
   * is known to have the segment, the preview warns; with `cja:exclusive` it fails.
   */
  adoptId?: pulumi.Input<string | undefined>;
  /**
   * The names of all the segment's tags, in any order, each once; `Web` and `web` are two. The provider creates tags that do not
   * exist yet, and removes tags that are not listed from the segment. Default: the program does not manage tags, and they stay as they
   * are; `[]` means none. Removing the argument leaves the tags as they are.
   *
   * Document: https://developer.adobe.com/cja-apis/docs/endpoints/componentmetadata/tags/
   */
  tags?: pulumi.Input<pulumi.Input<string>[] | undefined>;
  /**
   * With whom the segment is shared, in any order, each once. Whoever is not listed loses access. Default: the program does not
   * manage shares, and they stay as they are; `[]` means nobody. Removing the argument leaves the shares as they are.
   *
   * Document: https://developer.adobe.com/cja-apis/docs/endpoints/componentmetadata/shares/
   */
  shares?: pulumi.Input<pulumi.Input<SegmentShareArgs>[] | undefined>;
  /**
   * What happens to the segment when it leaves the program, is replaced, or is destroyed:
   *
   * - `delete` (the default): the provider deletes it;
   * - `retain`: it stays at Adobe, and the run says so;
   * - `refuseIfUsed`: the provider deletes it only if Adobe knows of no use (Adobe does not count use through the API). Otherwise an error
   *   names what uses it (projects, other segments, audiences): for a replacement in the preview, for a removal or a destroy before the
   *   run's first deletion, so that the run deletes nothing. `--refresh` makes sure of that, and `pulumi-cja review --ask` checks a plan. If
   *   Adobe does not say what uses a segment, the provider does not delete it either.
   *
   * The policy of the last `pulumi up` counts: after you change it, run `pulumi up --target '**::NAME'` once before a destroy or a replacement.
   * For a replacement that the engine decides by itself (`replaceOnChanges`, `--target-replace`, a rename), the engine creates the new segment
   * first: set `deleteBeforeReplace: true`, and the provider refuses to replace a used segment before it creates anything.
   *
   * Document: https://developer.adobe.com/cja-apis/docs/endpoints/segments/
   */
  deletionPolicy?: pulumi.Input<"delete" | "retain" | "refuseIfUsed" | undefined>;
}

/**
 * The ID of a segment of Customer Journey Analytics. It is a string; only for the compiler it has a mark that tells it from the ID
 * of an audience, because a segment job does not take it.
 */
export type SegmentId = pulumi.ID & { readonly isNoAudience: true };

/** One share of a segment. */
export interface SegmentShareArgs {
  /** Whether it is shared with a `user`, with a `group`, or with `all` users of the organisation. */
  to: pulumi.Input<"user" | "group" | "all">;
  /** The IMS ID of the user or group, or its number (digits only). The IMS ID is better, because not every answer of the service has the number to compare with. Required, except for `all`. */
  id?: pulumi.Input<string | undefined>;
  /** The level of access, as the service names it. Default: the service's own; the provider then does not compare it. */
  access?: pulumi.Input<string | undefined>;
}

/** One share of a segment, as it is. */
export interface SegmentShare {
  /** `user`, `group` or `all`. */
  readonly to: string;
  /** The IMS ID of the user or group, or its number. */
  readonly id?: string;
  /** The level of access, if the service gives it. */
  readonly access?: string;
}

/** Who a segment belongs to. */
export interface SegmentOwner {
  /** The ID of the account, a string in both forms of the API. */
  readonly id: string;
  /** The person's name, if the service gives it. */
  readonly name?: string;
  /** The login, if the service gives it. */
  readonly login?: string;
}

/** What the service says of the products that can use a segment. */
export interface SegmentCompatibility {
  /** Whether the definition is valid. */
  readonly valid?: boolean;
  /** The service's explanation. */
  readonly message?: string;
  /** The products that can use it, for example `["oberon", "frag"]`. */
  readonly supportedProducts?: string[];
}

/**
 * A segment of Customer Journey Analytics: a saved rule over the events, sessions or persons of a data view.
 *
 * Errors: the preview reports the mistakes in the arguments of all resources together, before it sends anything. It also reports a
 * definition that the service refuses (setting `cja:validate`).
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
  /** The definition as the program gave it, or as the service has it if somebody changed it elsewhere. */
  declare readonly definition: pulumi.Output<object>;
  /** The description, if any. */
  declare readonly description: pulumi.Output<string | undefined>;
  /** The names of its tags, if the program manages them. */
  declare readonly tags: pulumi.Output<string[] | undefined>;
  /** With whom it is shared, if the program manages that. */
  declare readonly shares: pulumi.Output<SegmentShare[] | undefined>;
  /** What happens to it when its resource is removed, if the program says so. */
  declare readonly deletionPolicy: pulumi.Output<"delete" | "retain" | "refuseIfUsed" | undefined>;
  /** The organisation that the segment was made in, for example `ABC@AdobeOrg`. */
  declare readonly orgId: pulumi.Output<string>;
  /** The data view's name, if the service gives it. */
  declare readonly dataViewName: pulumi.Output<string | undefined>;
  /** Who the segment belongs to. */
  declare readonly owner: pulumi.Output<SegmentOwner | undefined>;
  /** What the service says of the products that can use it. */
  declare readonly compatibility: pulumi.Output<SegmentCompatibility | undefined>;
  /** When it was created (ISO 8601). */
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
    const { adoptId } = (args ?? {}) as Partial<SegmentArgs>;
    const foreignIdMistakes = mistakes.length > 0 ? [] : program.findForeignIds(idsIn(args));
    const adoptionMistakes = typeof adoptId === "string" ? program.checkAdoption(label, adoptId) : [];
    const wrong = [...mistakes, ...foreignIdMistakes, ...adoptionMistakes, ...door.optionMistakes(opts, ADOPT_INSTEAD)];
    // Nothing is registered with mistakes, and the SDK would go through arguments that may be nested without end.
    const safeArgs = mistakes.length > 0 ? {} : args;
    const passedCheck = program.check({ label, args: safeArgs, idsIn }, wrong, door.needsHost);
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
   * Reads a segment that exists, without taking it over: the provider never changes or deletes it.
   *
   * @param id the segment's ID. A missing or deleted one is an error.
   * @example const shared = cja.Segment.get("shared", "s300000022_5bb7c94e80f0073611afb35c");
   */
  static get(name: string, id: pulumi.Input<pulumi.ID>, opts?: pulumi.CustomResourceOptions): Segment {
    return new Segment(name, {} as SegmentArgs, { ...opts, id: id ?? "" });
  }
}

/** What an environment knows of a segment. */
function idsIn(args: unknown): readonly IdAtPath[] {
  const { dataViewId, definition, shares } = (args ?? {}) as Partial<SegmentArgs>;
  return [["dataViewId", "dataViews", dataViewId], ...findDefinitionIds(definition), ...findShareIds(shares)];
}

const ADOPT_INSTEAD = "to take over an existing segment, give its ID as the argument adoptId instead";

/** The engine fills only properties that are named when a resource is made. */
const NO_OUTPUTS = Object.fromEntries(SEGMENT_OUTPUTS.map((output) => [output, undefined]));
