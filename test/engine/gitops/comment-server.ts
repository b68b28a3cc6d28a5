/** As much of GitHub's and GitLab's API as a review needs that comments on change 7: who am I, list, add, edit. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text as readAll } from "node:stream/consumers";
import { z } from "zod";

const sent = z.object({ body: z.string() });
const COMMENTS = /^(?:\/repos\/shop\/segments\/issues\/7\/comments|\/api\/v4\/projects\/42\/merge_requests\/7\/notes)$/;
const COMMENT =
  /^\/(?:repos\/shop\/segments\/issues\/comments|api\/v4\/projects\/42\/merge_requests\/7\/notes)\/(\d+)$/;

export class CommentServer {
  readonly #comments: string[] = [];
  readonly #server = createServer((request, response) => void this.#answer(request, response));

  static async start(): Promise<CommentServer> {
    const started = new CommentServer();
    await new Promise<void>((resolve) => started.#server.listen(0, "127.0.0.1", resolve));
    return started;
  }

  /** What the service says of itself to a job of GitHub Actions. */
  get github(): Readonly<Record<string, string>> {
    return { GITHUB_API_URL: this.#url, GITHUB_REPOSITORY: "shop/segments", GITHUB_REF: "refs/pull/7/merge" };
  }

  /** The same for a job of GitLab CI, with the token that the README asks for. */
  get gitlab(): Readonly<Record<string, string>> {
    const api = `${this.#url}/api/v4`;
    return { CI_API_V4_URL: api, CI_PROJECT_ID: "42", CI_MERGE_REQUEST_IID: "7", GITLAB_TOKEN: "project-token" };
  }

  /** The texts, in the order in which they were added; forgotten afterwards. */
  take(): string[] {
    return this.#comments.splice(0);
  }

  close(): Promise<void> {
    this.#server.closeAllConnections();
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }

  get #url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url ?? "/", this.#url);
    const end = (status: number, body: unknown): void => {
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
    };
    const route = `${request.method} ${pathname}`;
    const edited = COMMENT.exec(pathname)?.[1];
    // The token of a workflow belongs to no user.
    if (route === "GET /user") return end(403, { message: "Resource not accessible by integration" });
    if (route === "GET /api/v4/user") return end(200, { id: 1, username: "review-bot" });
    if (request.method === "GET" && COMMENTS.test(pathname)) {
      return end(
        200,
        this.#comments.map((body, index) => comment(index, body)),
      );
    }
    if (!COMMENTS.test(pathname) && edited === undefined) return end(404, { message: `no route ${route}` });
    const { body } = sent.parse(JSON.parse(await readAll(request)));
    const at = edited === undefined ? this.#comments.length : Number(edited) - 1;
    this.#comments[at] = body;
    end(edited === undefined ? 201 : 200, comment(at, body));
  }
}

const comment = (index: number, body: string) => ({
  id: index + 1,
  body,
  created_at: "2026-11-05T09:30:00Z",
  system: false,
  user: { id: 1, login: "github-actions[bot]", type: "Bot" },
  author: { id: 1, username: "review-bot" },
});
