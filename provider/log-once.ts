/** Logs each text only once: the engine checks a resource that it replaces a second time. */
export function logOnce(log: (text: string) => void): (text: string) => void {
  const logged = new Set<string>();
  return (text) => {
    if (logged.size < logged.add(text).size) log(text);
  };
}
