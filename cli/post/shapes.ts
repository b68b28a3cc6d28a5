import { z } from "zod";
import type { PostedComment } from "./thread";

/** What GitHub and GitLab answer, as far as it is needed. */
export const githubUser = z.looseObject({ id: z.int() });

export const githubViewer = z.looseObject({ viewer: z.looseObject({ databaseId: z.int() }) });

const githubAuthor = z.looseObject({ id: z.int(), login: z.string().optional(), type: z.string().optional() });
export type GitHubAuthor = z.infer<typeof githubAuthor>;

// Whoever has left GitHub is nobody.
const githubComment = z.looseObject({ id: z.int(), body: z.string().nullish(), user: githubAuthor.nullish() });
export type GitHubComment = z.infer<typeof githubComment>;
export const githubComments = z.array(githubComment);
export const githubMade = z.looseObject({ id: z.int(), user: githubAuthor });

export const gitlabUser = z.looseObject({ id: z.int() });

const gitlabNote = z.looseObject({
  id: z.int(),
  body: z.string().nullish(),
  author: z.looseObject({ id: z.int() }).nullish(),
  /** GitLab's own lines: "added 1 commit". */
  system: z.boolean().optional(),
});
export const gitlabNotes = z.array(gitlabNote);

/** What both have in common. */
export const posted = ({ id, body }: { id: number; body?: string | null | undefined }): PostedComment => ({
  id,
  body: body ?? "",
});
