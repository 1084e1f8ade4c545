// The file field in our own words: the button and the name of the file stand where the browser's would.
(() => {
"use strict";
for (const pick of document.querySelectorAll("[data-pick]")) {
  const input = pick.querySelector("input"), button = pick.querySelector(".button"), name = pick.querySelector(".pick-name");
  const tell = () => { name.textContent = input.files.length ? input.files[0].name : name.dataset.none; };
  pick.classList.add("dressed");
  button.hidden = name.hidden = false;
  input.addEventListener("change", tell);
  tell();
}
})();
