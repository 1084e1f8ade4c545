// Arrow keys walk the cells of a [data-grid] table: one tab stop, Home and End for the row. Works without being needed.
(() => {
"use strict";
for (const table of document.querySelectorAll("[data-grid]")) {
  const rows = [...table.tBodies].flatMap((body) => [...body.rows]);
  const target = (cell) => cell.querySelector("a") || cell;
  const cells = (row) => [...row.cells].filter((cell) => cell.tagName === "TH" || !cell.classList.contains("sum"));
  for (const row of rows) for (const cell of cells(row)) target(cell).tabIndex = -1;
  const first = rows[0] && cells(rows[0])[0];
  if (first) target(first).tabIndex = 0;

  table.addEventListener("focusin", (event) => {
    for (const other of table.querySelectorAll('[tabindex="0"]')) other.tabIndex = -1;
    event.target.tabIndex = 0;
  });
  table.addEventListener("keydown", (event) => {
    const cell = event.target.closest("td, th");
    const row = rows.indexOf(cell && cell.parentElement);
    if (row < 0 || event.altKey || event.ctrlKey || event.metaKey) return;
    const line = cells(rows[row]);
    const column = line.indexOf(cell);
    const moves = {
      ArrowLeft: () => line[column - 1],
      ArrowRight: () => line[column + 1],
      ArrowUp: () => rows[row - 1] && cells(rows[row - 1])[column],
      ArrowDown: () => rows[row + 1] && cells(rows[row + 1])[column],
      Home: () => line[0],
      End: () => line[line.length - 1],
    };
    const next = moves[event.key] && moves[event.key]();
    if (!next) return;
    event.preventDefault();
    target(next).focus();
    next.scrollIntoView({ block: "nearest", inline: "nearest" });
  });
}
})();
