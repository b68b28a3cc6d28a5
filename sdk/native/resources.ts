import type * as pulumi from "@pulumi/pulumi";
import { Audience as DynamicAudience, type AudienceArgs } from "../audience";
import { NATIVE, type Door } from "../door";
import { Segment as DynamicSegment, type SegmentArgs } from "../segment";
import { SegmentJob as DynamicSegmentJob, type SegmentJobArgs } from "../segment-job";

/**
 * A `Segment` of the plugin `cja`, with the same arguments, outputs and messages as the class of the same name in `pulumi-cja`. It also accepts the
 * options `import` and `provider`. It takes over a dynamic resource of the same name as it is.
 */
export class Segment extends DynamicSegment {
  /** @internal */
  protected static override readonly door: Door = NATIVE;

  /** Reads an existing segment without taking it over: `up` never changes or deletes it. */
  static override get(name: string, id: pulumi.Input<pulumi.ID>, opts?: pulumi.CustomResourceOptions): Segment {
    return new Segment(name, {} as SegmentArgs, { ...opts, id: id ?? "" });
  }
}

/** A `SegmentJob` of the plugin `cja`: what is said of `Segment` is true of it, too. */
export class SegmentJob extends DynamicSegmentJob {
  /** @internal */
  protected static override readonly door: Door = NATIVE;

  /** Reads an existing job without taking it over: `up` never cancels it. */
  static override get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    opts: pulumi.CustomResourceOptions & { sandbox?: pulumi.Input<string> } = {},
  ): SegmentJob {
    const { sandbox, ...rest } = opts;
    const args: SegmentJobArgs = sandbox === undefined ? {} : { sandbox };
    return new SegmentJob(name, args, { ...rest, id: id ?? "" });
  }
}

/** An `Audience` of the plugin `cja`: what is said of `Segment` is true of it, too. */
export class Audience extends DynamicAudience {
  /** @internal */
  protected static override readonly door: Door = NATIVE;

  /** Reads an existing audience without taking it over: `up` never changes or deletes it. */
  static override get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    opts: pulumi.CustomResourceOptions & { sandbox?: pulumi.Input<string> } = {},
  ): Audience {
    const { sandbox, ...rest } = opts;
    return new Audience(name, (sandbox === undefined ? {} : { sandbox }) as AudienceArgs, { ...rest, id: id ?? "" });
  }
}
