import { post, type PostOptions } from "../../../../cli/post/post";
import type { Source } from "../../../../cli/review/report/create-report";
import { startCommentServer, type CommentServer } from "./comment-server";
import { TOKEN, type TestedService } from "./services";

type More = Partial<PostOptions> & { readonly environment?: Readonly<Record<string, string>> };

/** A service with a pull request, and a job that posts to it without ever waiting. */
export interface Posting {
  readonly server: CommentServer;
  /** Milliseconds that were waited for, one entry a wait. */
  readonly waits: number[];
  readonly said: string[];
  readonly run: (sources: readonly Source[], more?: More, run?: number) => Promise<void>;
  /** The error's message of a run that fails. */
  readonly failure: (sources: readonly Source[], more?: More) => Promise<string>;
  readonly bodies: () => string[];
}

export async function startPosting({ service, dialect, environment }: TestedService, token = TOKEN): Promise<Posting> {
  const server = await startCommentServer(dialect, token);
  const waits: number[] = [];
  const said: string[] = [];
  let now = Date.parse("2026-11-22T12:00:00Z");
  const sleep = async (ms: number) => {
    waits.push(ms);
    now += ms;
  };
  const run: Posting["run"] = (sources, { environment: others, ...more } = {}, number = 1) => {
    const terminal = {
      environment: { ...environment(server.url, number), ...others },
      log: (line: string) => void said.push(line),
    };
    return post(sources, { service, review: {}, ...more }, terminal, { now: () => now, sleep });
  };
  const failure: Posting["failure"] = async (sources, more) => {
    const error = await run(sources, more).then(
      () => new Error("it did not fail"),
      (reason: unknown) => reason,
    );
    return error instanceof Error ? error.message : String(error);
  };
  return { server, waits, said, run, failure, bodies: () => server.comments.map(({ body }) => body) };
}
