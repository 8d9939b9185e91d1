// Bots repeat their links, and parsing a URL is the most expensive part of checking a keyboard.
const known = new Map<string, string | undefined>();

/** Says what is wrong with a link in a button or a text, in Telegram's words; undefined when it is fine. */
export function linkFault(link: string): string | undefined {
  if (known.has(link)) return known.get(link);
  if (known.size > 10_000) known.clear();
  const fault = findFault(link.trim());
  known.set(link, fault);
  return fault;
}

function findFault(link: string): string | undefined {
  const internal = /^(?:tg|ton|tonsite):(?:\/\/)?(.*)$/i.exec(link);
  if (internal) return /^[\w-]+(\?|\/|$)/.test(internal[1] ?? "") ? undefined : "Unallowed characters in URL host";
  const url = URL.parse(/^[a-z][a-z0-9+.-]*:\/\//i.test(link) ? link : `http://${link}`);
  if (!url) return "Wrong HTTP URL";
  if (url.protocol !== "http:" && url.protocol !== "https:") return "Unsupported URL protocol";
  // A button to http://localhost works nowhere but on the developer's machine; Telegram refuses it.
  if (!url.hostname.includes(".") && !url.hostname.includes(":")) return "Wrong HTTP URL";
  return undefined;
}
