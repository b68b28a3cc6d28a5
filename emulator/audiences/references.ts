import { readJson } from "../../definition/json";
import { isJsonObject } from "../json";
import type { Store } from "../store";
import type { AudienceExpression, AudienceRecord } from "./audience";

/** IDs of the audiences that an expression asks for by `inSegment`, each once. */
export function referencesOf({ format, value }: AudienceExpression): string[] {
  const ids = format === "pql/text" ? idsInText(value) : idsInJson(jsonOf(value));
  return [...new Set(ids)];
}

function idsInText(text: string): string[] {
  const calls = text.matchAll(/\binSegment\s*\(\s*(?:"([^"]*)"|'([^']*)')/gi);
  return [...calls].flatMap(([, double, single]) => double ?? single ?? []);
}

function jsonOf(value: string): unknown {
  try {
    return readJson(value);
  } catch {
    return undefined;
  }
}

function idsInJson(node: unknown): string[] {
  if (Array.isArray(node)) return node.flatMap(idsInJson);
  if (!isJsonObject(node)) return [];
  const inside = Object.values(node).flatMap(idsInJson);
  if (node["nodeType"] !== "fnApply" || String(node["fnName"]).toLowerCase() !== "insegment") return inside;
  const params: unknown = node["params"];
  const literals = Array.isArray(params) ? params.filter(isJsonObject).map((param) => param["value"]) : [];
  return [...literals.filter((id) => typeof id === "string"), ...inside];
}

/** Who asks for whom in a store, looked up once for many answers. */
export class References {
  private readonly dependents = new Map<string, AudienceRecord[]>();

  constructor(private readonly store: Store) {
    for (const audience of store.audiences.all()) {
      for (const id of referencesOf(audience.expression)) {
        this.dependents.set(id, [...(this.dependents.get(id) ?? []), audience]);
      }
    }
  }

  /** IDs of the audiences of its sandbox that ask for an audience. */
  dependentsOf({ id, sandbox }: AudienceRecord): string[] {
    const others = this.dependents.get(id) ?? [];
    return others.filter((other) => other.sandbox === sandbox && other.id !== id).map((other) => other.id);
  }

  /** IDs of the audiences of its sandbox that an audience asks for. */
  dependenciesOf({ expression, sandbox }: AudienceRecord): string[] {
    return referencesOf(expression).filter((id) => this.store.audiences.get(id)?.sandbox === sandbox);
  }
}
