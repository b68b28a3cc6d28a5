import { markup } from "../../html/markup";

/** Filter, expand, keys: comfort for long reviews. Plain JavaScript, since browsers run it as it stands here. */
export const SCRIPT = markup`(() => {
  "use strict";
  const all = (selector) => Array.from(document.querySelectorAll(selector));
  const tools = document.getElementById("tools");
  const folds = all("main details");
  const entries = all(".entry");

  // Paper cannot be opened.
  let closed = [];
  addEventListener("beforeprint", () => {
    closed = folds.filter((fold) => !fold.open);
    for (const fold of closed) fold.open = true;
  });
  addEventListener("afterprint", () => {
    for (const fold of closed) fold.open = false;
  });

  if (!tools) return;
  tools.hidden = false;
  const setAll = (open) => () => {
    for (const fold of folds) fold.open = open;
  };
  document.getElementById("open").addEventListener("click", setAll(true));
  document.getElementById("close").addEventListener("click", setAll(false));

  const filter = document.getElementById("filter");
  const shown = document.getElementById("shown");
  const texts = new Map();
  const textOf = (entry) => {
    if (!texts.has(entry)) texts.set(entry, entry.textContent.toLowerCase());
    return texts.get(entry);
  };
  const applyFilter = () => {
    const wanted = filter.value.trim().toLowerCase();
    for (const entry of entries) entry.hidden = wanted !== "" && !textOf(entry).includes(wanted);
    for (const section of all(".entries")) section.hidden = !section.querySelector(".entry:not([hidden])");
    const count = entries.filter((entry) => !entry.hidden).length;
    shown.textContent = wanted === "" ? "" : count + " of " + entries.length + " shown";
  };
  filter.addEventListener("input", applyFilter);
  // A browser may give a field back its text when a page is loaded again.
  applyFilter();

  const keys = document.getElementById("keys");
  addEventListener("keydown", (event) => {
    const step = { j: 1, k: -1 }[event.key];
    if (!step || !keys.checked || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target instanceof HTMLInputElement && event.target.type !== "checkbox") return;
    const visible = entries.filter((entry) => !entry.hidden);
    const now = visible.findIndex((entry) => entry.contains(document.activeElement));
    const next = visible[now < 0 ? (step > 0 ? 0 : visible.length - 1) : now + step];
    if (next) (next.querySelector("summary") || next).focus();
  });
})();
`;
