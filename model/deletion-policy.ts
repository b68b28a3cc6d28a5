/** What may happen to a segment when its resource goes. */
export const DELETION_POLICIES = ["delete", "retain", "refuseIfUsed"] as const;
export type DeletionPolicy = (typeof DELETION_POLICIES)[number];

/** To an audience, too: it stays, and is no longer evaluated. */
export const AUDIENCE_DELETION_POLICIES = [...DELETION_POLICIES, "deactivate"] as const;
export type AudienceDeletionPolicy = (typeof AUDIENCE_DELETION_POLICIES)[number];
