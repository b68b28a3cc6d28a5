/** The site that `npm run docs` builds: the Markdown of the repository where it lies, so that its links hold in both places. */
import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitepress";
import { sidebar } from "./sidebar.mjs";
import slug from "./slug.cjs";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..");

export default defineConfig({
  title: "pulumi-cja",
  description:
    "Adobe Customer Journey Analytics segments, and Experience Platform audiences and segment jobs, as Pulumi resources",
  lang: "en",
  srcDir: root,
  srcExclude: [
    "{.*,cli,definition,emulator,model,node_modules,provider,sdk,test,tools}/**",
    "examples/*/node_modules/**",
  ],
  rewrites: (page) => page.replace(/README\.md$/, "index.md"),
  outDir: join(root, ".tmp/site"),
  cacheDir: join(root, ".tmp/site-cache"),
  // A browser would ask for a file of that name.
  head: [["link", { rel: "icon", href: "data:," }]],
  markdown: { anchor: { slugify: slug }, config: (markdown) => adaptLinks(markdown) },
  themeConfig: {
    nav: [
      { text: "Documentation", link: "/docs/" },
      { text: "Reference", link: "/docs/reference/" },
    ],
    sidebar: sidebar(join(root, "docs/README.md")),
    outline: [2, 3],
    search: { provider: "local", options: { miniSearch: { searchOptions: { prefix: true, fuzzy: 0.1 } } } },
    externalLinkIcon: true,
  },
});

/** Two things that are right on GitHub and not here: links to README.md, and to files that are no pages (a folder, a source), whose text stays. */
function adaptLinks(markdown) {
  markdown.core.ruler.push("adapt-links", ({ tokens, env }) => {
    for (const token of tokens) {
      let unlinked = false;
      token.children &&= token.children.filter((child) => {
        if (child.type === "link_open") {
          const href = child.attrGet("href");
          unlinked = isSource(href, env.path);
          if (isLocal(href)) child.attrSet("href", href.replace(/README\.md(?=#|$)/, "index.md"));
        }
        return !(unlinked && /^link_(open|close)$/.test(child.type));
      });
    }
  });
}

const isLocal = (href) => !/^([a-z]+:|#|\/)/i.test(href);

function isSource(href, page) {
  const path = resolve(dirname(page), decodeURI(href.split("#")[0]));
  return isLocal(href) && !(path.endsWith(".md") && existsSync(path));
}
