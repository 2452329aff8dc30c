// Enhancements only: every page reads and works without this file.

const on = (type, selector, act) =>
  document.addEventListener(type, e => { const hit = e.target.closest?.(selector); if (hit) act(hit, e); });

// On a phone a room's pages lie in one line that scrolls: the one that is open shows.
const tab = document.querySelector(".tabs [aria-current]");
const line = tab?.parentElement;
const reveal = () => { line.scrollLeft = tab.offsetLeft - (line.clientWidth - tab.offsetWidth) / 2; };
if (line) { reveal(); addEventListener("resize", reveal); }

// Why this number? The link is a page; the drawer shows the same explanation beside the page it explains.
const drawer = document.getElementById("why");
let opener = null;

const unmark = () =>
  document.querySelectorAll(".n[aria-expanded]").forEach(n => n.removeAttribute("aria-expanded"));

async function explain(href) {
  const url = new URL(href, location.href);
  url.searchParams.set("part", "drawer");
  const answer = await fetch(url, { headers: { accept: "text/html" } });
  if (!answer.ok) { location.href = href; return; }
  drawer.innerHTML = await answer.text();
  if (!drawer.open) drawer.show();
  drawer.scrollTop = 0;
  drawer.querySelector("h2")?.focus();
}

const shut = () => { drawer.close(); unmark(); opener?.focus(); };

on("click", "a.n", (a, e) => {
  if (!drawer || e.ctrlKey || e.metaKey || e.shiftKey || e.altKey || e.button) return;
  e.preventDefault();
  if (!drawer.contains(a)) { unmark(); a.setAttribute("aria-expanded", "true"); opener = a; }
  explain(a.getAttribute("href"));
});
on("click", "#why .pager a", (a, e) => { e.preventDefault(); explain(a.href); });
on("click", "#why [data-shut]", (a, e) => { e.preventDefault(); shut(); });

// The table of a chart takes the drawing's place.
on("click", "[data-twin]", (a, e) => {
  e.preventDefault();
  const figure = a.closest("figure"), twin = figure.querySelector(".twin");
  const drawing = figure.querySelector(".drawing");
  twin.hidden = !twin.hidden;
  drawing.hidden = !twin.hidden;
  a.setAttribute("aria-pressed", String(!twin.hidden));
});
on("keydown", "[data-twin]", (a, e) => { if (e.key === " ") { e.preventDefault(); a.click(); } });

// A toast stays ten seconds, or while it is hovered or focused.
for (const toast of document.querySelectorAll(".toasts .toast")) {
  let left = 10;
  const tick = setInterval(() => {
    if (!toast.matches(":hover, :focus-within") && --left <= 0) { toast.remove(); clearInterval(tick); }
  }, 1000);
}

// The drop area takes files and says which; without script it is a plain file field.
for (const type of ["dragover", "dragleave", "drop"])
  on(type, ".drop", (area, e) => { e.preventDefault(); area.classList.toggle("over", type === "dragover"); });
on("drop", ".drop", (area, e) => {
  const field = area.querySelector("input[type=file]");
  field.files = e.dataTransfer.files;
  field.dispatchEvent(new Event("change", { bubbles: true }));
});
on("change", ".drop input[type=file]", field => {
  const list = field.form.querySelector("[data-files]");
  if (list) list.textContent = [...field.files].map(f => f.name).join(", ");
});

// A form is sent once; the button says so while the server works.
document.addEventListener("submit", e => {
  const button = e.submitter;
  if (e.target.method !== "post" || !button || button.name) return;
  if (e.target.dataset.sent) { e.preventDefault(); return; }
  e.target.dataset.sent = "1";
  button.setAttribute("aria-disabled", "true");
  if (button.dataset.busy) button.textContent = button.dataset.busy;
});
addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach(f => {
  delete f.dataset.sent;
  f.querySelectorAll("[aria-disabled]").forEach(b => b.removeAttribute("aria-disabled"));
}));

// One menu open at a time; Escape and a click outside close it. Slash goes to the search.
const menus = () => document.querySelectorAll("details.menu[open]");
document.addEventListener("click", e => menus().forEach(m => { if (!m.contains(e.target)) m.open = false; }));
const typing = e => e.target.closest("input, textarea, select, [contenteditable]");
const keys = document.getElementById("keys");
let going = 0;
document.addEventListener("keydown", e => {
  if (e.key === "Escape") {
    if (menus().length) menus().forEach(m => { m.open = false; m.querySelector("summary").focus(); });
    else if (drawer?.open) shut();
  }
  if (typing(e) || e.ctrlKey || e.metaKey || e.altKey) return;
  if (e.key === "/") {
    e.preventDefault();
    document.querySelector(".search input")?.focus();
  } else if (e.key === "?") {
    e.preventDefault();
    if (!keys.open) keys.showModal();
  } else if (e.key === "g") {
    going = Date.now();
  } else if (Date.now() - going < 1500) {
    going = 0;
    const to = keys?.querySelector(`[data-key="${CSS.escape(e.key)}"]`);
    if (to) { e.preventDefault(); location.href = to.href; }
  }
});
on("click", "[data-shutkeys]", () => keys.close());
for (const button of document.querySelectorAll("[data-keys]")) {
  button.hidden = false;
  button.addEventListener("click", () => keys.showModal());
}

// A job says how far it is as it goes on; when it ends its page leads on. Where the stream breaks, the page
// asks every second; without script it asks again by itself.
for (const job of document.querySelectorAll("[data-job]")) {
  const show = now => {
    job.querySelector("[data-says]").textContent = now.says;
    const bar = job.querySelector("progress");
    if (now.total > 0) { bar.max = now.total; bar.value = now.count; }
    else bar.removeAttribute("value");
  };
  const look = async () => {
    const answer = await fetch(job.dataset.job).catch(() => null);
    const now = answer?.ok ? await answer.json() : null;
    if (now?.state && now.state !== "working") { location.reload(); return; }
    if (now) show(now);
    setTimeout(look, 1000);
  };
  const events = new EventSource(job.dataset.events);
  events.addEventListener("progress", e => show(JSON.parse(e.data)));
  for (const end of ["done", "failed", "cancelled"])
    events.addEventListener(end, () => { events.close(); location.reload(); });
  events.onerror = () => { events.close(); setTimeout(look, 1000); };
}
