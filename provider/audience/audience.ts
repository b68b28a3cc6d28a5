import type { AudienceAnswerField } from "../../model/audience-field-lists";
import type { AudienceValues } from "../../model/audience-fields";

/** An audience as the provider knows it, in whichever form the service answered. Only `id` is certain to be there. */
export interface Audience extends Partial<Pick<AudienceValues, AudienceAnswerField>> {
  readonly id: string;
}

/** The origin of what the Segmentation Service has made: only these can be changed (https://experienceleague.adobe.com/en/docs/experience-platform/segmentation/api/audiences). */
export const SEGMENTATION_SERVICE = "REAL_TIME_CUSTOMER_PROFILE";

/** A merge policy of a sandbox: each sandbox has its own, with other IDs. */
export interface MergePolicy {
  readonly id: string;
  readonly name: string;
  /** The XDM class that it merges. */
  readonly schemaName?: string;
  /** Whether it is what an audience of this class has where it names none. */
  readonly default?: boolean;
  /** Only this one serves streaming and edge audiences. */
  readonly activeOnEdge?: boolean;
}
