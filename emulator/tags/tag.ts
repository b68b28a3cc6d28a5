/** A tag. Which segments carry it is kept with the segments. */
export interface Tag {
  readonly id: number;
  readonly name: string;
  readonly description: string;
}
