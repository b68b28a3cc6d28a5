import * as messages from "@pulumi/pulumi/proto/provider_pb";
import { withoutNullish } from "../../definition/json/value";
import { formatMistake, withoutValue } from "../../model";
import { LOOKUP_NAMES, lookupMistakes, type LookupName, type LookupQuery } from "../../model/lookup-arguments";
import type { Settings } from "../../model/settings/settings";
import type { Clock } from "../clock";
import type { Values } from "../lifecycle";
import { toLookupFailure } from "../lookup-failure";
import { createLookups } from "../lookups";
import type { Runtime } from "../runtime";
import { secretTexts } from "../secret-arguments";
import { structOf, valuesOf } from "./messages";
import { withoutMarks } from "./secrets";

/** Answers a lookup of a program, by its token `cja:index:getSegment`. */
export type Invoke = (request: messages.InvokeRequest) => Promise<messages.InvokeResponse>;

export function invokes(runtime: Runtime, settings: Settings, clock: Clock): Invoke {
  const lookups = createLookups(runtime, settings, clock);
  return async (request) => {
    const name = LOOKUP_NAMES.find((known) => request.getTok() === `cja:index:${known}`);
    if (name === undefined) throw new Error(`pulumi-cja has no function ${request.getTok()}`);
    const { values, secrets } = withoutMarks(valuesOf(request.getArgs()));
    secretTexts(values, secrets).forEach((text) => runtime.keepSecret(text));
    const mistakes = lookupMistakes(name, values, () => false);
    const answer = new messages.InvokeResponse();
    if (mistakes.length > 0) {
      const reasons = (secrets.length > 0 ? mistakes.map(withoutValue) : mistakes).map(formatMistake);
      for (const reason of reasons) answer.addFailures(new messages.CheckFailure().setReason(runtime.redact(reason)));
      return answer;
    }
    const ask = lookups[name] as (query: LookupQuery<LookupName>) => Promise<object>;
    try {
      return answer.setReturn(structOf((await ask(withoutNullish(values))) as Values));
    } catch (thrown) {
      const { text } = toLookupFailure(thrown, { redact: runtime.redact, validate: settings.validate });
      throw new Error(text, { cause: thrown });
    }
  };
}
