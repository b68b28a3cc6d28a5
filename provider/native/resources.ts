import type { Settings } from "../../model/settings/settings";
import { TYPE_TOKENS } from "../../model/type-tokens";
import type { Diff, Values } from "../lifecycle";
import { ResourceSteps, type ProviderContext } from "../resource-steps";
import type { Runtime } from "../runtime";
import { DesiredSegment } from "../segment/desired";
import { changedArguments } from "../segment/diff";
import * as segmentPlan from "../segment/plan";
import { parseState as segmentState, type SegmentState } from "../segment/state";
import * as jobPlan from "../segment-job/plan";
import { parseState as jobState, inputsOf as jobInputs, type SegmentJobState } from "../segment-job/state";

/** A kind of resource: its operations, and what a preview can know of it. */
export interface NativeResource {
  readonly steps: ResourceSteps;
  /** The names of the arguments and outputs that change. */
  changed(state: Values, news: Values, diff: Diff): readonly string[];
  /** The outputs after the next write, as far as a preview can know them. */
  planned(inputs: Values, state?: Values): Values;
}

/** All kinds, by their tokens. */
export function nativeResources(runtime: Runtime, settings: Settings): ReadonlyMap<string, NativeResource> {
  const context: ProviderContext = runtime;
  return new Map<string, NativeResource>([
    [
      TYPE_TOKENS.Segment.native,
      {
        steps: new ResourceSteps(
          () => context,
          () => runtime.segment,
        ),
        changed: (state, news) => changedArguments(segmentIn(state), segmentInputs(news)),
        planned: (inputs, state) =>
          segmentPlan.plannedState(segmentInputs(inputs), state && segmentIn(state), settings.orgId),
      },
    ],
    [
      TYPE_TOKENS.SegmentJob.native,
      {
        steps: new ResourceSteps(
          () => context,
          () => runtime.segmentJob,
        ),
        changed: (state, news, diff) => jobPlan.changedArguments(jobIn(state), jobInputs(news), diff),
        planned: (inputs, state) => jobPlan.plannedState(jobInputs(inputs), state && jobIn(state), settings),
      },
    ],
  ]);
}

const segmentInputs = (values: Values) => DesiredSegment.fromValues(values).inputs;

/** The lifecycle has already checked the state, and refused one that it cannot have written. */
const segmentIn = (state: Values) => segmentState(state) as SegmentState;
const jobIn = (state: Values) => jobState(state) as SegmentJobState;
