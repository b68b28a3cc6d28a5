/** What is wrong in a file, and where: lines and columns count from 1. */
export interface FileMistake {
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** `environments.yaml:3:5: there is no such kind …` */
export const formatFileMistake = (file: string, { line, column, message }: FileMistake): string =>
  `${file}:${line}:${column}: ${message}`;
