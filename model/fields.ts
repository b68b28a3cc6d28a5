import { z } from "zod";

/** What is done with a field that holds a `T`. Each kind of resource has a table of its fields. */
export interface Field<T> {
  /**
   * - `body`: the program says it, the body of a write has it, a refresh compares it, export and comparison have it.
   * - `metadata`: the program says it, and requests of its own write it (provider/segment/tags-and-shares.ts).
   * - `policy`: the program says it, state keeps it, the service knows nothing of it.
   * - `option`: the program says how it is made or read; it is kept nowhere.
   * - `output`: the service says it, and the resource has it as an output.
   * - `reviewOnly`: the service says it, and state has it for reviews: of the last answer alone, and no output.
   * - `internal`: the service says it, and only the provider needs it.
   */
  readonly kind: "body" | "metadata" | "policy" | "option" | "output" | "reviewOnly" | "internal";
  /** What it has to be as an argument. */
  readonly argument?: z.ZodType;
  readonly required?: true;
  /** The value that leaving it out means: one that the program no longer says is set to this. */
  readonly absent?: T;
  /** Another value makes another object. */
  readonly replaces?: true;
  /** Its names in requests and answers: an answer is read by whichever is there. */
  readonly names?: readonly [string, ...string[]];
  /** What it is in an answer. Where only a shape of its own can tell, the answers.ts of its resource has it. */
  readonly answer?: z.ZodType<T>;
  /** How a review shows it: in what it calls the object, or on a line of its own. What has neither is shown in its own way. */
  readonly shown?: "heading" | "line";
}

type Table = Readonly<Record<string, Field<unknown>>>;
type FieldKind = Field<unknown>["kind"];

/** The names of the fields whose rows have something. */
export type FieldsWith<Rows extends Table, RowPart> = {
  [Name in keyof Rows & string]: Rows[Name] extends RowPart ? Name : never;
}[keyof Rows & string];

/** The same at run time; the type says what, as `matches` does. */
export const fieldsWhere = <Rows extends Table, RowPart>(rows: Rows, matches: (row: Field<unknown>) => boolean) =>
  Object.keys(rows).filter((name) => matches(rows[name] as Field<unknown>)) as FieldsWith<Rows, RowPart>[];

export const fieldsOfKind = <Rows extends Table, Kinds extends FieldKind>(rows: Rows, ...kinds: readonly Kinds[]) =>
  fieldsWhere<Rows, { readonly kind: Kinds }>(rows, ({ kind }) => kinds.some((one) => one === kind));

type ArgumentField<Rows extends Table> = FieldsWith<Rows, { readonly argument: z.ZodType }>;
type RequiredField<Rows extends Table> = FieldsWith<Rows, { readonly required: true }>;

/** The arguments of a resource, all values known. */
export type InputsOf<Rows extends Table, Values extends Record<keyof Rows, unknown>> = Pick<
  Values,
  RequiredField<Rows>
> &
  Partial<Pick<Values, Exclude<ArgumentField<Rows>, RequiredField<Rows>>>>;

/** What a program has to say, and then what it may say. */
export function argumentsIn<Rows extends Table>(rows: Rows): readonly ArgumentField<Rows>[] {
  const isArgument = ({ argument }: Field<unknown>) => argument !== undefined;
  return [
    ...fieldsWhere<Rows, { readonly argument: z.ZodType }>(rows, (row) => isArgument(row) && row.required === true),
    ...fieldsWhere<Rows, { readonly argument: z.ZodType }>(rows, (row) => isArgument(row) && row.required !== true),
  ];
}

/** What the arguments have to be, each by itself. */
export const argumentSchema = (rows: Table): z.ZodObject =>
  z.strictObject(
    Object.fromEntries(
      argumentsIn(rows).map((name) => {
        const { argument = z.never(), required } = rows[name] as Field<unknown>;
        return [name, required ? argument : argument.nullish()];
      }),
    ),
  );

/** The named fields that have a value. */
export const pick = <Values extends object, Name extends keyof Values>(values: Values, names: readonly Name[]) =>
  Object.fromEntries(names.flatMap((name) => (values[name] === undefined ? [] : [[name, values[name]]]))) as Pick<
    Values,
    Name
  >;

/** All fields but the named ones. */
export const omit = <Values extends object, Name extends keyof Values>(values: Values, names: readonly Name[]) =>
  Object.fromEntries(Object.entries(values).filter(([name]) => !names.some((omitted) => omitted === name))) as Omit<
    Values,
    Name
  >;
