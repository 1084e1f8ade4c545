// Small manners for every page: toasts, menus, one tab stop per grid, focus kept after a swap. No page needs it to work.
(() => {
"use strict";
function dismiss(toast) { toast.remove(); }

function say(text) {
  const region = document.getElementById("toasts");
  if (!region) return;
  const template = document.getElementById("toast-failure");
  region.replaceChildren(template.content.cloneNode(true));
  region.querySelector("p").textContent = text;
}

document.addEventListener("click", (event) => {
  const close = event.target.closest("[data-dismiss]");
  if (close) dismiss(close.closest(".toast"));
  if (event.target.closest("[data-print]")) print();
  const peek = event.target.closest("[data-peek]");
  if (peek) {
    const input = document.getElementById(peek.dataset.peek);
    const shown = input.type === "text";
    input.type = shown ? "password" : "text";
    peek.setAttribute("aria-pressed", String(!shown));
    peek.querySelector("span").textContent = shown ? peek.dataset.show : peek.dataset.hide;
  }
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const menu = event.target.closest && event.target.closest("details.menu[open]");
  if (menu) { menu.open = false; menu.querySelector("summary").focus(); }
});

for (const button of document.querySelectorAll("[data-peek], [data-print]")) button.hidden = false;

// A notice without an action leaves by itself; one with an action stays until it is closed.
function fade() {
  for (const toast of document.querySelectorAll(".toast:not(.failure):not([data-timed])")) {
    toast.dataset.timed = "";
    if (!toast.querySelector("form, a")) setTimeout(() => dismiss(toast), 6000);
  }
}
fade();

// Roving tabindex: one tab stop for a grid of [data-stop] items; move(item, key, items) names the next one, or nothing.
function rove(grid, move) {
  const items = [...grid.querySelectorAll("[data-stop]")];
  const enter = (item) => {
    for (const other of items) other.tabIndex = -1;
    item.tabIndex = 0;
  };
  grid.addEventListener("focusin", (event) => { const item = event.target.closest("[data-stop]"); if (item) enter(item); });
  grid.addEventListener("keydown", (event) => {
    const item = event.target.closest("[data-stop]");
    const next = item && move(item, event.key, items);
    if (!next) return;
    event.preventDefault();
    enter(next);
    next.focus();
  });
}

// What was kept for reading without a connection belongs to whoever signed in: nobody's at the entrance, nobody's after leaving.
function forgetYear() { if (window.caches) caches.delete("cent-jours-year").catch(() => {}); }
if (window.location.pathname.startsWith("/accounts/login/")) forgetYear();
document.addEventListener("submit", (event) => {
  // Not event.target.action: a button of that name would stand for it.
  if (new URL(event.target.getAttribute("action") || "", window.location.href).pathname === "/accounts/logout/") forgetYear();
});

// After a swap the focus stays on the element of the same id, or goes where the fragment asks with [data-focus]. What had
// it and is gone leaves it to the region that was swapped, never to the top of the page.
let remembered = null;
document.addEventListener("htmx:beforeSwap", (event) => {
  remembered = document.activeElement;
  // Signed out meanwhile: the answer is the sign-in page, which belongs in the window, not in a panel.
  const { xhr } = event.detail;
  if (xhr && xhr.responseURL && new URL(xhr.responseURL).pathname.startsWith("/accounts/login/")) {
    event.detail.shouldSwap = false;
    window.location.reload();
  }
});
document.addEventListener("htmx:afterSettle", (event) => {
  fade();
  const asked = event.target.querySelector && event.target.querySelector("[data-focus]");
  const gone = remembered && !remembered.isConnected;
  const region = gone && event.detail.target && event.detail.target.closest("[tabindex]");
  const target = asked || (remembered && remembered.id && document.getElementById(remembered.id)) || region;
  if (target && document.activeElement !== target && (asked || document.activeElement === document.body)) {
    target.focus({ preventScroll: !asked });
  }
});
for (const name of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(name, () => say(document.body.dataset.failed));
}

window.centJours = { rove, say };
})();
