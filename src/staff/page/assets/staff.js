// Keeps the part #live of the page up to date. Without this script the page works by being loaded again.
const live = document.getElementById("live");
const news = document.getElementById("news");
// The server tells when something changes; should that fail, the page is never older than this.
const longest = 60_000;

let busy = false;
let again = false;

async function refresh() {
  if (busy || document.hidden) {
    again = true;
    return;
  }
  busy = true;
  again = false;
  try {
    const answer = await fetch(location.href, { headers: { "x-live": "1" } });
    // Signed out meanwhile, or the case is somebody else's now.
    if ([401, 403, 404].includes(answer.status)) location.reload();
    else if (answer.ok) replace(await answer.text());
  } catch {
    // No connection: the next time.
  } finally {
    busy = false;
    if (again && !document.hidden) refresh();
  }
}

/** Puts new content in, and the focus back to where it was. What somebody is typing stays. */
function replace(content) {
  const before = lasting(live);
  const focused = live.contains(document.activeElement) ? document.activeElement.id : "";
  const typed = [...live.querySelectorAll("form[id]")].filter(isTyped);
  live.innerHTML = content;
  for (const form of typed) {
    const successor = document.getElementById(form.id);
    if (successor) successor.replaceWith(form);
    else live.prepend(form);
  }
  if (focused) {
    const next = document.getElementById(focused) ?? document.getElementById(focused.replace("claim-", "case-"));
    (next ?? document.getElementById("main")).focus({ preventScroll: true });
  }
  if (before !== lasting(live)) news.textContent = live.dataset.changed;
}

function isTyped(form) {
  return [...form.elements].some((field) => "defaultValue" in field && field.value !== field.defaultValue);
}

/** What is worth telling when it differs: everything but the passing of time. */
function lasting(element) {
  return element.innerHTML.replaceAll(/<time[^>]*>[^<]*/g, "");
}

if (live) {
  const events = new EventSource("/staff/events");
  events.addEventListener("message", refresh);
  // What happened while there was no connection.
  let first = true;
  events.addEventListener("connected", () => {
    if (!first) refresh();
    first = false;
  });
  setInterval(refresh, longest);
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden && again) refresh();
  });
}
