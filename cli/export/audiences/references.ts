import { formatExpression } from "../../../definition/pql/print";
import { referencedAudiences, renameAudiences } from "../../../definition/pql/references";
import { sortedBy } from "../../../definition/sorted";
import type { NamedAudience } from "./exported-audience";

/** A piece of a text: text as it is, or an audience whose ID stands there. */
export type TextPart = string | NamedAudience;

/** Some audiences of a program that name each other, in an order in which each comes after those that it names. */
export class ReferencedAudiences {
  readonly ordered: readonly NamedAudience[];
  /** Those of a circle stay IDs: none of them could come first. */
  private readonly references = new Map<string, ReadonlyMap<string, NamedAudience>>();
  /** Begins what stands in an expression for the ID of another one. No expression has it. */
  private readonly marker: string;

  constructor(audiences: readonly NamedAudience[]) {
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
    // A text in quotes ends on its line: blanks behind line breaks mean nothing.
    const source =
      typeof expression === "string" ? formatExpression(expression).replaceAll("\n", `\n${indent}`) : expression;
    return renameAudiences(source, ({ id }) => {
      const other = named?.get(id);
      return other && `${this.marker} ${this.ordered.indexOf(other)};`;
    }) as string | object;
  }

  /** A text with marks as its parts. */
  toParts(text: string): readonly TextPart[] {
    return text.split(new RegExp(`${this.marker} (\\d+);`)).flatMap((part, at): TextPart[] => {
      const other = at % 2 === 1 ? this.ordered[Number(part)] : undefined;
      return other ? [other] : part === "" ? [] : [part];
    });
  }
}
