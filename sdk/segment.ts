import * as pulumi from "@pulumi/pulumi";
import { segmentMistakes, type Locale } from "../inputs";
import { isLater } from "./later";
import { optionMistakes } from "./options-check";
import { programCheck } from "./program-check";
import { SEGMENT_PROVIDER } from "./shim";

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
   * `import` option is for other resources. It may be removed after the first `pulumi up` that succeeds. While it is there,
   * a replacement or a rename of the resource keeps the segment; without it, a new one is made and this one deleted.
   */
  adoptId?: pulumi.Input<string | undefined>;
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
 * });
 * ```
 *
 * Document: https://developer.adobe.com/cja-apis/docs/endpoints/segments/
 */
export class Segment extends pulumi.CustomResource {
  /** The name in the UI. */
  declare readonly name: pulumi.Output<string>;
  /** The data view's ID. */
  declare readonly dataViewId: pulumi.Output<string>;
  /** The definition, as the program gave it, or as the service has it where it was changed elsewhere. */
  declare readonly definition: pulumi.Output<object>;
  /** The description, if any. */
  declare readonly description: pulumi.Output<string | undefined>;
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

  constructor(name: string, args: SegmentArgs, opts?: pulumi.CustomResourceOptions) {
    const program = programCheck();
    const label = `cja.Segment "${name}"`;
    const reading = opts?.id !== undefined;
    const mistakes = reading ? [] : segmentMistakes(args, isLater);
    const { adoptId, dataViewId, definition } = (args ?? {}) as Partial<SegmentArgs>;
    const foreign =
      mistakes.length > 0 ? [] : program.foreignIds([["dataViewId", "dataViews", dataViewId]], definition);
    const adopting = typeof adoptId === "string" ? program.adopt(label, adoptId) : [];
    const checked = program.report(label, [
      ...mistakes,
      ...foreign,
      ...adopting,
      ...optionMistakes(opts, ADOPT_INSTEAD),
    ]);
    super(
      "pulumi-nodejs:dynamic/cja:Segment",
      name,
      { ...NO_OUTPUTS, ...args, __provider: pulumi.output(checked.then(() => SEGMENT_PROVIDER)) },
      opts,
    );
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
const NO_OUTPUTS = {
  name: undefined,
  dataViewId: undefined,
  definition: undefined,
  description: undefined,
  orgId: undefined,
  dataViewName: undefined,
  owner: undefined,
  compatibility: undefined,
  created: undefined,
  modified: undefined,
};
