// Recovery codes: copied, or saved as a file made in the browser. Without scripts they are read and written down.
(() => {
"use strict";
const codes = () => [...document.querySelectorAll("#codes code")].map((code) => code.textContent).join("\n") + "\n";
const said = document.getElementById("codes-said");

for (const button of document.querySelectorAll("[data-copy-codes], [data-save-codes]")) button.hidden = false;
document.addEventListener("click", async (event) => {
  const copy = event.target.closest("[data-copy-codes]");
  if (copy) {
    await navigator.clipboard.writeText(codes());
    said.textContent = copy.dataset.copyCodes;
  }
  const save = event.target.closest("[data-save-codes]");
  if (save) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([codes()], { type: "text/plain" }));
    link.download = save.dataset.saveCodes;
    link.click();
    URL.revokeObjectURL(link.href);
  }
});
})();
