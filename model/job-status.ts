/** The states of a job. */
export type SegmentJobStatus = "NEW" | "QUEUED" | "PROCESSING" | "CANCELLING" | "CANCELLED" | "FAILED" | "SUCCEEDED";

/** The states of a segment job (segment jobs guide, query parameter `status`), and whether a job in it will not change any more. */
const IS_OVER: Readonly<Record<SegmentJobStatus, boolean>> = {
  NEW: false,
  QUEUED: false,
  PROCESSING: false,
  CANCELLING: false,
  CANCELLED: true,
  FAILED: true,
  SUCCEEDED: true,
};
export const JOB_STATUSES = Object.keys(IS_OVER) as SegmentJobStatus[];

/** Our word for a job that the service does not know any more. It is not over: the service may have been late. */
export const REMOVED = "REMOVED";

const isKnown = (status: string): status is SegmentJobStatus => Object.hasOwn(IS_OVER, status);

/** Whether a job will not change any more. A state that we do not know counts as active: it may still be cancelled. */
export const isOver = (status: string): boolean => isKnown(status) && IS_OVER[status];

/** Whether a state is one that no document tells: nobody knows whether such a job is still at work. */
export const isUnknownStatus = (status: string): boolean => status !== REMOVED && !isKnown(status);
