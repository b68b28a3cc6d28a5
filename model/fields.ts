/** Those of the fields that are there. */
export const only = <Values extends object, Name extends keyof Values>(values: Values, names: readonly Name[]) =>
  Object.fromEntries(names.flatMap((name) => (values[name] === undefined ? [] : [[name, values[name]]]))) as Pick<
    Values,
    Name
  >;

/** All but those of the fields. */
export const without = <Values extends object, Name extends keyof Values>(values: Values, names: readonly Name[]) =>
  Object.fromEntries(Object.entries(values).filter(([name]) => !names.some((one) => one === name))) as Omit<
    Values,
    Name
  >;
