import { readFileSync } from "node:fs";

/** The sidebar is the index of docs/README.md: its headings and the links of its lists, in that order. */
export function sidebar(index) {
  const [, ...groups] = readFileSync(index, "utf8").split(/^## /m);
  return groups.map((group) => ({
    text: group.split("\n")[0],
    collapsed: false,
    items: [...group.matchAll(/\[([^\]]+)\]\(([^)]+)\.md\)/g)].map(([, text, path]) => ({ text, link: linkOf(path) })),
  }));
}

/** From the docs folder to the page of the site. */
function linkOf(path) {
  const { pathname } = new URL(`${path}.md`, "file:///docs/");
  return pathname.replace(/README\.md$/, "index").replace(/\.md$/, "");
}
