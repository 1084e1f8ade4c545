// My year: open a day beside the grid, walk it with arrows, choose several days by drag or Shift. The page works without it.
(() => {
"use strict";

const grid = () => document.getElementById("year-grid");
const form = () => document.querySelector(".year-form");
const panel = () => document.getElementById("panel");
const dayOf = (element) => element && element.closest && element.closest("#year-grid .day");
const days = () => [...grid().querySelectorAll(".day")];
const narrow = window.matchMedia("(max-width: 1279px)");
let anchor = null;
let dragged = false;

function part() { return form().elements.part.value; }

function stops() {
  const all = days();
  const first = grid().querySelector(".chosen, .today") || all[0];
  for (const day of all) day.tabIndex = day === first ? 0 : -1;
}

function mark(chosen) {
  for (const day of grid().querySelectorAll(".chosen, .range")) {
    day.classList.remove("chosen", "range");
    day.removeAttribute("aria-pressed");
  }
  for (const day of chosen) {
    day.classList.add(chosen.length > 1 ? "range" : "chosen");
    day.setAttribute("aria-pressed", "true");
  }
}

function between(one, other) {
  const [first, last] = one.value < other.value ? [one, other] : [other, one];
  return days().filter((day) => day.value >= first.value && day.value <= last.value);
}

// What a screen reader is told when a day has opened: its name and the verdict, not the whole panel.
function tell() {
  const words = panel().querySelectorAll("h2, .verdict h3, .booked h3, .sum-line, .card.amber");
  document.getElementById("said").textContent = [...words].map((element) => element.textContent.trim()).join(". ");
}

function load(url) { return htmx.ajax("GET", url, { target: "#panel", swap: "innerHTML" }); }

function open(day, focus) {
  mark([day]);
  const loaded = load(`${form().dataset.dayUrl}${day.value}/?part=${part()}`);
  history.replaceState(null, "", `?part=${part()}&day=${day.value}`);
  loaded.then(() => {
    if (focus) panel().focus();
    if (narrow.matches) day.scrollIntoView({ block: "nearest" });
  });
}

function openRange(one, other) {
  const chosen = between(one, other);
  if (chosen.length < 2 || !form().dataset.daysUrl) return open(one, false);
  mark(chosen);
  load(`${form().dataset.daysUrl}?first=${chosen[0].value}&last=${chosen[chosen.length - 1].value}&part=${part()}`);
}

function close() {
  const chosen = grid().querySelector(".chosen, .range");
  mark([]);
  anchor = null;
  history.replaceState(null, "", `?part=${part()}`);
  panel().replaceChildren();
  (chosen || grid().querySelector('[tabindex="0"]')).focus();
}

document.addEventListener("submit", (event) => { if (event.target === form()) event.preventDefault(); });

document.addEventListener("click", (event) => {
  const day = dayOf(event.target);
  const plain = !event.ctrlKey && !event.metaKey;
  if (day && plain) {
    event.preventDefault();
    if (dragged) { dragged = false; return; }
    if (event.shiftKey && anchor) return openRange(anchor, day);
    anchor = day;
    return open(day, false);
  }
  const series = event.target.closest("[data-panel]");
  if (series && plain) {
    event.preventDefault();
    const chosen = grid().querySelector(".chosen");
    mark([]);
    return load(series.href + (chosen ? `&first=${chosen.value}` : "")).then(() => panel().focus());
  }
  const near = event.target.closest("[data-day]");
  const cell = near && document.getElementById(`d${near.dataset.day}`);
  if (cell && plain) { event.preventDefault(); anchor = cell; return open(cell, true); }
  if (event.target.closest("[data-close-panel]") && plain) { event.preventDefault(); close(); }
});

// Drag over several days, mouse or pen; a finger scrolls.
let from = null;
document.addEventListener("pointerdown", (event) => {
  from = event.pointerType !== "touch" && event.button === 0 ? dayOf(event.target) : null;
  dragged = false;
});
document.addEventListener("pointerover", (event) => {
  const day = from && dayOf(event.target);
  if (!day || !form().dataset.daysUrl) return;
  dragged = dragged || day !== from;
  if (dragged) mark(between(from, day));
});
document.addEventListener("pointerup", (event) => {
  const day = dragged && (dayOf(event.target) || from);
  if (day) { openRange(from, day); setTimeout(() => { dragged = false; }); }
  from = null;
});

// Left and right walk the days; up and down go to the nearest day of the line above or below, however it is laid out.
function beside(day, key) {
  const all = days();
  const at = all.indexOf(day);
  if (key === "ArrowLeft") return all[at - 1];
  if (key === "ArrowRight") return all[at + 1];
  if (key === "Home") return day.parentElement.firstElementChild;
  if (key === "End") return day.parentElement.lastElementChild;
  if (key === "PageUp" || key === "PageDown") {
    const month = Number(day.value.slice(5, 7)) + (key === "PageUp" ? -1 : 1);
    const near = grid().querySelectorAll(`#m${month} .day`);
    return near[Math.min(Number(day.value.slice(8)), near.length) - 1];
  }
  if (key !== "ArrowUp" && key !== "ArrowDown") return null;
  const box = day.getBoundingClientRect();
  let best = null;
  for (const other of all) {
    const seen = other.getBoundingClientRect();
    const down = (seen.top - box.top) * (key === "ArrowDown" ? 1 : -1);
    if (down < box.height / 2 || !seen.width) continue;
    const far = down + Math.abs(seen.left - box.left) * 3;
    if (!best || far < best.far) best = { far, other };
  }
  return best && best.other;
}

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && panel().contains(event.target)) { event.preventDefault(); return close(); }
  const day = dayOf(event.target);
  if (!day || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key.toLowerCase() === "t") {
    const book = panel().querySelector("[data-book]");
    const shown = panel().querySelector(`[data-panel-day="${day.value}"]`) || grid().querySelector(".range");
    event.preventDefault();
    if (book && shown) return book.click();
    anchor = day;
    mark([day]);
    return load(`${form().dataset.dayUrl}${day.value}/?part=${part()}`).then(() => {
      htmx.process(panel());  // htmx would do so a moment later; a click before it would leave the page
      const ready = panel().querySelector(`[data-panel-day="${day.value}"] [data-book]`);
      if (ready) ready.click(); else panel().focus();
    });
  }
  if (event.key === "Enter" || event.key === " ") {
    event.preventDefault();
    const range = grid().querySelectorAll(".range");
    if (range.length) return openRange(range[0], range[range.length - 1]);
    anchor = day;
    return open(day, true);
  }
  if (event.key === "Escape") { event.preventDefault(); return close(); }
  const next = beside(day, event.key);
  if (!next) return;
  event.preventDefault();
  show(next);
  next.focus();
  if (event.shiftKey) { anchor = anchor || day; mark(between(anchor, next)); } else { anchor = null; if (grid().querySelector(".range")) mark([]); }
});

document.addEventListener("focusin", (event) => {
  const day = dayOf(event.target);
  if (!day) return;
  for (const other of grid().querySelectorAll('[tabindex="0"]')) other.tabIndex = -1;
  day.tabIndex = 0;
});

// A phone shows one month: that of the chosen day, else of today, else the first.
function show(day) {
  const month = day.closest(".month");
  for (const other of grid().querySelectorAll(".month.shown")) other.classList.remove("shown");
  month.classList.add("shown");
}
let month = null;
function settle() {
  if (!grid()) return;
  stops();
  document.body.classList.add("one-month");
  document.querySelector(".month-pager").hidden = false;
  const kept = month && document.getElementById(month);
  show(grid().querySelector(".chosen") || (kept && kept.querySelector(".day")) || grid().querySelector(".today") || days()[0]);
}
document.addEventListener("click", (event) => {
  const turn = event.target.closest("[data-month]");
  if (!turn) return;
  const shown = grid().querySelector(".month.shown");
  const number = Number(shown.id.slice(1)) + Number(turn.dataset.month);
  const next = document.getElementById(`m${number}`);
  if (next) { month = next.id; show(next.querySelector(".day")); return; }
  const page = document.querySelector(number < 1 ? "a[rel=prev]" : "a[rel=next]");
  if (page) page.click();
});
document.addEventListener("htmx:beforeSwap", () => { const shown = grid() && grid().querySelector(".month.shown"); month = shown && shown.id; });
document.addEventListener("htmx:afterSettle", (event) => {
  settle();
  if (event.target === panel()) tell();
  // A new grid begins at the top; its chosen day may then lie under the sheet.
  const chosen = narrow.matches && grid() && grid().querySelector(".chosen");
  if (chosen) chosen.scrollIntoView({ block: "nearest" });
});
settle();
// Where months are stacked, the day of the address may lie below the fold.
const opened = grid() && grid().querySelector(".chosen");
if (opened && window.matchMedia("(max-width: 1039px)").matches) opened.closest(".month").scrollIntoView({ block: "start" });
})();
