import { UNKNOWN } from "./is-unknown";

/**
 * The form that the segments guide shows of a segment's ID, `s300000022_5bb7c94e80f0073611afb35c`; live tenants answer the organisation in
 * place of the number. IDs of audiences are UUIDs (segment jobs guide, "Create a new segment job").
 */
const SEGMENT_ID = /^s[^_\s]+_[0-9a-f]{24}$/i;

/** Whether an ID is one of a segment of Customer Journey Analytics, which no segment job takes. */
export const isSegmentId = (id: string): boolean => SEGMENT_ID.test(id);

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Whether an ID has the form of an audience's. One that is not known yet is a GUID, too. */
export const isAudienceId = (id: string): boolean => UUID.test(id) && id !== UNKNOWN;

/** What is wrong with it in a job, and where the right one comes from. */
export const NOT_AN_AUDIENCE =
  "the ID of a Customer Journey Analytics segment, expected the ID of an audience of Experience Platform: a UUID, which the UI shows with the audience " +
  "under Customer > Audiences, and GET /segment/definitions lists. No run was started";
