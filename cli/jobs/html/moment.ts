/** `2026-11-05 09:30`, in UTC. */
export function moment(time: number | undefined): string {
  const date = new Date(time ?? NaN);
  return Number.isNaN(date.getTime()) ? "not told" : date.toISOString().slice(0, 16).replace("T", " ");
}
