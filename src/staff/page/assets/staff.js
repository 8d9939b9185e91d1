// Keeps the part #live of the page up to date. Without this script the page works by being loaded again.
const live = document.getElementById("live");
const news = document.getElementById("news");
// The server tells when something changes; should that fail, the page is never older than this.
const longest = 60_000;

let busy = false;
let again = false;
// As the server gave it: what somebody types or opens here is no change.
let shown = live ? lasting(live) : "";

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

/** Puts new content in; what is being typed stays, what is open stays open, and the focus stays where it was. */
function replace(content) {
  const template = document.createElement("template");
  template.innerHTML = content;
  const next = template.content;
  const coming = lasting(next);
  if (coming === shown) return updateTimes(next);
  shown = coming;
  for (const opened of live.querySelectorAll("details[id][open]")) {
    next.getElementById(opened.id)?.setAttribute("open", "");
  }
  const focus = takeFocus();
  for (const form of [...live.querySelectorAll("form[id]")].filter(isTyped)) keep(form, next);
  live.replaceChildren(next);
  giveFocus(focus);
  news.textContent = live.dataset.changed;
}

/**
 * Puts a form that has something typed in it where its successor would be. It keeps the version that its writer saw, so
 * that nothing is done to a case that nobody has looked at. A form that has no place any more comes first.
 */
function keep(form, next) {
  const successor = next.getElementById(form.id);
  if (successor) {
    successor.replaceWith(form);
    return;
  }
  const box = form.closest(".staff-kept") ?? document.createElement("div");
  box.className = "staff-kept";
  if (!box.contains(form)) {
    const note = document.createElement("p");
    note.className = "kern-body";
    note.textContent = live.dataset.kept;
    box.append(note, form);
  }
  next.prepend(box);
}

function isTyped(form) {
  return (
    form.dataset.typed !== undefined ||
    [...form.elements].some((field) => {
      if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
      if (field.tagName !== "SELECT") return "defaultValue" in field && field.value !== field.defaultValue;
      const preset = [...field.options].findIndex((option) => option.defaultSelected);
      return field.selectedIndex !== Math.max(preset, 0);
    })
  );
}

function takeFocus() {
  const { activeElement: element } = document;
  if (!live.contains(element)) return undefined;
  // Only fields with words have a selection; others answer with null.
  return { element, id: element.id, start: element.selectionStart, end: element.selectionEnd };
}

function giveFocus(before) {
  if (!before) return;
  const { element, id, start, end } = before;
  const named = (name) => name && document.getElementById(name);
  const next = element.isConnected ? element : named(id) || named(id.replace("claim-", "case-"));
  (next || document.getElementById("main")).focus({ preventScroll: true });
  if (next && typeof start === "number") next.setSelectionRange?.(start, end);
}

/** What is worth telling when it differs: everything but the passing of time. */
function lasting(root) {
  const holder = document.createElement("div");
  holder.append(...[...root.childNodes].map((node) => node.cloneNode(true)));
  // What forms carry unseen may be another value each time.
  for (const field of holder.querySelectorAll("input[type=hidden]")) field.remove();
  return holder.innerHTML.replaceAll(/<time[^>]*>[^<]*/g, "");
}

/** Ages pass while nothing else changes: only they are written anew. */
function updateTimes(next) {
  const times = next.querySelectorAll("time");
  for (const [index, time] of live.querySelectorAll("time").entries()) {
    const text = times[index]?.textContent;
    if (text && text !== time.textContent) time.textContent = text;
  }
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

// What just happened to an act is read out, and is where the keyboard goes on.
document.getElementById("act-result")?.focus({ preventScroll: true });

const print = document.getElementById("print");
if (print) {
  print.hidden = false;
  print.addEventListener("click", () => window.print());
}
