/** What may happen to a segment when its resource goes. */
export const DELETION_POLICIES = ["delete", "retain", "refuseIfUsed"] as const;
export type DeletionPolicy = (typeof DELETION_POLICIES)[number];
