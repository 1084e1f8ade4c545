// The editor: line numbers beside a text, a fault that leads to its line, Ctrl+S to keep, a word before leaving.
(() => {
  const form = document.querySelector("form.editor");
  if (!form) return;
  let touched = false;

  form.querySelectorAll(".code").forEach((box) => {
    const [lines, area] = [box.querySelector(".code-lines"), box.querySelector("textarea")];
    let shown = 0;
    const number = () => {
      const count = area.value.split("\n").length;
      if (count !== shown) {
        lines.textContent = Array.from({ length: count }, (_, index) => index + 1).join("\n");
        shown = count;
      }
      lines.style.height = `${area.clientHeight}px`;
      lines.scrollTop = area.scrollTop;
    };
    area.addEventListener("input", () => { touched = true; number(); });
    area.addEventListener("scroll", () => { lines.scrollTop = area.scrollTop; });
    new ResizeObserver(number).observe(area);
    number();
  });

  form.addEventListener("click", (event) => {
    const place = event.target.closest("[data-line]");
    if (!place) return;
    event.preventDefault();
    const area = document.getElementById(place.dataset.field);
    const before = area.value.split("\n").slice(0, Math.max(0, Number(place.dataset.line) - 1));
    const start = before.length ? before.join("\n").length + 1 : 0;
    const end = area.value.indexOf("\n", start);
    area.focus();
    area.setSelectionRange(start, end < 0 ? area.value.length : end);
    area.scrollTop = Math.max(0, (before.length - 4) * parseFloat(getComputedStyle(area).lineHeight));
    area.scrollIntoView({ block: "nearest" });
  });

  form.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key === "s") {
      event.preventDefault();
      form.requestSubmit();
    }
  });
  form.addEventListener("submit", () => { touched = false; });
  addEventListener("beforeunload", (event) => { if (touched) event.preventDefault(); });
})();
