/**
 * The optional fields of arguments that do not take `undefined`: under `exactOptionalPropertyTypes` a program could not pass on a value that
 * it may not have, as `config.get("sandbox")`.
 *
 * @param program a program of TypeScript's
 * @param entries its declarations whose exports programs import
 * @param isOurs whether a file has declarations of this package; others' are not looked into
 */
exports.exactFields = function exactFields(ts, program, entries, isOurs) {
  const checker = program.getTypeChecker();
  const found = new Set();
  const seen = new Set();

  for (const entry of entries) {
    for (const exported of checker.getExportsOfModule(checker.getSymbolAtLocation(entry))) {
      const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
      if (symbol.flags & ts.SymbolFlags.Value) callable(checker.getTypeOfSymbol(symbol));
    }
  }
  return [...found].sort();

  /** Whatever a function, a class with its methods, or an object of functions is given. */
  function callable(type) {
    if (seen.has(type)) return;
    seen.add(type);
    const calls = [...type.getCallSignatures(), ...type.getConstructSignatures()];
    for (const signature of calls) {
      for (const parameter of signature.getParameters()) argument(checker.getTypeOfSymbol(parameter));
      if (isOursType(signature.getReturnType())) members(signature.getReturnType());
    }
    if (isOursType(type)) members(type);
  }

  function members(type) {
    for (const member of type.getProperties()) callable(checker.getTypeOfSymbol(member));
  }

  function argument(type) {
    if (seen.has(type)) return;
    seen.add(type);
    if (type.isUnionOrIntersection()) return type.types.forEach(argument);
    if (type.flags & ts.TypeFlags.Object) checker.getTypeArguments(type)?.forEach(argument);
    if (!isOursType(type)) return;
    for (const field of type.getProperties()) {
      if (field.flags & ts.SymbolFlags.Optional && !takesUndefined(type, field))
        found.add(`${type.aliasSymbol?.name ?? type.symbol.name}.${field.name}`);
      argument(checker.getTypeOfSymbol(field));
    }
  }

  /** Looked for where the type is written: that of an optional field has it in any case. */
  function takesUndefined(type, field) {
    const [mapped] = (type.symbol.declarations ?? []).filter(ts.isMappedTypeNode);
    const written = (mapped ? [mapped] : (field.declarations ?? [])).flatMap((declaration) => declaration.type ?? []);
    return written.length > 0 && written.every((node) => hasUndefined(checker.getTypeFromTypeNode(node)));
  }

  /** What is never there is a mark for the compiler, and no argument. */
  function hasUndefined(type) {
    if (type.isUnion()) return type.types.some(hasUndefined);
    return (type.flags & (ts.TypeFlags.Undefined | ts.TypeFlags.Never | ts.TypeFlags.Any | ts.TypeFlags.Unknown)) !== 0;
  }

  function isOursType(type) {
    return (type.symbol?.declarations ?? []).some((declaration) => isOurs(declaration.getSourceFile()));
  }
};
