import { nearestWord } from "../parse/nearest-word";
import { bracketMistake } from "./brackets";
import { DIRECTIONS, FUNCTIONS, functionNamed, TIME_UNITS } from "./functions";
import { placeOf, tokensOf, type ExpressionMistake, type Token } from "./tokens";

/** What is wrong with an expression. */
export interface CheckedExpression {
  /** What Adobe refuses for certain. */
  readonly errors: readonly ExpressionMistake[];
  /** What is not known here, and may be right. */
  readonly warnings: readonly ExpressionMistake[];
}

/**
 * Looks for mistakes in a text of Adobe's Profile Query Language. It knows the language as Adobe's pages describe it: where a text goes
 * beyond, the rest of it is not looked at, and a warning says from where on.
 *
 * @example checkExpression('homeAddress.countryISO = "CA" and').errors // [{ line: 1, column: 34, message: "…" }]
 */
export function checkExpression(text: string): CheckedExpression {
  const { tokens, mistake } = tokensOf(text);
  const first = bracketMistake(text, tokens, mistake === undefined);
  if (first ?? mistake) return { errors: [first, mistake].filter((one) => one !== undefined), warnings: [] };
  return new Reader(text, tokens).check();
}

/** Stops the reading of an expression. */
class Stop extends Error {
  constructor(
    readonly token: Token,
    /** Undefined where nothing is wrong for certain. */
    readonly mistake?: string,
  ) {
    super(mistake);
  }
}

const COMPARISONS = new Set(["=", "==", "!=", "<>", "<", "<=", ">", ">="]);
const INFIX_WORDS = new Set([
  "in",
  "notIn",
  "like",
  ...Object.keys(FUNCTIONS).filter((name) =>
    /^(does|starts|ends|contains|equals|not|includes|matches|intersects|subset|superset)/.test(name),
  ),
]);
const QUANTIFIERS = new Set(["exists", "forall", "select"]);
const AGGREGATES = new Set(["sum", "average", "min", "max", "count"]);
/** What stands between two operands, and can be none. */
const BINARY = new Set([
  ...COMPARISONS,
  ...INFIX_WORDS,
  "and",
  "or",
  "&&",
  "||",
  "+",
  "*",
  "/",
  "%",
  "occurs",
  "where",
  "over",
]);

class Reader {
  private at = 0;
  private readonly errors: ExpressionMistake[] = [];
  private readonly warnings: ExpressionMistake[] = [];

  constructor(
    private readonly text: string,
    private readonly tokens: readonly Token[],
  ) {}

  check(): CheckedExpression {
    try {
      this.expression();
      if (this.token.kind !== "end") throw new Stop(this.token);
    } catch (error) {
      if (!(error instanceof Stop)) throw error;
      const place = placeOf(this.text, error.token.start);
      if (error.mistake !== undefined) this.errors.push({ ...place, message: error.mistake });
      else
        this.warnings.push({
          ...place,
          message: `${shown(error.token)} is not understood here; this and what follows is sent as it stands`,
        });
    }
    return { errors: this.errors, warnings: this.warnings };
  }

  private get token(): Token {
    return this.ahead(0);
  }

  private ahead(count: number): Token {
    // The last one is the end.
    return this.tokens[Math.min(this.at + count, this.tokens.length - 1)] as Token;
  }

  private is(...sources: readonly string[]): boolean {
    return this.token.kind !== "text" && sources.includes(this.token.source);
  }

  private take(...sources: readonly string[]): Token | undefined {
    if (!this.is(...sources)) return undefined;
    this.at += 1;
    return this.ahead(-1);
  }

  private need(source: string): void {
    if (!this.take(source)) throw new Stop(this.token);
  }

  private expression(): void {
    if (this.isLambda()) {
      while (!this.take("=>")) this.at += 1;
    }
    while (this.take("let")) {
      this.name();
      this.need("=");
      this.sum();
      this.need("in");
    }
    this.conjunction();
    while (this.take("or", "||")) this.conjunction();
  }

  private conjunction(): void {
    this.negation();
    while (this.take("and", "&&")) this.negation();
  }

  private negation(): void {
    while (this.take("not", "!"));
    this.comparison();
  }

  private comparison(): void {
    this.sum();
    if (this.take("occurs")) return this.timeConstraint();
    if (!COMPARISONS.has(this.token.source) && !(this.token.kind === "word" && INFIX_WORDS.has(this.token.source)))
      return;
    this.at += 1;
    this.sum();
  }

  private sum(): void {
    do {
      this.take("-", "+");
      this.operand();
    } while (this.take("+", "-", "*", "/", "%"));
  }

  /** What has a value, and what is asked of it. */
  private operand(): void {
    const { token } = this;
    if (
      token.kind === "end" ||
      (token.kind !== "text" && (BINARY.has(token.source) || /^[)\]},:]$/.test(token.source)))
    )
      throw new Stop(token, this.missing());
    if (QUANTIFIERS.has(token.source) && this.ahead(1).kind === "word") return this.quantified();
    if (AGGREGATES.has(token.source) && this.ahead(1).kind === "word") return this.aggregated();
    if (this.take("this", "last", "next")) return this.timeUnit();
    if (this.take("(")) this.until(")", () => this.expression());
    else if (this.take("[")) this.items("]", () => this.item());
    else if (token.kind === "word") this.named();
    else if (token.kind === "text" || token.kind === "number") this.at += 1;
    else throw new Stop(token);
    this.asked();
  }

  private missing(): string {
    const before = this.ahead(-1);
    const found = this.token.kind === "end" ? "the expression ends" : `found ${shown(this.token)}`;
    return this.at === 0
      ? `${found}, expected a condition`
      : `${found} where a value is expected after ${shown(before)}`;
  }

  private named(): void {
    const name = this.token;
    this.at += 1;
    if (this.is("(")) this.call(name);
  }

  /** `.path`, `.method(…)`, `[condition]`. */
  private asked(): void {
    for (;;) {
      if (this.take(".")) {
        const name = this.name();
        if (this.is("(")) this.call(name);
      } else if (this.take("[")) this.until("]", () => this.expression());
      else return;
    }
  }

  private call(name: Token): void {
    this.need("(");
    const known = functionNamed(name.source);
    if (known === undefined) this.warnOfFunction(name);
    if (known === "when") return this.until(")", () => this.timeConstraint());
    const inside = this.token;
    const count = this.items(")", () => this.expression());
    const [least, most] = known === undefined ? [0, Infinity] : (FUNCTIONS[known] ?? [0, Infinity]);
    if (count < least || count > most)
      this.mistake(name, `${name.source} takes ${counted(least, most)}, found ${count}`);
    else if (known === "inSegment" && inside.kind !== "text")
      this.mistake(inside, 'inSegment takes the ID of an audience as a text: inSegment("…")');
  }

  private warnOfFunction(name: Token): void {
    const nearest = nearestWord(name.source, Object.keys(FUNCTIONS));
    const advice = nearest === undefined ? "" : `; did you mean ${nearest}?`;
    this.warnings.push({
      ...placeOf(this.text, name.start),
      message: `Adobe's pages name no function ${name.source}${advice}`,
    });
  }

  /** `exists E from xEvent where (…), I from E.items where …` */
  private quantified(): void {
    this.at += 1;
    do {
      this.name();
      this.need("from");
      this.sum();
      if (this.take("where", ":")) this.expression();
    } while (this.take(","));
  }

  /** `sum X.price over X from xEvent where …` */
  private aggregated(): void {
    this.at += 1;
    this.sum();
    this.need("over");
    this.at -= 1;
    this.quantified();
  }

  /** Of a sequence of events: `A: WHAT(…) WHEN(…)`. */
  private item(): void {
    if (this.token.kind === "word" && this.ahead(1).source === ":") this.at += 2;
    this.expression();
    while (this.token.kind === "word" && ["when", "gap"].includes(this.token.source.toLowerCase())) this.named();
  }

  private timeConstraint(): void {
    if (this.take("between")) {
      this.sum();
      this.need("and");
      return this.sum();
    }
    const isCompared = COMPARISONS.has(this.token.source);
    if (isCompared) this.at += 1;
    this.take("on");
    if (this.token.kind === "number") {
      this.at += 1;
      this.timeUnit();
      if (this.take(...DIRECTIONS)) return this.sum();
      if (!isCompared) return;
      throw new Stop(
        this.token,
        `found ${shown(this.token)}, expected before, after or from, as in "<= 3 days before now"`,
      );
    }
    this.take(...DIRECTIONS);
    this.sum();
  }

  private timeUnit(): void {
    const { token } = this;
    if (token.kind === "word" && TIME_UNITS.includes(token.source)) {
      this.at += 1;
      return;
    }
    const nearest = token.kind === "word" ? nearestWord(token.source, TIME_UNITS) : undefined;
    const advice = nearest === undefined ? "second, minute, hour, day, week, month, year or another" : nearest;
    throw new Stop(token, `found ${shown(token)}, expected a unit of time: ${advice}`);
  }

  private name(): Token {
    const { token } = this;
    if (token.kind !== "word") throw new Stop(token, `found ${shown(token)} where a name is expected`);
    this.at += 1;
    return token;
  }

  /** @returns how many there are */
  private items(close: string, item: () => void): number {
    if (this.take(close)) return 0;
    let count = 0;
    do {
      item();
      count += 1;
    } while (this.take(","));
    this.need(close);
    return count;
  }

  private until(close: string, inside: () => void): void {
    inside();
    this.need(close);
  }

  /** `(K, G) =>` */
  private isLambda(): boolean {
    if (!this.is("(")) return false;
    let count = 1;
    while (this.ahead(count).kind === "word" || this.ahead(count).source === ",") count += 1;
    return this.ahead(count).source === ")" && this.ahead(count + 1).source === "=>";
  }

  private mistake(token: Token, message: string): void {
    this.errors.push({ ...placeOf(this.text, token.start), message });
  }
}

const shown = ({ kind, source }: Token): string =>
  kind === "end" ? "the end" : source.length > 40 ? `${source.slice(0, 37)}…` : source;

const counted = (least: number, most: number): string => {
  const number = least === most ? `${least}` : `${least} to ${most}`;
  return `${number} ${most === 1 ? "argument" : "arguments"}`;
};
