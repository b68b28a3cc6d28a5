import type { Failure } from "../report/report";
import { visible } from "../visible";
import { markup, type Markup } from "./markup";
import { code } from "./words";

/** The reasons as they were written: they have lines. */
export function failures(found: readonly Failure[]): Markup {
  return markup`<ul class="failures">${found.map(failure)}</ul>`;
}

function failure({ resource, message }: Failure): Markup {
  const lines = message.split("\n").map((line) => markup`<bdi>${visible(line.trimEnd())}</bdi>\n`);
  const about = resource === undefined ? undefined : markup`<p>${code(resource)}</p>`;
  return markup`<li>${about}<pre>${lines}</pre></li>`;
}
