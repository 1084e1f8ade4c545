// The week grid of a requirement: drag, arrows or two taps choose hours, a number is put on them. All of it fills the
// fields of the brush and presses its button, so that the form without this script says and does the same.
(() => {
"use strict";
const DAY = 1440;
const PAUSE = 700;  // milliseconds in which a second digit belongs to the first
const form = () => document.getElementById("requirement-form");
const cellOf = (target) => target && target.closest && target.closest(".week-cells .cell");
const gridOf = (cell) => cell.closest("[data-week]");
const nameOf = (cell) => gridOf(cell).dataset.week;
const stepOf = (cell) => Number(gridOf(cell).dataset.step);
const at = (name, line, minute) => document.getElementById(`cell-${name}-${line}-${minute}`);
const field = (part, name) => form().elements[`stroke.${part}.${name}`];
const paintable = (cell) => Boolean(field("number", nameOf(cell)));
const clock = (minute) => `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
let anchor = null;
let dragging = false;
let typed = "";
let timer = 0;

function say(text) { document.getElementById("week-said").textContent = text; }

function range(one, other) {
  const lines = [Number(one.dataset.line), Number(other.dataset.line)].sort((a, b) => a - b);
  const minutes = [Number(one.dataset.minute), Number(other.dataset.minute)].sort((a, b) => a - b);
  return { name: nameOf(one), lines, start: minutes[0], end: Math.min(minutes[1] + stepOf(one), minutes[0] + DAY) };
}

function mark(chosen) {
  for (const cell of document.querySelectorAll(".week-cells .picked")) { cell.classList.remove("picked"); cell.removeAttribute("aria-selected"); }
  if (!chosen) return;
  const grid = document.querySelector(`[data-week="${chosen.name}"]`);
  for (const cell of grid.querySelectorAll(".cell")) {
    const line = Number(cell.dataset.line), minute = Number(cell.dataset.minute);
    if (line < chosen.lines[0] || line > chosen.lines[1] || minute < chosen.start || minute >= chosen.end) continue;
    cell.classList.add("picked");
    cell.setAttribute("aria-selected", "true");
  }
}

function hours(chosen) {
  const end = (chosen.end - 1) % DAY + 1;
  return `${clock(chosen.start % DAY)}–${clock(end)}`;
}

// What is chosen stands in the brush, where it can be read, changed and sent.
function fill(chosen) {
  const { name, lines } = chosen;
  const days = form().querySelectorAll(`input[name="stroke.days.${name}"]`);
  for (const day of days) day.checked = Number(day.value) >= lines[0] && Number(day.value) <= lines[1];
  field("from", name).value = chosen.start >= DAY ? "1" : "";
  field("start", name).value = hours(chosen).split("–")[0];
  field("end", name).value = hours(chosen).split("–")[1];
}

function choose(one, other) {
  const chosen = range(one, other);
  mark(chosen);
  fill(chosen);
  return chosen;
}

function tell(chosen) {
  const names = [...document.querySelectorAll(`[data-week="${chosen.name}"] [role=row]`)].map((row) => row.getAttribute("aria-label"));
  const [first, last] = chosen.lines;
  say(`${first === last ? names[first] : `${names[first]} – ${names[last]}`}, ${hours(chosen)}`);
}

function press(verb, name) { document.getElementById(`act-${verb}-${name}`).click(); }

function put(name) {
  const number = field("number", name);
  if (number.value.trim()) press("paint", name); else number.focus();
}

// Mouse and pen drag over hours; a finger scrolls, and chooses by two taps.
document.addEventListener("pointerdown", (event) => {
  const cell = cellOf(event.target);
  if (!cell || !paintable(cell) || event.button !== 0 || event.pointerType === "touch") return;
  event.preventDefault();
  cell.focus({ preventScroll: true });
  anchor = cell;
  dragging = true;
  choose(cell, cell);
});
document.addEventListener("pointerover", (event) => {
  const cell = dragging && cellOf(event.target);
  if (cell && nameOf(cell) === nameOf(anchor)) choose(anchor, cell);
});
document.addEventListener("pointerup", (event) => {
  if (!dragging) return;
  dragging = false;
  const cell = cellOf(event.target);
  tell(choose(anchor, cell && nameOf(cell) === nameOf(anchor) ? cell : lastPicked()));
  put(nameOf(anchor));
});
document.addEventListener("pointercancel", () => { dragging = false; });
function lastPicked() { return [...gridOf(anchor).querySelectorAll(".picked")].pop() || anchor; }

document.addEventListener("click", (event) => {
  const cell = cellOf(event.target);
  if (!cell || !paintable(cell) || event.pointerType !== "touch") return;
  if (anchor && anchor.isConnected && nameOf(anchor) === nameOf(cell) && anchor !== cell) { tell(choose(anchor, cell)); anchor = null; return; }
  anchor = cell;
  tell(choose(cell, cell));
});

function beside(cell, key) {
  const name = nameOf(cell), step = stepOf(cell), line = Number(cell.dataset.line), minute = Number(cell.dataset.minute);
  const row = () => [...cell.parentElement.querySelectorAll(".cell")];
  switch (key) {
    case "ArrowLeft": return at(name, line, minute - step);
    case "ArrowRight": return at(name, line, minute + step);
    case "ArrowUp": return at(name, line - 1, minute);
    case "ArrowDown": return at(name, line + 1, minute);
    case "Home": return row()[0];
    case "End": return at(name, line, DAY - step) === cell ? row().pop() : at(name, line, DAY - step);
    default: return null;
  }
}

function enter(cell) {
  for (const other of gridOf(cell).querySelectorAll('[tabindex="0"]')) other.setAttribute("tabindex", "-1");
  cell.setAttribute("tabindex", "0");
}

function digits(name, key) {
  typed += key;
  field("number", name).value = typed;
  say(typed);
  clearTimeout(timer);
  timer = setTimeout(() => { typed = ""; press("paint", name); }, PAUSE);
}

document.addEventListener("keydown", (event) => {
  const brush = event.target.closest && event.target.closest("[data-brush]");
  if (brush && event.key === "Enter" && event.target.tagName === "INPUT") { event.preventDefault(); return press("paint", brush.dataset.brush); }
  const cell = cellOf(event.target);
  if (!cell || event.ctrlKey || event.metaKey || event.altKey) return;
  const next = beside(cell, event.key);
  if (next) {
    event.preventDefault();
    if (event.shiftKey && paintable(cell)) {
      anchor = anchor && anchor.isConnected && nameOf(anchor) === nameOf(cell) ? anchor : cell;
      tell(choose(anchor, next));
    } else { anchor = null; mark(null); }
    enter(next);
    next.focus();
    next.scrollIntoView({ block: "nearest", inline: "nearest" });
    return;
  }
  if (!paintable(cell)) return;
  const name = nameOf(cell);
  const chosen = () => { if (!cell.classList.contains("picked")) { anchor = cell; choose(cell, cell); } };
  if (/^[0-9]$/.test(event.key) || (typed && /^[.,]$/.test(event.key))) { event.preventDefault(); chosen(); digits(name, event.key); }
  else if (event.key === "Delete" || event.key === "Backspace") { event.preventDefault(); chosen(); press("clear", name); }
  else if (event.key === "Enter" || event.key === " ") { event.preventDefault(); chosen(); clearTimeout(timer); typed = ""; put(name); }
  else if (event.key === "Escape") { anchor = null; mark(null); say(""); }
});

// Times typed by hand begin on their own day again.
document.addEventListener("input", (event) => {
  const brush = event.target.closest && event.target.closest("[data-brush]");
  if (brush && /^stroke\.(start|end)\./.test(event.target.name)) { field("from", brush.dataset.brush).value = ""; mark(null); }
});

function stops() {
  for (const grid of document.querySelectorAll("[data-week]")) {
    const cells = grid.querySelectorAll(".cell");
    if (!grid.querySelector('[tabindex="0"]') && cells.length && paintable(cells[0])) cells[0].setAttribute("tabindex", "0");
  }
}

// After a swap the boxes stand where they were scrolled to, what was unfolded stays so, and the outcome is said.
let scrolled = {};
let unfolded = [];
document.addEventListener("htmx:beforeSwap", () => {
  scrolled = Object.fromEntries([...document.querySelectorAll(".week-box")].map((box) => [box.id, box.scrollLeft]));
  unfolded = [...document.querySelectorAll("#requirement-form details[open]")].map((one) => one.id);
  anchor = null;
});
document.addEventListener("htmx:afterSettle", () => {
  for (const [id, left] of Object.entries(scrolled)) { const box = document.getElementById(id); if (box) box.scrollLeft = left; }
  for (const id of unfolded) { const one = document.getElementById(id); if (one) one.open = true; }
  stops();
  if (document.activeElement && cellOf(document.activeElement)) enter(document.activeElement);
  if (form() && form().dataset.said) say(form().dataset.said);
});
// Boxes of one form scroll together, so that computed numbers stay under their hours.
document.addEventListener("scroll", (event) => {
  if (!event.target.classList || !event.target.classList.contains("week-box")) return;
  for (const box of document.querySelectorAll(".week-box")) if (Math.abs(box.scrollLeft - event.target.scrollLeft) > 1) box.scrollLeft = event.target.scrollLeft;
}, true);
stops();
})();
