import type { StateFolder } from "./state-folder";

/** A state folder of this process alone. Values are kept as JSON, so that they come back as a file would give them. */
export function createMemoryFolder(): StateFolder {
  const contents = new Map<string, string>();
  const lines = new Map<string, string[]>();
  return {
    shared: false,
    readJson: (name) => {
      const text = contents.get(name);
      return text === undefined ? undefined : (JSON.parse(text) as unknown);
    },
    writeJson: (name, value) => void contents.set(name, JSON.stringify(value)),
    readLines: (name) => (lines.get(name) ?? []).map((line) => JSON.parse(line) as unknown),
    appendLine: (name, value) => void lines.set(name, [...(lines.get(name) ?? []), JSON.stringify(value)]),
    writeLines: (name, values) =>
      void lines.set(
        name,
        values.map((value) => JSON.stringify(value)),
      ),
    remove: (name) => contents.delete(name),
    list: (prefix) => [...contents.keys()].filter((name) => name.startsWith(prefix)),
    // Sections are synchronous: within one process they exclude each other anyway.
    lock: async (_name, section) => section(),
  };
}
