import { Hono, type Context, type MiddlewareHandler } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { readJson } from "../../definition/json";
import type { SampleEvent } from "../../definition/evaluate/sample-event";
import { jsonAnswered } from "../request";
import { Refusal, ServiceRefusal } from "../errors";
import type { FaultInput } from "../http/fault";
import { parseInput } from "./parse-input";
import type { Control } from "./control";
import type * as inputs from "./inputs";
import { advanceSchema, sandboxPoliciesSchema } from "./schemas";

/** `/__emulator/…`: the methods of `Control` over HTTP. Bodies are checked by the methods themselves. */
export function controlRoutes(control: Control): Hono {
  const app = new Hono({ strict: false }).basePath("/__emulator");
  app.onError((error, c) => {
    if (error instanceof Refusal) return c.json({ error: error.message }, error.status as ContentfulStatusCode);
    return c.json({ error: error.stack ?? String(error) }, 500);
  });
  app.use(isLocalRequest);
  const routes = (): string[] =>
    app.routes.flatMap(({ method, path }) => (method === "ALL" ? [] : [`${method} ${path}`]));
  app.notFound((c) => c.json({ error: `There is no ${c.req.method} ${c.req.path}`, routes: routes() }, 404));
  app.get("/", (c) => c.json({ routes: routes() }));
  app.get("/requests", (c) => jsonAnswered(c, { requests: control.requests() }));
  app.delete("/requests", (c) => emptyAnswer(c, control.clearRequests()));
  app.post("/reset", (c) => emptyAnswer(c, control.reset()));
  app.get("/faults", (c) => jsonAnswered(c, { faults: control.faults() }));
  app.post("/faults", async (c) => jsonAnswered(c, control.addFault(await body<FaultInput>(c)), 201));
  app.delete("/faults", (c) => emptyAnswer(c, control.clearFaults()));
  app.get("/limits", (c) => c.json(control.limits()));
  app.put("/limits", async (c) => c.json(control.setLimits(await body<inputs.LimitsInput>(c))));
  app.get("/clock", (c) => c.json(control.clock()));
  app.put("/clock", async (c) => c.json(control.setClock(await body<inputs.ClockInput>(c))));
  app.post("/clock/advance", async (c) => c.json(control.advance(parseInput(advanceSchema, await body(c)).ms)));
  app.get("/segments", (c) => jsonAnswered(c, { segments: control.segments() }));
  app.post("/segments", async (c) => jsonAnswered(c, control.addSegment(await body<inputs.NewSegment>(c)), 201));
  app.patch("/segments/:id", async (c) => {
    return jsonAnswered(c, control.editSegment(c.req.param("id"), await body<inputs.SegmentPatch>(c)));
  });
  app.delete("/segments/:id", (c) => {
    return emptyAnswer(c, control.deleteSegment(c.req.param("id"), { purge: c.req.query("purge") === "true" }));
  });
  app.put("/segments/:id/uses", async (c) => {
    return jsonAnswered(c, control.setUses(c.req.param("id"), await body<inputs.UseInput[]>(c)));
  });
  app.put("/refused-components", async (c) =>
    emptyAnswer(c, control.setRefusedComponents(await body<inputs.RefusalInput>(c))),
  );
  app.get("/jobs", (c) => c.json({ jobs: control.jobs() }));
  app.post("/jobs", async (c) => c.json(control.addJob(await body<inputs.NewJob>(c)), 201));
  app.patch("/jobs/:id", async (c) => c.json(control.editJob(c.req.param("id"), await body<inputs.JobPatch>(c))));
  app.delete("/jobs/:id", (c) => emptyAnswer(c, control.forgetJob(c.req.param("id"))));
  app.get("/audiences", (c) => jsonAnswered(c, { audiences: control.audiences() }));
  app.post("/audiences", async (c) => jsonAnswered(c, control.addAudience(await body<inputs.NewAudience>(c)), 201));
  app.patch("/audiences/:id", async (c) =>
    jsonAnswered(c, control.editAudience(c.req.param("id"), await body<inputs.AudiencePatch>(c))),
  );
  app.delete("/audiences/:id", (c) => emptyAnswer(c, control.deleteAudience(c.req.param("id"))));
  app.put("/audience-service", async (c) =>
    c.json(control.setAudienceService(await body<inputs.AudienceServiceInput>(c))),
  );
  app.get("/merge-policies", (c) => c.json({ mergePolicies: control.mergePolicies() }));
  app.put("/merge-policies", async (c) => {
    const { sandbox, policies } = parseInput(sandboxPoliciesSchema, await body(c));
    return c.json(control.setMergePolicies(sandbox, policies as inputs.MergePolicyInput[]));
  });
  app.get("/events", (c) => {
    // The last line is ended by the server, as of every answer of control.
    const lines = control.events().map((event) => JSON.stringify(event));
    return c.body(lines.join("\n"), 200, { "content-type": "application/x-ndjson" });
  });
  app.put("/events", async (c) => emptyAnswer(c, control.setEvents(await body<SampleEvent[] | null>(c))));
  app.put("/report-service", async (c) => c.json(control.setReportService(await body<inputs.ReportServiceInput>(c))));
  app.put("/job-outcome", async (c) => c.json(control.setJobOutcome(await body<inputs.OutcomeInput>(c))));
  app.post("/validate-verdict", async (c) => c.json(control.setVerdict(await body<inputs.VerdictInput>(c))));
  app.post("/data-views", async (c) => c.json(control.addDataView(await body<inputs.DataViewInput>(c)) as object, 201));
  app.put("/permissions", async (c) => emptyAnswer(c, control.setPermissions(await body<{ admin: boolean }>(c))));
  app.put("/rewrite", async (c) => emptyAnswer(c, control.setRewrite(await body<{ enabled: boolean }>(c))));
  app.put("/paging", async (c) => emptyAnswer(c, control.setPaging(await body<inputs.PagingInput>(c))));
  app.put("/used-in", async (c) => emptyAnswer(c, control.setUsedIn(await body<{ answered: boolean }>(c))));
  app.post("/tokens", (c) => c.json(control.issueToken(), 201));
  app.put("/tokens", async (c) =>
    emptyAnswer(c, control.setTokenLifetime(await body<{ expiresInSeconds: number }>(c))),
  );
  app.post("/tokens/revoke", (c) => c.json(control.revokeTokens()));
  return app;
}

/** The body as the method's argument; the method checks it. */
async function body<T>(c: Context): Promise<T> {
  const text = await c.req.text();
  if (text === "") throw new ServiceRefusal(400, "bad_request", "There is no body; JSON is expected");
  try {
    return readJson(text) as T;
  } catch (cause) {
    throw new ServiceRefusal(400, "bad_request", `The body is no JSON: ${(cause as Error).message}`);
  }
}

function emptyAnswer(c: Context, _nothing: void): Response {
  return c.json({ ok: true });
}

/**
 * Lets in who is on this machine. A page in a browser may send requests to any address: those of foreign pages say so in `Origin`, and
 * those by a foreign name that leads here (DNS rebinding) in `Host`.
 */
const isLocalRequest: MiddlewareHandler = async (c, next) => {
  const [host, origin] = [c.req.header("host"), c.req.header("origin")];
  const foreignHeader =
    host === undefined || !isLoopback(`http://${host}`)
      ? `Host: ${host ?? "(none)"}`
      : origin !== undefined && !isLoopback(origin)
        ? `Origin: ${origin}`
        : undefined;
  if (foreignHeader === undefined) return next();
  const error = `Requests with "${foreignHeader}" are refused: only this machine controls the emulator. Send them to http://localhost or http://127.0.0.1, and not from a page of another origin`;
  return c.json({ error }, 403);
};

/** `http://localhost:4080`; IPv4 addresses are four numbers after parsing, so that `127.0.0.1.example.com` is none. */
function isLoopback(url: string): boolean {
  const host = URL.canParse(url) ? new URL(url).hostname : "";
  return host === "localhost" || host === "[::1]" || /^127\.\d+\.\d+\.\d+$/.test(host);
}
