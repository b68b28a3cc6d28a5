import { nearestWord } from "../parse/nearest-word";
import { bracketMistake, isClosing, mistakeAt } from "./brackets";
import { argumentCount, DIRECTIONS, FUNCTION_NAMES, functionNamed, METHODS, TIME_UNITS } from "./functions";
import { tokensOf, type ExpressionMistake, type Token } from "./tokens";

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
  const { tokens, comments, unknown, mistake } = tokensOf(text);
  // Behind what is not known, nothing is certain.
  const certain = unknown === undefined ? tokens : tokens.slice(0, tokens.indexOf(unknown));
  const broken = [bracketMistake(certain, !unknown && !mistake), unknown ? undefined : mistake];
  const errors = broken.filter((one) => one !== undefined);
  const read = errors.length > 0 ? { errors, warnings: [] } : new Reader(tokens).check();
  const found = { ...read, warnings: [...comments.slice(0, 1).map(commentWarning), ...read.warnings] };
  // Adobe's pages do not say whether such a quote ends a text: if it does, all behind it is read wrongly here.
  return /\\["']/.test(text) ? { errors: [], warnings: [...found.errors, ...found.warnings] } : found;
}

const commentWarning = (comment: Token): ExpressionMistake =>
  mistakeAt(comment, "a comment, which Adobe's pages on the language do not name; it is sent as it stands");

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

/** Deeper ones are no one's, and reading them would fill the stack. */
export const MAX_DEPTH = 200;

const COMPARISONS = new Set(["=", "==", "!=", "<>", "<", "<=", ">", ">="]);
const INFIX_WORDS = new Set(
  Object.keys(METHODS).filter((name) =>
    /^(in$|like|not|does|starts|ends|contains|equals|includes|matches|intersects|subset|superset)/.test(name),
  ),
);
const QUANTIFIERS = new Set(["exists", "forall", "select"]);
const AGGREGATES = new Set(["sum", "average", "min", "max", "count"]);
/** Words that are no names. */
const RESERVED = new Set(["and", "or", "in", "notIn", "like", "occurs", "where", "over"]);
/** What stands between two operands, and can be none. */
const BINARY = new Set([...COMPARISONS, ...RESERVED, "&&", "||", "+", "*", "/", "%"]);

class Reader {
  private at = 0;
  private depth = 0;
  private readonly errors: ExpressionMistake[] = [];
  private readonly warnings: ExpressionMistake[] = [];

  constructor(private readonly tokens: readonly Token[]) {}

  check(): CheckedExpression {
    try {
      this.expression();
      if (this.token.kind !== "end") throw new Stop(this.token);
    } catch (error) {
      if (!(error instanceof Stop)) throw error;
      const { token, mistake } = error;
      if (mistake !== undefined && token.kind !== "unknown") this.errors.push(mistakeAt(token, mistake));
      else
        this.warnings.push(
          mistakeAt(token, `${shown(token)}, which is not understood here; this and what follows is sent as it stands`),
        );
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

  private operand(): void {
    this.depth += 1;
    if (this.depth > MAX_DEPTH) throw new Stop(this.token, `nested deeper than ${MAX_DEPTH} levels`);
    this.value();
    this.depth -= 1;
  }

  /** What has a value, and what is asked of it. */
  private value(): void {
    const { token } = this;
    if (
      token.kind === "end" ||
      (token.kind !== "text" && (BINARY.has(token.source) || isClosing(token))) ||
      this.is(",", ":")
    )
      throw new Stop(token, `${shown(token)}, expected ${this.at === 0 ? "a condition" : "a value"}`);
    if (QUANTIFIERS.has(token.source) && isName(this.ahead(1))) return this.quantified();
    if (AGGREGATES.has(token.source) && isName(this.ahead(1))) return this.aggregated();
    if (this.take("(")) this.until(")", () => this.expression());
    else if (this.take("[")) this.items("]", () => this.item());
    else if (token.kind === "word") this.named();
    else if (token.kind === "text") this.text(token);
    else if (token.kind === "number") this.at += 1;
    else throw new Stop(token);
    this.asked();
  }

  private text(token: Token): void {
    if (token.source.startsWith("'"))
      this.warnings.push(
        mistakeAt(token, `a text in single quotes; Adobe's pages on the language have double ones: "…"`),
      );
    this.at += 1;
  }

  private named(): void {
    const name = this.token;
    this.at += 1;
    if (this.is("(")) this.call(name, false);
  }

  /** `.path`, `.method(…)`, `[condition]`. */
  private asked(): void {
    for (;;) {
      if (this.take(".")) {
        const name = this.name();
        if (this.is("(")) this.call(name, true);
      } else if (this.take("[")) this.until("]", () => this.expression());
      else return;
    }
  }

  private call(name: Token, isMethod: boolean): void {
    this.need("(");
    const known = functionNamed(name.source);
    if (known === undefined) this.warnOfFunction(name);
    if (known === "when") return this.until(")", () => this.timeConstraint());
    const inside = this.token;
    const count = this.items(")", () => this.expression());
    const [least, most] = known === undefined ? [0, Infinity] : argumentCount(known, isMethod);
    if (count < least || count > most)
      this.errors.push(mistakeAt(name, `${known} takes ${counted(least, most)}, found ${count}`));
    else if (known === "inSegment" && inside.kind !== "text")
      this.errors.push(mistakeAt(inside, 'inSegment takes the ID of an audience as a text: inSegment("…")'));
  }

  private warnOfFunction(name: Token): void {
    const nearest = nearestWord(name.source, FUNCTION_NAMES);
    const advice = nearest === undefined ? "" : `; did you mean "${nearest}"?`;
    this.warnings.push(mistakeAt(name, `${shown(name)}, a function that Adobe's pages do not name${advice}`));
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
      this.time();
      this.need("and");
      return this.time();
    }
    const isCompared = COMPARISONS.has(this.token.source);
    if (isCompared) this.at += 1;
    this.take("on");
    if (this.token.kind === "number") {
      this.at += 1;
      this.timeUnit();
      if (!isCompared && !this.isWord(DIRECTIONS)) return;
      if (!this.isWord(DIRECTIONS))
        throw new Stop(
          this.token,
          `${shown(this.token)}, expected before, after or from, as in "<= 3 days before now"`,
        );
      this.at += 1;
      return this.time();
    }
    if (this.isWord(DIRECTIONS)) this.at += 1;
    this.time();
  }

  private time(): void {
    if (this.ahead(1).source !== "." && this.take("this", "last", "next")) this.timeUnit();
    else this.sum();
  }

  private timeUnit(): void {
    const { token } = this;
    if (!this.isWord(TIME_UNITS)) {
      const nearest = token.kind === "word" ? nearestWord(token.source, TIME_UNITS) : undefined;
      const advice = nearest ?? "second, minute, hour, day, week, month, year or another";
      throw new Stop(token, `${shown(token)}, expected a unit of time: ${advice}`);
    }
    this.at += 1;
  }

  /** Adobe writes some words in capitals, and says nowhere of which it matters. */
  private isWord(known: readonly string[]): boolean {
    return this.token.kind === "word" && known.includes(this.token.source.toLowerCase());
  }

  private name(): Token {
    const { token } = this;
    if (token.kind !== "word") throw new Stop(token, `${shown(token)}, expected a name`);
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
}

const isName = ({ kind, source }: Token): boolean => kind === "word" && !RESERVED.has(source);

/** As it follows a place: a sign as it is, and whatever may be somebody's own in quotes, by which secrets are found and left out. */
function shown({ kind, source }: Token): string {
  if (kind === "end") return "the expression ends";
  if (kind === "sign") return `found ${source}`;
  return `found ${JSON.stringify(source.length > 40 ? `${source.slice(0, 37)}…` : source)}`;
}

const counted = (least: number, most: number): string => {
  const number = least === most ? `${least}` : `${least} to ${most}`;
  return `${number} ${most === 1 ? "argument" : "arguments"}`;
};
