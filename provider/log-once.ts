/** Says each text once: the engine checks a resource that it replaces a second time. */
export function once(say: (text: string) => void): (text: string) => void {
  const said = new Set<string>();
  return (text) => {
    if (said.size < said.add(text).size) say(text);
  };
}
