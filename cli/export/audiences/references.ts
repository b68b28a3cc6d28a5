import { equalExpressions } from "../../../definition/pql/expression";
import { formatExpression } from "../../../definition/pql/print";
import { referencedAudiences, renameAudiences } from "../../../definition/pql/references";
import { sortedBy } from "../../../definition/sorted";
import type { LogicalNames, MappedId } from "../logical-names";
import type { NamedAudience } from "./exported-audience";

/** A call that gives the ID of an audience of the environment: `env.audience("buyers")`. */
export interface EnvironmentCall {
  readonly call: string;
}

/** A piece of a text: text as it is, or an audience whose ID stands there. */
export type TextPart = string | NamedAudience | EnvironmentCall;

/** Some audiences of a program that name each other, in an order in which each comes after those that it names. */
export class ReferencedAudiences {
  readonly ordered: readonly NamedAudience[];
  /** Those of a circle stay IDs: none of them could come first. */
  private readonly references = new Map<string, ReadonlyMap<string, NamedAudience>>();
  /** Begins what stands in an expression for the ID of another one. No expression has it. */
  private readonly marker: string;
  private readonly calls: EnvironmentCall[] = [];

  /** @param names those of the environment, which stand in the place of the IDs of others */
  constructor(
    audiences: readonly NamedAudience[],
    private readonly names?: LogicalNames,
  ) {
    const texts = audiences.map(({ audience }) => JSON.stringify(audience.expression));
    let marker = "@audience";
    while (texts.some((text) => text.includes(marker))) marker += "@";
    this.marker = marker;
    const byId = new Map(audiences.map((one) => [one.id, one]));
    const ordered = new Set<NamedAudience>();
    const visiting = new Set<string>();
    const visit = (one: NamedAudience): boolean => {
      if (ordered.has(one)) return true;
      if (visiting.has(one.id)) return false;
      visiting.add(one.id);
      const named = new Map<string, NamedAudience>();
      for (const { id } of referencedAudiences(one.audience.expression)) {
        const other = byId.get(id);
        if (other && visit(other)) named.set(id, other);
      }
      visiting.delete(one.id);
      this.references.set(one.id, named);
      ordered.add(one);
      return true;
    };
    for (const one of sortedBy(audiences, ({ file }) => file)) visit(one);
    this.ordered = [...ordered];
  }

  /** The audiences of the program that an audience names. */
  namedBy({ id }: NamedAudience): readonly NamedAudience[] {
    return [...(this.references.get(id)?.values() ?? [])];
  }

  /**
   * The expression of an audience, a text laid out, with marks in the place of the audiences that it names: `toParts` finds them.
   *
   * @param indent what further lines of a text begin with
   */
  marked(one: NamedAudience, indent: string): string | object {
    const { expression } = one.audience;
    const named = this.references.get(one.id);
    const laidOut =
      typeof expression === "string" ? formatExpression(expression).replaceAll("\n", `\n${indent}`) : expression;
    // The first up would write what differs: beside a minus, in a comment, in what is not known here, blanks may say something.
    const source = equalExpressions(laidOut, expression) ? laidOut : expression;
    return renameAudiences(source, ({ id }) => {
      const other = named?.get(id);
      if (other) return `${this.marker} ${this.ordered.indexOf(other)};`;
      const call = this.names?.toCall("audiences", id);
      return call === undefined ? undefined : `${this.marker} ${this.ordered.length + this.calls.push({ call }) - 1};`;
    }) as string | object;
  }

  /** All that the program says of its audiences and that may have logical names: not what it has as an output. */
  mappedIds(): MappedId[] {
    return this.ordered.flatMap(({ id, audience }) => {
      const { sandbox, mergePolicy, mergePolicyId, schemaName, expression } = audience;
      const named = this.references.get(id);
      const policy = mergePolicy ?? mergePolicyId;
      return [
        { kind: "sandboxes", id: sandbox } as const,
        ...(policy === undefined ? [] : [{ kind: "mergePolicies", id: policy } as const]),
        // Adobe's own schemas are called the same everywhere.
        ...(schemaName === undefined || schemaName.startsWith("_xdm.")
          ? []
          : [{ kind: "schemas", id: schemaName } as const]),
        ...referencedAudiences(expression).flatMap((one) =>
          named?.has(one.id) ? [] : [{ kind: "audiences", id: one.id } as const],
        ),
      ];
    });
  }

  /** A text with marks as its parts. */
  toParts(text: string): readonly TextPart[] {
    return text.split(new RegExp(`${this.marker} (\\d+);`)).flatMap((part, at): TextPart[] => {
      const number = Number(part);
      const other = at % 2 === 1 ? (this.ordered[number] ?? this.calls[number - this.ordered.length]) : undefined;
      return other ? [other] : part === "" ? [] : [part];
    });
  }
}
