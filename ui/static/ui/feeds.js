// My feeds: the button that copies a fresh address. Without it the address can be selected by hand.
(() => {
"use strict";
for (const button of document.querySelectorAll("[data-copy]")) {
  const input = document.getElementById(button.dataset.copy);
  const done = () => {
    button.querySelector("span").textContent = button.dataset.done;
    document.getElementById("copied").textContent = button.dataset.done;
  };
  button.hidden = false;
  input.addEventListener("focus", () => input.select());
  button.addEventListener("click", () => {
    input.select();
    // The clipboard exists on https and localhost only; elsewhere the older command still copies a selection.
    if (navigator.clipboard) navigator.clipboard.writeText(input.value).then(done, () => input.focus());
    else if (document.execCommand("copy")) done();
  });
}
})();
