/* Small helps over pages that work without them: focus on the error summary, a warning before unsaved
   input is left, Enter to the next field, Ctrl+Enter, one submit per press, printing, choices filtered by Han, pinyin or initials,
   dates said in words, texts that are too long. */
(function () {
  "use strict";

  var english = document.documentElement.lang === "en";

  function each(selector, work, root) {
    Array.prototype.forEach.call((root || document).querySelectorAll(selector), work);
  }

  function plain(text) {
    return text.normalize("NFKC").toLowerCase().replace(/\s+/g, "");
  }

  // The error summary takes the focus; its links open a fold that hides their field.
  function reveal(field) {
    for (var node = field; node; node = node.parentElement) {
      if (node.tagName === "DETAILS") node.open = true;
    }
  }
  var summary = document.getElementById("error-summary") || document.getElementById("doubts");
  if (summary) {
    summary.focus();
    summary.addEventListener("click", function (event) {
      var link = event.target.closest("a");
      var field = link && document.getElementById(link.hash.slice(1));
      if (!field) return;
      event.preventDefault();
      reveal(field);
      var target = field.matches("input, select, textarea") ? field : field.querySelector("input, select, textarea");
      (target || field).focus({ preventScroll: true });
      (field.closest(".field") || field).scrollIntoView({ block: "center" });
    });
  }

  // One submit per press. A GET form may be sent again at once; a POST after a while (it may be a download).
  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (form.method !== "post") return;
    if (form.hasAttribute("data-sent")) {
      event.preventDefault();
      return;
    }
    form.setAttribute("data-sent", "");
    setTimeout(function () {
      each("button[type=submit]", function (button) { button.setAttribute("aria-disabled", "true"); }, form);
    }, 0);
    setTimeout(function () { release(form); }, 8000);
  });
  function release(form) {
    form.removeAttribute("data-sent");
    each("button[type=submit]", function (button) { button.removeAttribute("aria-disabled"); }, form);
  }
  window.addEventListener("pageshow", function (event) {
    if (event.persisted) each("form[data-sent]", release);
  });

  // Unsaved input and Ctrl+Enter.
  each("form[data-guard]", function (form) {
    if (form.querySelector("input[type=password]")) return;
    form.addEventListener("input", function (event) {
      if (event.target.name) form.setAttribute("data-changed", "");
    });
  });
  window.addEventListener("beforeunload", function (event) {
    var waiting = document.querySelector("form[data-changed]:not([data-sent])");
    if (!waiting) return;
    event.preventDefault();
    event.returnValue = document.body.getAttribute("data-leave-text") || "";
  });
  // Enter that ends a word of an input method is none.
  function entered(event) {
    return event.key === "Enter" && !event.isComposing && event.keyCode !== 229;
  }
  document.addEventListener("keydown", function (event) {
    if (!entered(event) || !(event.ctrlKey || event.metaKey)) return;
    var form = event.target.closest && event.target.closest("form.form");
    var button = form ? form.querySelector("button[type=submit]") : document.querySelector("#doubts ~ form button[type=submit]");
    if (button) {
      event.preventDefault();
      button.click();
    }
  });

  // Where a form says so, Enter goes to the next field; a group of choices is one stop.
  function stopsOf(form) {
    var stops = [], last = null;
    each("input, select, textarea, button[type=submit]", function (control) {
      if (control.type === "hidden" || control.disabled || !control.getClientRects().length) return;
      var group = control.closest(".choices, .choice-tools");
      group = group && group.closest("fieldset");
      if (group && group === last) return;
      last = group;
      stops.push({ control: control, group: group });
    }, form);
    return stops;
  }
  each("form[data-enter-moves]", function (form) {
    form.addEventListener("keydown", function (event) {
      var here = event.target;
      if (!entered(event) || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || event.defaultPrevented) return;
      if (!here.matches("input, select")) return;
      event.preventDefault();
      var stops = stopsOf(form), at = -1;
      stops.forEach(function (stop, index) {
        if (stop.control === here || (stop.group && stop.group.contains(here))) at = index;
      });
      var next = at >= 0 && stops[at + 1];
      if (next) next.control.focus();
    });
  });

  // A text that grows too long says so while it is written; nothing is cut.
  each("[data-longest]", function (input) {
    var most = +input.getAttribute("data-longest");
    var note = document.createElement("p");
    note.className = "field-length";
    note.setAttribute("role", "status");
    input.insertAdjacentElement("afterend", note);
    function count() {
      var have = Array.from(input.value.trim()).length;
      note.textContent = have > most
        ? document.body.getAttribute("data-longest-text").replace("{most}", most).replace("{have}", have)
        : "";
    }
    input.addEventListener("input", count);
    count();
  });

  each("[data-print]", function (button) {
    button.hidden = false;
    button.addEventListener("click", function () { window.print(); });
  });

  // A menu closes on Escape and on a press elsewhere.
  each("details[data-menu]", function (menu) {
    document.addEventListener("click", function (event) {
      if (!menu.contains(event.target)) menu.open = false;
    });
    menu.addEventListener("keydown", function (event) {
      if (event.key !== "Escape" || !menu.open) return;
      menu.open = false;
      menu.querySelector("summary").focus();
    });
  });

  // Long lists of choices: a filter box, and how many are ticked.
  function matches(item, label, wanted) {
    return plain(label).indexOf(wanted) >= 0 || plain(item.getAttribute("data-search") || "").indexOf(wanted) >= 0;
  }
  function filterInput(words, id) {
    var input = document.createElement("input");
    input.type = "search";
    input.id = id;
    input.className = "form-control";
    input.autocomplete = "off";
    input.placeholder = words;
    input.setAttribute("aria-label", words);
    return input;
  }
  each(".choices[data-filter]", function (box) {
    var group = box.closest("fieldset");
    var tools = document.createElement("div");
    var input = filterInput(box.getAttribute("data-filter"), group.id + "-filter");
    var count = document.createElement("span");
    tools.className = "choice-tools";
    count.className = "choice-count";
    count.setAttribute("role", "status");
    tools.appendChild(input);
    tools.appendChild(count);
    box.parentNode.insertBefore(tools, box);
    var items = Array.prototype.slice.call(box.querySelectorAll(".form-check"));
    function tell() {
      var chosen = box.querySelectorAll("input:checked").length;
      var seen = items.some(function (item) { return !item.hidden; });
      count.textContent = seen ? box.getAttribute("data-chosen") + " " + chosen : box.getAttribute("data-none");
    }
    input.addEventListener("input", function () {
      var wanted = plain(input.value);
      items.forEach(function (item) { item.hidden = wanted !== "" && !matches(item, item.textContent, wanted); });
      tell();
    });
    input.addEventListener("keydown", function (event) {
      if (!entered(event) || event.ctrlKey || event.metaKey) return;
      if (!input.value && input.closest("form[data-enter-moves]")) return;
      event.preventDefault();
      var first = items.filter(function (item) { return !item.hidden; })[0];
      if (first && input.value) {
        var tick = first.querySelector("input");
        if (!tick.checked) tick.click();
        input.value = "";
        input.dispatchEvent(new Event("input"));
      }
    });
    box.addEventListener("change", tell);
    tell();
  });
  // What was only suggested gives way to the first choice a person makes.
  each(".choices", function (box) {
    var suggested = box.querySelectorAll("input[data-suggested]:checked");
    if (!suggested.length) return;
    box.addEventListener("change", function give(event) {
      box.removeEventListener("change", give);
      if (!event.target.checked) return;
      each("input[data-suggested]:checked", function (input) {
        if (input === event.target) return;
        input.checked = false;
        input.dispatchEvent(new Event("change", { bubbles: true }));
      }, box);
    });
  });
  each("select", function (select) {
    var options = Array.prototype.slice.call(select.options);
    var searchable = options.some(function (option) { return option.hasAttribute("data-search"); });
    if (!searchable || options.length <= 10) return;
    var input = filterInput(document.body.getAttribute("data-filter-text"), select.id + "-filter");
    var before = null;
    input.className += " select-filter";
    select.parentNode.insertBefore(input, select);
    input.addEventListener("input", function () {
      var wanted = plain(input.value);
      var first = null;
      options.forEach(function (option) {
        var shown = wanted === "" || matches(option, option.textContent, wanted);
        option.hidden = !shown;
        if (shown && wanted !== "" && first === null && option.value !== "") first = option;
      });
      if (select.multiple) return;
      if (before === null) before = select.value;
      select.value = first ? first.value : before;
      if (wanted === "") before = null;
      select.dispatchEvent(new Event("input", { bubbles: true }));
    });
    input.addEventListener("keydown", function (event) {
      if (entered(event) && !event.ctrlKey && !event.metaKey) {
        event.preventDefault();
        select.focus();
      }
    });
  });

  // Marks are put into the text by a click, where the cursor stands; the list is narrowed by a word.
  each("[data-insert-into]", function (list) {
    var field = document.getElementById(list.getAttribute("data-insert-into"));
    if (!field) return;
    each("code", function (code) {
      if (!code.closest("td, th")) return;
      var button = document.createElement("button");
      button.type = "button";
      button.className = "btn btn-quiet insert-button";
      button.textContent = list.getAttribute("data-insert-label");
      button.setAttribute("aria-label", button.textContent + " " + code.textContent);
      button.addEventListener("click", function () {
        field.setRangeText(code.textContent, field.selectionStart, field.selectionEnd, "end");
        field.dispatchEvent(new Event("input", { bubbles: true }));
        field.focus();
      });
      code.parentNode.appendChild(button);
    }, list);
    var input = filterInput(list.getAttribute("data-filter-label"), "mark-filter");
    list.insertBefore(input, list.querySelector(".details-box"));
    input.addEventListener("input", function () {
      var wanted = plain(input.value);
      each("details", function (box) {
        var any = false;
        each("tbody tr", function (row) {
          row.hidden = wanted !== "" && plain(row.textContent).indexOf(wanted) < 0;
          any = any || !row.hidden;
        }, box);
        box.hidden = !any;
        box.open = wanted !== "" && any;
      }, list);
    });
  });

  // A date in words beside its label: 2024.12.4 reads 2024年12月4日 星期三.
  function spokenDate(text) {
    var found = /^\s*([0-9]{4})\s*[-./年]\s*([0-9]{1,2})\s*[-./月]\s*([0-9]{1,2})\s*日?\s*$/.exec(text.normalize("NFKC"));
    if (!found) return "";
    var day = new Date(Date.UTC(+found[1], +found[2] - 1, +found[3]));
    if (day.getUTCMonth() !== +found[2] - 1) return "";
    if (english) {
      return day.toLocaleDateString("en-GB", { timeZone: "UTC", weekday: "long", day: "numeric", month: "long", year: "numeric" });
    }
    return day.getUTCFullYear() + "年" + (day.getUTCMonth() + 1) + "月" + day.getUTCDate() + "日 星期" + "日一二三四五六".charAt(day.getUTCDay());
  }
  each("input[data-date]", function (input) {
    var words = document.querySelector("output[data-date-words][for='" + input.id + "']");
    if (!words) return;
    function say() { words.textContent = spokenDate(input.value); }
    input.addEventListener("input", say);
    say();
  });
})();
