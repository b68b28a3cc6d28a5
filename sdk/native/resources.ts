import type * as pulumi from "@pulumi/pulumi";
import { NATIVE, type Door } from "../door";
import { Segment as DynamicSegment, type SegmentArgs } from "../segment";
import { SegmentJob as DynamicSegmentJob, type SegmentJobArgs } from "../segment-job";

/**
 * A `Segment` that the plugin `cja` runs: with the arguments, outputs and messages of the class of the same name in `pulumi-cja`. It also
 * takes the option `import`, and an explicit `provider`. What was made as a dynamic resource is taken over as it is.
 */
export class Segment extends DynamicSegment {
  /** @internal */
  protected static override readonly door: Door = NATIVE;

  /** Reads a segment that exists, without taking it over: it is never changed or deleted. */
  static override get(name: string, id: pulumi.Input<pulumi.ID>, opts?: pulumi.CustomResourceOptions): Segment {
    return new Segment(name, {} as SegmentArgs, { ...opts, id: id ?? "" });
  }
}

/** A `SegmentJob` that the plugin `cja` runs: as for `Segment`. */
export class SegmentJob extends DynamicSegmentJob {
  /** @internal */
  protected static override readonly door: Door = NATIVE;

  /** Reads a job that exists, without taking it over: it is never cancelled. */
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
