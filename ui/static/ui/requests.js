// The inbox by keyboard: j, k or arrows walk the requests, Space chooses, Enter opens. Everything also works by form.
(() => {
"use strict";
const form = document.querySelector("[data-inbox]");
if (!form) return;
const links = [...form.querySelectorAll(".ask > a")];
const boxes = links.map((link) => link.parentElement.querySelector("input"));
const all = form.querySelector("[data-all]");
const count = form.querySelector("[data-count]");
const approve = form.querySelector("[data-approve]");

function tell() {
  const chosen = boxes.filter((box) => box.checked).length;
  for (const text of [count, approve]) {
    text.textContent = chosen ? text.dataset.some.replace("#", chosen) : text.dataset.none;
  }
  all.checked = chosen === boxes.length;
  all.indeterminate = chosen > 0 && chosen < boxes.length;
}

form.addEventListener("change", (event) => {
  if (event.target === all) for (const box of boxes) box.checked = all.checked;
  tell();
});

const typing = (target) => target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]");

document.addEventListener("keydown", (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey || typing(event.target)) return;
  const current = links.indexOf(event.target.closest(".ask")?.querySelector("a"));
  const within = form.contains(event.target);
  const step = { j: 1, k: -1, ArrowDown: within ? 1 : 0, ArrowUp: within ? -1 : 0 }[event.key];
  if (step) {
    const next = links[current < 0 ? 0 : Math.min(links.length - 1, Math.max(0, current + step))];
    event.preventDefault();
    next.focus();
    next.scrollIntoView({ block: "nearest" });
  } else if (event.key === " " && current >= 0 && event.target === links[current]) {
    event.preventDefault();
    boxes[current].checked = !boxes[current].checked;
    tell();
  }
});

document.addEventListener("click", (event) => {
  for (const open of document.querySelectorAll("details.refuse[open], details.refuse-many[open]")) {
    if (!open.contains(event.target)) open.open = false;
  }
});
document.addEventListener("keydown", (event) => {
  const open = event.key === "Escape" && event.target.closest("details.refuse[open], details.refuse-many[open]");
  if (open) { open.open = false; open.querySelector("summary").focus(); }
});

// The row that is open is marked; below 900 px a link opens the page of the request instead of the column beside.
const narrow = window.matchMedia("(max-width: 899px)");
document.addEventListener("htmx:configRequest", (event) => {
  if (narrow.matches && event.target.closest(".ask > a")) {
    event.preventDefault();
    window.location.href = event.target.href;
  }
});
document.addEventListener("htmx:afterRequest", (event) => {
  const link = event.target.closest && event.target.closest(".ask > a");
  if (!link || !event.detail.successful) return;
  for (const other of links) other.removeAttribute("aria-current");
  link.setAttribute("aria-current", "true");
  window.scrollTo(0, 0);
});
window.addEventListener("popstate", () => window.location.reload());
tell();
})();
