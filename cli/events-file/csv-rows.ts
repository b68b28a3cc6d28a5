/** The build puts the library into this file (tools/build.mjs). */
import { Readable } from "node:stream";
import { CsvError, parse } from "csv-parse";

export interface Row {
  /** Where it ends, counted from 1: a value in quotes may have several lines. */
  readonly line: number;
  readonly cells: readonly string[];
}

/** A row that is longer is none: a quotation mark is missing. */
const MAX_CHARACTERS = 1_000_000;

/**
 * The rows of a table, as they are read.
 *
 * @param delimiter what stands between cells
 * @throws Error with the line where the text is no CSV
 */
export async function* rowsIn(texts: AsyncIterable<string>, delimiter: string): AsyncGenerator<Row> {
  const parser = parse({
    ...{ delimiter, info: true, max_record_size: MAX_CHARACTERS },
    ...{ relax_column_count: true, skip_empty_lines: true },
  });
  const source = Readable.from(texts, { objectMode: true });
  source.on("error", (error) => parser.destroy(error));
  source.pipe(parser);
  try {
    for await (const found of parser) {
      const { record, info } = found as { readonly record: string[]; readonly info: { readonly lines: number } };
      yield { line: info.lines, cells: record };
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new Error(`it is not CSV: ${error.message}`, { cause: error });
  } finally {
    source.destroy();
  }
}
