// The little script of the desk: swaps changed parts of a page, takes dropped files, jumps between statements and evidence,
// and the keys. Text from documents only ever enters the page as text.
"use strict";
(() => {
  const $ = (selector, root = document) => root.querySelector(selector);
  const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
  const say = (words) => {
    const box = $("#say");
    box.textContent = words;
    clearTimeout(say.timer);
    say.timer = setTimeout(() => { box.textContent = ""; }, 6000);
  };

  // --- parts of the page ---------------------------------------------------------------------------------------------
  let turn = 0;
  async function swap(url, options) {
    const mine = ++turn;
    let answer;
    try {
      answer = await fetch(url, { ...options, headers: { "x-fragment": "1", ...(options.headers || {}) }, credentials: "same-origin" });
    } catch {
      say("The desk does not answer. Is it still running?");
      return false;
    }
    if (answer.redirected && new URL(answer.url).pathname === "/login") { location.href = "/login"; return false; }
    if (!answer.ok) {
      const told = await answer.json().catch(() => ({ error: `It was refused (${answer.status}).` }));
      say(told.error);
      return false;
    }
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (mine !== turn) return false;
    const focused = document.activeElement && document.activeElement.id;
    const opened = $$("details[open] > summary").map((s) => s.textContent);
    for (const fresh of $$("[data-part]", page)) {
      const old = document.getElementById(fresh.id);
      if (!old) continue;
      if (fresh.dataset.part === "inner") continue;
      old.replaceWith(document.adoptNode(fresh));
    }
    for (const summary of $$("#panel details:not(.correct) > summary")) if (opened.includes(summary.textContent)) summary.parentElement.open = true;
    if (focused && document.getElementById(focused)) document.getElementById(focused).focus({ preventScroll: true });
    row = -1;
    return true;
  }

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("form[data-enhance]")) return;
    event.preventDefault();
    send(form, event.submitter);
  });

  async function send(form, submitter) {
    const fields = new URLSearchParams(new FormData(form));
    if (submitter && submitter.name) fields.set(submitter.name, submitter.value);
    if (submitter && submitter.value === "1" && submitter.name === "clear") form.querySelectorAll("input, select").forEach((field) => { field.value = ""; });
    if (form.method === "get") {
      const url = `${form.getAttribute("action")}?${fields}`;
      if (await swap(url, { method: "GET" })) {
        history.replaceState(null, "", url);
        // What changes stands first beside the document; the focus stays where the payer is chosen.
        if ($("#compare")) $("#compare").scrollIntoView({ block: "nearest" });
      }
      return;
    }
    if (await swap(form.getAttribute("action"), { method: "POST", body: fields }) && form.getAttribute("action") !== "/worklist") say("Kept. The document was judged again.");
  }

  let waiting;
  document.addEventListener("input", (event) => {
    const form = event.target.form;
    if (!form || !form.matches("[data-live]")) return;
    clearTimeout(waiting);
    waiting = setTimeout(() => send(form, null), event.target.matches("select, [type=date]") ? 0 : 250);
  });

  // --- dropped files -------------------------------------------------------------------------------------------------
  const drop = $("#drop");
  const list = $("#items");
  const unsettled = new Set(["sending", "waiting", "reading"]);

  function show(item, key) {
    $("#intake").hidden = false;
    let line = $(`[data-item="${CSS.escape(String(item.id))}"]`, list) || (key && $(`[data-item="${CSS.escape(key)}"]`, list));
    if (!line) {
      line = document.createElement("li");
      list.prepend(line);
    }
    line.dataset.item = item.id;
    line.dataset.state = item.state;
    line.className = `item state-${item.state}`;
    const state = document.createElement("span");
    state.className = "item-state";
    state.textContent = item.state;
    const name = document.createElement(item.document ? "a" : "span");
    name.textContent = item.name;
    if (item.document) name.href = `/documents/${item.document}`;
    const words = document.createElement("span");
    words.className = "dim";
    words.textContent = item.words + (item.state === "stored" && item.seconds ? ` ${item.seconds} s` : "");
    line.replaceChildren(state, name, words);
    sum();
  }

  function sum() {
    const count = {};
    for (const line of $$("li", list)) count[line.dataset.state] = (count[line.dataset.state] || 0) + 1;
    $("#intake-sum").textContent = Object.entries(count).map(([state, n]) => `${n} ${state}`).join(", ");
  }

  let refresh;
  function refreshRows() {
    if (refresh) return;
    refresh = setTimeout(() => { refresh = null; send($("#filters"), null); }, 1200);
  }

  let next = 0;
  const queue = [];
  let sending = 0;
  function take(files) {
    for (const file of files) {
      const key = `local-${++next}`;
      show({ id: key, name: file.name, state: "sending", words: "" });
      queue.push([file, key]);
    }
    pump();
  }
  async function pump() {
    while (sending < 2 && queue.length) {
      const [file, key] = queue.shift();
      sending += 1;
      try {
        const answer = await fetch("/files", { method: "POST", body: file, credentials: "same-origin", headers: { "content-type": "application/octet-stream", "x-file-name": encodeURIComponent(file.name), "x-file-password": encodeURIComponent($("#password").value) } });
        const told = await answer.json();
        const local = $(`[data-item="${key}"]`, list);
        if (told.id === undefined) show({ id: key, name: file.name, state: "failed", words: told.error || "refused" });
        else if ($(`[data-item="${told.id}"]`, list)) { if (local) local.remove(); sum(); } else show(told, key);
      } catch {
        show({ id: key, name: file.name, state: "failed", words: "it could not be sent" });
      }
      sending -= 1;
    }
    if (queue.length && sending < 2) pump();
  }

  if (drop) {
    const events = new EventSource("/events");
    events.addEventListener("item", (event) => {
      const item = JSON.parse(event.data);
      if (unsettled.has(item.state) && !$(`[data-item="${item.id}"]`, list) && sending) {
        // Its own sender shows it in a moment; two lines for one file would be one too many.
        setTimeout(() => { if (!$(`[data-item="${item.id}"]`, list)) show(item); }, 400);
      } else show(item);
      if (item.state === "stored") refreshRows();
    });
    $("#pick").addEventListener("change", (event) => { take(event.target.files); event.target.value = ""; });
    for (const name of ["dragenter", "dragover"]) document.addEventListener(name, (event) => { event.preventDefault(); drop.classList.add("over"); });
    document.addEventListener("dragleave", (event) => { if (!event.relatedTarget) drop.classList.remove("over"); });
    document.addEventListener("drop", (event) => { event.preventDefault(); drop.classList.remove("over"); take(event.dataTransfer.files); });
    if (list.children.length) sum();
  }

  // --- statements and evidence ---------------------------------------------------------------------------------------
  const spotsOf = (number) => $$(`[data-spot~="${number}"]`);

  function mark(numbers) {
    $$(".spot.on").forEach((spot) => spot.classList.remove("on"));
    const spots = numbers.flatMap(spotsOf);
    spots.forEach((spot) => spot.classList.add("on"));
    return spots;
  }

  function bring(spot, focus) {
    const pane = $("#left");
    const box = spot.getBoundingClientRect();
    const frame = pane.getBoundingClientRect();
    pane.scrollBy({ top: box.top - frame.top - frame.height / 3, behavior: "instant" });
    if (focus) spot.focus({ preventScroll: true });
  }

  function jump(numbers) {
    const spots = mark(numbers);
    if (!spots.length) { say("This evidence has no place on the page."); return; }
    bring(spots[0], true);
    say(`${spots.length === 1 ? "1 place" : `${spots.length} places`} marked. ${spots[0].getAttribute("aria-label")}`);
  }

  function goTo(anchor) {
    const target = document.getElementById(anchor) || document.getElementById("facts");
    for (let at = target; at; at = at.parentElement) if (at.tagName === "DETAILS") at.open = true;
    target.scrollIntoView({ block: "center" });
    target.classList.remove("flash");
    requestAnimationFrame(() => target.classList.add("flash"));
    if (!target.hasAttribute("tabindex")) target.tabIndex = -1;
    target.focus({ preventScroll: true });
  }

  function tell(spot) {
    mark(spot.dataset.spot.split(" "));
    const box = $("#rests");
    const title = document.createElement("h2");
    const rests = JSON.parse(spot.dataset.rests);
    title.textContent = rests.length === 1 ? "On this rests" : `On this rest ${rests.length} statements`;
    const items = document.createElement("ul");
    for (const [anchor, words] of rests) {
      const link = document.createElement("a");
      link.href = `#${anchor}`;
      link.textContent = words;
      link.dataset.go = anchor;
      const item = document.createElement("li");
      item.append(link);
      items.append(item);
    }
    const close = document.createElement("button");
    close.type = "button";
    close.textContent = "Close";
    close.dataset.close = "";
    box.replaceChildren(title, items, close);
    box.hidden = false;
    $("#right").scrollTop = Math.max(0, $("#right").scrollTop);
    $("a", box).focus({ preventScroll: true });
  }

  function closeRests() {
    const box = $("#rests");
    if (!box || box.hidden) return false;
    box.hidden = true;
    const on = $(".spot.on");
    if (on) on.focus({ preventScroll: true });
    return true;
  }

  document.addEventListener("click", (event) => {
    const at = event.target.closest("[data-jump], [data-spot], [data-go], [data-close], [data-keys], .sections a, .b");
    if (!at) return;
    if (at.matches("[data-keys]")) { $("#keys").showModal(); return; }
    event.preventDefault();
    if (at.matches("[data-close]")) closeRests();
    else if (at.matches("[data-go]")) goTo(at.dataset.go);
    else if (at.matches(".sections a")) goTo(at.getAttribute("href").slice(1));
    else if (at.matches("[data-spot]")) tell(at);
    else if (at.matches("[data-jump]")) jump(at.dataset.jump.split(" "));
    else goTo(at.dataset.bar || "minutes");
  });
  for (const name of ["mouseover", "focusin"]) {
    document.addEventListener(name, (event) => {
      const bar = event.target.closest && event.target.closest("[data-words]");
      if (bar && $("#readout")) $("#readout").textContent = bar.dataset.words;
    });
  }

  // --- keys ----------------------------------------------------------------------------------------------------------
  let row = -1;
  function step(by) {
    const rows = $$("tr[data-row]");
    const findings = $$("[data-finding]");
    const all = rows.length ? rows : findings;
    if (!all.length) return;
    row = Math.min(all.length - 1, Math.max(0, row + by));
    all.forEach((one, number) => one.classList.toggle("current", number === row));
    const target = rows.length ? $("a", all[row]) : all[row];
    target.focus({ preventScroll: true });
    all[row].scrollIntoView({ block: "nearest" });
  }
  function stepSpot(by) {
    const spots = $$("#left [data-spot]");
    if (!spots.length) return;
    const at = spots.findIndex((spot) => spot === document.activeElement);
    const wanted = spots[(at + by + spots.length) % spots.length];
    mark(wanted.dataset.spot.split(" "));
    bring(wanted, true);
  }
  document.addEventListener("keydown", (event) => {
    const typing = event.target.matches("input, select, textarea");
    if (event.key === "Escape") {
      if (typing) event.target.blur();
      else closeRests();
      return;
    }
    if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Enter") {
      if (event.target.matches("[data-spot]")) { event.preventDefault(); tell(event.target); }
      else if (event.target.matches("[data-finding]")) { const jumpTo = $("[data-jump]", event.target); if (jumpTo) { event.preventDefault(); jump(jumpTo.dataset.jump.split(" ")); } }
      return;
    }
    const keys = {
      "/": () => { const search = $("[data-search]"); if (search) search.focus(); },
      "?": () => $("#keys").showModal(),
      j: () => step(1),
      k: () => step(-1),
      "]": () => stepSpot(1),
      "[": () => stepSpot(-1),
      u: () => { location.href = "/"; },
      n: () => { const button = $('[data-key="n"]'); if (button) button.click(); },
      b: () => { const button = $('[data-key="b"]'); if (button) button.click(); },
    };
    if (keys[event.key] && !(event.key === " ")) { event.preventDefault(); keys[event.key](); }
  });
})();
