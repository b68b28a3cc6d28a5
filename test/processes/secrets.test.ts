import { once } from "node:events";
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type Server } from "node:http";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { pageIs, planned, segmentOf } from "../unit/cli/review/plan";
import { github, gitlab } from "../unit/cli/post/services";
import { OwnProcesses } from "./own-process";

// A canary stands in every secret place of the environment, and a service repeats all that it is sent: nothing of it may be printed,
// written, posted, or sent to where it does not belong.

const CLIENT = "clientsecret-canary";
const ACCESS = "accesstoken-canary";
const REDIS = "redispassword-canary";
const PROXY = "proxypassword-canary";
const GITHUB = "githubtoken-canary";
const GITLAB = "gitlabtoken-canary";
/** So many characters of each are in no other word. */
const PART = 8;
/** What the token endpoint gives out. */
const TOKEN = "giventoken-canary";
const ALL = [CLIENT, ACCESS, REDIS, PROXY, GITHUB, GITLAB, TOKEN];

interface Asked {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

/**
 * Repeats in its answer all that it is sent.
 *
 * @param before so many characters stand before it: long messages are cut, also in the middle of a secret
 */
async function startRepeating(status: number, before = 0): Promise<{ url: string; asked: Asked[]; server: Server }> {
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      const { method = "", url = "", headers } = request;
      const seen = { method, url, headers, body };
      asked.push(seen);
      response.setHeader("content-type", "application/json");
      if (url.startsWith("/ims/") && status !== 401)
        return response.end(JSON.stringify({ access_token: TOKEN, expires_in: 3_600 }));
      const credentials = [headers.authorization, headers["private-token"], body].join(" ");
      const message = `refused ${"-".repeat(before)} ${credentials} ${JSON.stringify(seen)} ${decodeURIComponent(JSON.stringify(seen))}`;
      response.writeHead(status).end(JSON.stringify({ error_code: "x", message, error_description: message }));
    });
  });
  server.on("connect", ({ headers, url = "" }: IncomingMessage, socket) => {
    asked.push({ method: "CONNECT", url, headers, body: "" });
    socket.end(`HTTP/1.1 407 ${JSON.stringify(headers)}\r\ncontent-length: 0\r\n\r\n`);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  return { url: `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`, asked, server };
}

let processes: OwnProcesses;
beforeAll(() => {
  processes = new OwnProcesses();
  mkdirSync(processes.path("bin"));
  const failed = planned([{ op: "delete", name: "gone", before: segmentOf("b"), id: "s1" }]);
  writeFileSync(processes.path("plan.json"), failed);
  writeFileSync(processes.path("new.json"), planned([{ op: "create", after: segmentOf("a") }]));
  const type = "pulumi-nodejs:dynamic/cja:Segment";
  const outputs = { name: "Home", dataViewId: "dv_dev", definition: pageIs("Home") };
  const resources = [{ urn: `urn:pulumi:prod::web::${type}::home`, type, id: "s1", outputs }];
  writeFileSync(processes.path("state.json"), JSON.stringify({ version: 3, deployment: { resources } }));
  const script = `#!/bin/sh
case "$1" in
  stack) cat ${processes.path("state.json")} ;;
  refresh) cat ${processes.path("new.json")} ;;
  *) exit 255 ;;
esac
`;
  writeFileSync(processes.path("bin/pulumi"), script, { mode: 0o755 });
});
afterAll(() => processes.dispose());

const COMMANDS: readonly (readonly [name: string, args: () => readonly string[]])[] = [
  ["export", () => ["export", "--data-view", "dv_dev", "--out", processes.path("out")]],
  ["export of a sandbox", () => ["export", "--sandbox", "dev", "--out", processes.path("out")]],
  ["unmanaged of a sandbox", () => ["unmanaged", "--sandbox", "dev", "--stack", "dev"]],
  ["compare of sandboxes", () => ["compare", "sandbox:dev", "sandbox:prod"]],
  ["unmanaged", () => ["unmanaged", "--data-view", "dv_dev", "--stack", "dev"]],
  ["compare", () => ["compare", "stack:dev", "dataview:dv_dev"]],
  ["check-target", () => ["check-target", processes.path("new.json")]],
  ["explain", () => ["explain", "s300000022_6b02b5cb0000000000000001"]],
  ["jobs", () => ["jobs", "--html", processes.path("jobs.html")]],
  ["holders", () => ["holders", "--let-go", "s1", "--stack", "dev"]],
  ["drift", () => ["drift", "--stack", "dev"]],
  ["review --ask", () => ["review", "--ask", processes.path("plan.json"), "--html", processes.path("review.html")]],
  ["review --post github", () => ["review", processes.path("plan.json"), "--post", "github"]],
  ["review --post gitlab", () => ["review", processes.path("plan.json"), "--post", "gitlab"]],
];
const LOOKUPS = [
  'getSegment {"id":"s1"}',
  'findSegments {"dataViewId":"dv_dev"}',
  'getDataView {"id":"dv_dev"}',
  "findDataViews",
  'getSegmentJob {"id":"j1"}',
  "findSegmentJobs",
  'getAudience {"id":"a1"}',
  "findAudiences",
  "findMergePolicies",
];

const filesIn = (folder: string): string[] =>
  readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesIn(path) : [`${path}\n${readFileSync(path, "utf8")}`];
  });

/** No part of a canary that would help anybody. */
function expectNothing(where: string, seen: string, but: readonly string[] = []): void {
  for (const canary of ALL.filter((one) => !but.includes(one)))
    for (const form of [
      canary,
      canary.slice(0, PART),
      Buffer.from(`:${canary}`).toString("base64"),
      Buffer.from(canary).toString("base64"),
    ])
      expect(`${where}: ${seen.includes(form) ? seen : ""}`).not.toContain(form);
}

interface Setting {
  readonly status: number;
  readonly before?: number;
  /** All commands meet it alike: one shows it. */
  readonly common?: true;
  readonly environment: (url: string) => Record<string, string>;
}

const adobe = (url: string) => ({
  CJA_ORG_ID: "ORG@AdobeOrg",
  CJA_CLIENT_ID: "client",
  CJA_URL: url,
  CJA_PLATFORM_URL: url,
  CJA_IMS_URL: url,
  CJA_REQUEST_TIMEOUT: "10s",
  HTTPS_PROXY: `http://user:${PROXY}@${url.slice("http://".length)}`,
  HTTP_PROXY: `http://user:${PROXY}@${url.slice("http://".length)}`,
});
const secret = { CJA_CLIENT_SECRET: CLIENT };

/** What is wrong, so that every message is told that there is. */
const SETTINGS: Readonly<Record<string, Setting>> = {
  "a service that refuses": { status: 403, environment: (url) => ({ ...adobe(url), ...secret }) },
  "words that are cut in the middle": {
    status: 403,
    before: 300 - "refused  token githubto".length,
    environment: (url) => ({ ...adobe(url), ...secret }),
  },
  "a request that is wrong": { status: 400, environment: (url) => ({ ...adobe(url), ...secret }) },
  "a secret that is refused": { status: 401, environment: (url) => ({ ...adobe(url), ...secret }) },
  "a token that is refused": { status: 401, environment: (url) => ({ ...adobe(url), CJA_ACCESS_TOKEN: ACCESS }) },
  "a proxy that refuses": {
    status: 403,
    environment: (url) => ({
      ...adobe(url),
      ...secret,
      CJA_URL: "https://cja.example.com",
      CJA_PLATFORM_URL: "https://platform.example.com",
      CJA_IMS_URL: "https://ims.example.com",
    }),
  },
  "URLs without TLS": {
    status: 403,
    common: true,
    environment: (url) => ({ ...adobe(url), ...secret, CJA_IMS_URL: "http://ims.example.com" }),
  },
  "secrets with line breaks": {
    status: 403,
    common: true,
    environment: (url) => ({
      ...adobe(url),
      CJA_ACCESS_TOKEN: `${ACCESS}\n${ACCESS}`,
      CJA_CLIENT_SECRET: `${CLIENT}\r\nx`,
    }),
  },
  "a store that is not there": {
    status: 403,
    common: true,
    environment: (url) => ({ ...adobe(url), ...secret, CJA_RATE_LIMIT_STORE: `redis://:${REDIS}@127.0.0.1:1` }),
  },
  ...Object.fromEntries(
    [
      `redis://user:${REDIS}`,
      `${REDIS}`,
      `redis://${REDIS}/0`,
      `https://:${REDIS}@cache`,
      `redis:${REDIS}@cache`,
      `redis://:${REDIS}%@cache`,
    ].map((store) => [
      `the store ${store.replace(REDIS, "…")}`,
      {
        status: 403,
        common: true,
        environment: (url: string) => ({ ...adobe(url), ...secret, CJA_RATE_LIMIT_STORE: store }),
      },
    ]),
  ),
};

describe.each(Object.keys(SETTINGS))("with %s", (name) => {
  test("no command and no lookup tells a secret, nor sends it to others", async () => {
    const { status, before = 0, common, environment } = SETTINGS[name] as Setting;
    const service = await startRepeating(status, before);
    const comments = await startRepeating(403, before);
    try {
      const env = {
        ...environment(service.url),
        ...github.environment(comments.url),
        ...gitlab.environment(comments.url),
        GITHUB_TOKEN: GITHUB,
        GITLAB_TOKEN: GITLAB,
        PATH: `${processes.path("bin")}:${process.env["PATH"]}`,
        GITHUB_STEP_SUMMARY: processes.path("summary.md"),
      };
      const commands = common ? COMMANDS.filter(([command]) => command === "explain") : COMMANDS;
      const runs = commands.map(async ([command, args]) => [command, await processes.run("cli", args(), env)] as const);
      const lookups = async () => ["lookups", await processes.run("lookups", LOOKUPS, env)] as const;
      const ended = await Promise.all([...runs, lookups()]);
      for (const [command, { written, said }] of ended) expectNothing(command, written + said);
      for (const { said } of ended.filter(([command]) => command === "explain").map(([, one]) => one))
        expect(said).not.toBe("");

      for (const { method, url, headers, body } of service.asked) {
        const isToken = url.startsWith("/ims/");
        const { authorization = "", "proxy-authorization": proxied = "", ...others } = headers;
        expectNothing(`${method} ${url}`, JSON.stringify(others) + body + url, isToken ? [CLIENT] : []);
        if (!isToken) expectNothing(`${method} ${url}`, authorization, [TOKEN, ACCESS]);
        if (method !== "CONNECT") expect(proxied).toBe("");
      }
      if (!common)
        expect(comments.asked.map(({ headers }) => headers.authorization ?? headers["private-token"])).toEqual(
          expect.arrayContaining([`token ${GITHUB}`, GITLAB]),
        );
      for (const { url, headers, body } of comments.asked) {
        const own = url.startsWith("/api/v4") ? GITLAB : GITHUB;
        expectNothing(`comments ${url}`, JSON.stringify(headers), [own]);
        expectNothing(`comments ${url}`, body);
      }
      // The state folder keeps the token that it was given, for its user alone.
      for (const file of filesIn(processes.path("."))) {
        if (/\.js\n/.test(file.slice(0, 400))) continue;
        expectNothing(file.slice(0, 200), file, file.includes("/token-") ? [TOKEN] : []);
      }
    } finally {
      for (const { server } of [service, comments]) {
        server.closeAllConnections();
        server.close();
      }
    }
  });
});
