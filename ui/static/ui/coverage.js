// Arrow keys walk the cells of a heat map: one tab stop, Home and End for the line. A what if is seen as it is chosen.
(() => {
"use strict";
for (const map of document.querySelectorAll("[data-heat]")) {
  const items = [...map.querySelectorAll("[data-stop]")];
  const at = new Map(items.map((item) => [`${item.dataset.x},${item.dataset.y}`, item]));
  const line = (y) => items.filter((item) => item.dataset.y === y);
  const step = (item, dx, dy) => {
    const [x, y] = [Number(item.dataset.x), Number(item.dataset.y)];
    for (let far = 1; far < 40; far += 1) {
      const next = at.get(`${x + dx * far},${y + dy * far}`);
      if (next) return next;
    }
    return null;
  };
  window.centJours.rove(map, (item, key) => ({
    ArrowLeft: () => step(item, -1, 0), ArrowRight: () => step(item, 1, 0),
    ArrowUp: () => step(item, 0, -1), ArrowDown: () => step(item, 0, 1),
    Home: () => line(item.dataset.y)[0], End: () => line(item.dataset.y).at(-1),
  }[key] || (() => null))());
  const first = map.querySelector("[aria-current]") || items[0];
  for (const item of items) item.setAttribute("tabindex", item === first ? "0" : "-1");
  if (first) first.scrollIntoView({ block: "nearest", inline: "center" });
}
window.scrollTo(window.scrollX, window.location.hash ? window.scrollY : 0);
const form = document.querySelector(".what-if form");
if (form) form.addEventListener("change", () => form.requestSubmit());
const link = document.querySelector('a[href="#what-if"]');
if (link) link.addEventListener("click", () => { document.getElementById("what-if").open = true; });
})();
