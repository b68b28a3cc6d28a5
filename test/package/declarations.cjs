/**
 * `node declarations.cjs COMPILER FOLDER` with forms as JSON on stdin: what a compiler says of FOLDER/index.ts and of the declarations of
 * pulumi-cja that it reaches, under the compiler options of each form. A process of its own, since each version of TypeScript is one.
 *
 * The declarations of other packages are read and not judged: they are not ours, and Pulumi's take most of the time.
 */
const { join, relative, sep } = require("node:path");
const { readFileSync } = require("node:fs");
const { exactFields } = require("./optional-arguments.cjs");

const [, , compiler, folder] = process.argv;
const ts = require(compiler);

const found = Object.entries(JSON.parse(readFileSync(0, "utf8"))).map(([form, compilerOptions]) => {
  const { options, errors } = ts.convertCompilerOptionsFromJson(compilerOptions, folder);
  const program = ts.createProgram([join(folder, "index.ts")], { ...options, noEmit: true, skipLibCheck: false });
  const ours = program.getSourceFiles().filter(isOurs);
  const diagnostics = [
    ...errors,
    ...program.getOptionsDiagnostics(),
    ...program.getGlobalDiagnostics(),
    ...ours.flatMap((file) => [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)]),
  ];
  const exact = options.exactOptionalPropertyTypes ? exactFields(ts, program, ours.filter(isEntry), isOurs) : [];
  return [form, { files: ours.length, mistakes: diagnostics.map(line), exact }];
});
console.log(JSON.stringify(Object.fromEntries(found)));

function isOurs({ fileName }) {
  return /^(index\.ts$|node_modules\/pulumi-cja\/)/.test(pathOf(fileName));
}

function isEntry({ fileName }) {
  return /^node_modules\/pulumi-cja\/dist\/\w+\/index\.d\.ts$/.test(pathOf(fileName));
}

function pathOf(file) {
  return relative(folder, file).split(sep).join("/");
}

function line({ file, start, code, messageText }) {
  const place = file ? `${pathOf(file.fileName)}:${file.getLineAndCharacterOfPosition(start).line + 1}: ` : "";
  return `${place}TS${code}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`;
}
