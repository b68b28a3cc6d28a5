import type { Alert } from "../report/alerts";
import { markup, type Content, type Markup } from "./markup";
import { phrase } from "./words";

export const alert = (kind: Alert["kind"], text: Content): Markup =>
  markup`<p class="alert ${kind.toLowerCase()}"><span class="kind">${kind}</span> ${text}</p>\n`;

export const planAlert = ({ kind, first, rest }: Alert): Markup =>
  alert(kind, markup`<strong>${first}</strong>${phrase(rest)}`);
