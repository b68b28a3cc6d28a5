/**
 * Whether this user's state folder has kept the records of what was created here. A new runner and a wiped folder have none:
 * what an interrupted run left behind would go unnoticed.
 */
export interface CreationRecords {
  /** Whether a creation has begun with this folder before. */
  kept(): boolean;
  /** From now on they are. */
  keep(): void;
}
