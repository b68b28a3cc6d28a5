/** Whether a URL leads to this machine, by its host alone: 127.0.0.0/8, ::1 or localhost. */
export function isLoopback(url: string): boolean {
  // Whatever way an IPv4 address is written, the parser answers four numbers: `127.0.0.1.example.com` stays a name.
  const host = URL.canParse(url) ? new URL(url).hostname : "";
  return host === "localhost" || host === "[::1]" || /^127\.\d+\.\d+\.\d+$/.test(host);
}
