// My year without a connection: the page that was kept says when it was drawn, and its actions say why they rest.
(() => {
"use strict";
if (!("serviceWorker" in navigator)) return;
const note = document.getElementById("offline-note");

if (document.documentElement.hasAttribute("data-offline")) {
  note.hidden = false;
  const reason = note.dataset.reason;
  const actions = "main button:not(.day, [data-month], [data-print]), main select, .panel button, .year-tools a, .menu button";
  for (const action of document.querySelectorAll(actions)) {
    action.setAttribute("aria-disabled", "true");
    action.setAttribute("aria-describedby", "offline-note");
  }
  document.addEventListener("click", (event) => {
    const day = event.target.closest("#year-grid .day");
    if (!day && !event.target.closest("[aria-disabled=true]")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    window.centJours.say(day ? `${day.getAttribute("aria-label")}. ${reason}` : reason);
  }, true);
  document.addEventListener("submit", (event) => { event.preventDefault(); event.stopImmediatePropagation(); }, true);
  window.addEventListener("online", () => window.location.reload());
} else {
  window.addEventListener("load", async () => {
    const first = !navigator.serviceWorker.controller;
    try {
      await navigator.serviceWorker.register("/sw.js");
      const ready = await navigator.serviceWorker.ready;
      if (first) ready.active.postMessage({ keep: window.location.pathname });
    } catch (failure) { /* a browser that keeps nothing reads with a connection, as before */ }
  });
}
})();
