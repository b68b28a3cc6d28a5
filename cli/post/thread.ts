/** A comment that our token's user wrote. */
export interface PostedComment {
  /** Younger ones have greater IDs. */
  readonly id: number;
  readonly body: string;
}

/** The comments of one pull request or merge request. Each method throws ServiceError. */
export interface Thread {
  /** Our own ones alone: a person may have pasted a marker. */
  readonly list: () => Promise<readonly PostedComment[]>;
  readonly create: (body: string) => Promise<void>;
  readonly update: (id: number, body: string) => Promise<void>;
  readonly remove: (id: number) => Promise<void>;
}
