/* Keeps the counts of an open sign-in up to date; without it the page is reloaded. */
(function () {
  "use strict";
  var box = document.querySelector("[data-counts]");
  if (!box || !box.getAttribute("data-open") || !window.fetch) { return; }
  var every = 5000;
  function show(counts) {
    ["signed", "walk_ins", "total"].forEach(function (name) {
      var place = box.querySelector("[data-count=" + name + "]");
      if (place && place.textContent !== String(counts[name])) { place.textContent = counts[name]; }
    });
    if (counts.open) { window.setTimeout(ask, every); }
  }
  function ask() {
    if (document.hidden) { window.setTimeout(ask, every); return; }
    window.fetch(box.getAttribute("data-counts"), { credentials: "same-origin" })
      .then(function (answer) { return answer.ok ? answer.json() : Promise.reject(); })
      .then(show)
      .catch(function () { window.setTimeout(ask, 4 * every); });
  }
  window.setTimeout(ask, every);
}());
