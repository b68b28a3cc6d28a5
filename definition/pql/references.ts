import { placeOf, textOf, tokensOf, type Place, type Token } from "./tokens";

/** An audience that an expression names. */
export interface AudienceReference extends Place {
  readonly id: string;
}

/**
 * The audiences that an expression names: `inSegment("…")`, and `segmentMembership.get("ups").get("…")`.
 *
 * @example audiencesIn('inSegment("e3be6d7f-1727-401f-a41e-c296b45f607a")')
 */
export function audiencesIn(text: string): AudienceReference[] {
  const { tokens } = tokensOf(text);
  return tokens.flatMap((token, at): AudienceReference[] => {
    if (token.kind !== "text" || tokens[at - 1]?.source !== "(") return [];
    const isReference = tokens[at - 2]?.source === "inSegment" || isMembership(tokens, at);
    return isReference ? [{ id: textOf(token), ...placeOf(text, token.start) }] : [];
  });
}

const MEMBERSHIP = ["segmentMembership", ".", "get", "(", '"ups"', ")", ".", "get", "("];

const isMembership = (tokens: readonly Token[], at: number): boolean =>
  MEMBERSHIP.every((source, index) => tokens[at - MEMBERSHIP.length + index]?.source === source);
