import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";

/** Somebody who writes comments. */
export interface Author {
  readonly id: number;
  readonly login: string;
  readonly type: "User" | "Bot";
}

export interface StoredComment {
  readonly id: number;
  body: string;
  readonly author: Author;
  readonly system?: boolean;
}

export interface Asked {
  readonly method: string;
  /** With the query. */
  readonly path: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: unknown;
}

export interface Answer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What goes wrong instead of an answer, or after the request was carried out. */
export type Fault = Answer | "reset" | "reset when done" | "break off" | { readonly whenDone: Answer };

/** How a service says things. */
export interface Dialect {
  readonly user: string;
  readonly comments: string;
  /** The path of one comment, without its ID. */
  readonly comment: string;
  readonly edit: "PATCH" | "PUT";
  readonly removed: Answer;
  readonly isTooLong: (body: string) => boolean;
  readonly hasToken: (headers: IncomingMessage["headers"], token: string) => boolean;
  readonly shown: (comment: StoredComment) => unknown;
}

export interface CommentServer {
  readonly url: string;
  readonly comments: StoredComment[];
  readonly asked: Asked[];
  /** Whose the token is; undefined: a workflow's or an app's, which may not ask. */
  me: Author | undefined;
  /** Whom GraphQL calls the viewer; undefined: there is no GraphQL. */
  viewer: Author | undefined;
  /** Who writes what is written with the token. */
  writer: Author;
  /** Lets the next requests with a method, and a path that has a part, go wrong, each fault once. */
  readonly fail: (method: string, part: string, ...faults: readonly Fault[]) => void;
  readonly add: (body: string, author?: Author, system?: boolean) => StoredComment;
  /** What is called before a request is carried out. */
  before: (asked: Asked) => void;
  /** Methods of what was sent to change comments. */
  readonly writes: () => string[];
  readonly close: () => Promise<void>;
}

const GRAPHQL = "/graphql";

export const US: Author = { id: 41, login: "review-bot", type: "Bot" };
export const PERSON: Author = { id: 7, login: "ada", type: "User" };

/** A service that keeps the comments of one pull request or merge request. */
export async function startCommentServer(dialect: Dialect, token: string): Promise<CommentServer> {
  const comments: StoredComment[] = [];
  const asked: Asked[] = [];
  const faults: { method: string; part: string; fault: Fault }[] = [];
  let lastId = 1000;
  const server = createServer((request, response) => void answer(request, response));

  const add = (body: string, author: Author = US, system = false): StoredComment => {
    lastId += 1;
    const comment = { id: lastId, body, author, system };
    comments.push(comment);
    return comment;
  };

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = "", url: path = "", headers } = request;
    const sent = headers["content-length"] === undefined ? undefined : await json(request);
    const one: Asked = { method, path, headers, body: sent };
    asked.push(one);
    self.before(one);
    const at = faults.findIndex((fault) => fault.method === method && path.includes(fault.part));
    const fault = at < 0 ? undefined : faults.splice(at, 1)[0]?.fault;
    if (fault === "reset") return void request.socket.destroy();
    if (fault !== undefined && typeof fault === "object" && "status" in fault) return write(response, fault);
    const done = carriedOut(one);
    if (fault === "reset when done") return void request.socket.destroy();
    if (fault === "break off") {
      response.writeHead(200, { "content-type": "application/json", "content-length": 10_000 });
      response.write("[", () => request.socket.destroy());
      return;
    }
    write(response, fault === undefined ? done : fault.whenDone);
  }

  function carriedOut({ method, path, headers, body }: Asked): Answer {
    const { pathname, searchParams } = new URL(path, self.url);
    if (!dialect.hasToken(headers, token)) return { status: 401, body: { message: "Bad credentials" } };
    if (pathname === GRAPHQL && self.viewer)
      return { status: 200, body: { data: { viewer: { login: self.viewer.login, databaseId: self.viewer.id } } } };
    if (method === "GET" && pathname === dialect.user)
      return self.me
        ? { status: 200, body: { ...self.me } }
        : { status: 403, body: { message: "Resource not accessible by integration" } };
    const text = typeof body === "object" && body !== null && "body" in body ? String(body.body) : "";
    if (dialect.isTooLong(text)) return { status: 422, body: { message: "Body is too long" } };
    if (pathname === dialect.comments && method === "GET") return page(searchParams);
    if (pathname === dialect.comments && method === "POST")
      return { status: 201, body: dialect.shown(add(text, self.me ?? self.writer)) };
    const id = pathname.startsWith(dialect.comment) ? Number(pathname.slice(dialect.comment.length)) : NaN;
    const index = comments.findIndex((comment) => comment.id === id);
    const comment = comments[index];
    if (!comment) return { status: 404, body: { message: "Not Found" } };
    if (method === "DELETE") {
      comments.splice(index, 1);
      return dialect.removed;
    }
    if (method !== dialect.edit) return { status: 405 };
    comment.body = text;
    return { status: 200, body: dialect.shown(comment) };
  }

  function page(query: URLSearchParams): Answer {
    const [size, number] = [Number(query.get("per_page") ?? 20), Number(query.get("page") ?? 1)];
    const body = comments.slice((number - 1) * size, number * size).map((comment) => dialect.shown(comment));
    const next = `<${self.url}${dialect.comments}?per_page=${size}&page=${number + 1}>; rel="next"`;
    return { status: 200, body, headers: number * size < comments.length ? { link: next } : {} };
  }

  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const self: CommentServer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    comments,
    asked,
    me: US,
    viewer: undefined,
    writer: US,
    fail: (method, part, ...list) => void faults.push(...list.map((fault) => ({ method, part, fault }))),
    add,
    before: () => undefined,
    writes: () => asked.filter(({ method, path }) => method !== "GET" && path !== GRAPHQL).map(({ method }) => method),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return self;
}

function write(response: ServerResponse, { status, body, headers = {} }: Answer): void {
  const isText = typeof body === "string";
  response.writeHead(status, { "content-type": isText ? "text/html" : "application/json", ...headers });
  response.end(body === undefined ? undefined : isText ? body : JSON.stringify(body));
}
