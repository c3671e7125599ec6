"use strict";
// The page of `riskchart watch`. What the program tells is only ever put in as text; pictures are shown by <img>, in
// which nothing runs.

const $ = (id) => document.getElementById(id);
const words = document.body.dataset;
const STEPS = [0.1, 0.15, 0.25, 0.33, 0.5, 0.67, 0.75, 1, 1.25, 1.5, 2, 3, 4, 6];
const MARGIN = 48;

let charts = [];
let chosen = fromHash();
let seen = null;
let zoom = recall("zoom") || "fit";
// Warnings are listed where somebody wants them; errors until somebody folds them away, and again after the next save.
let open = recall("problems") === "open";
let folded = "";
const rows = new Map();

function fromHash() { try { return decodeURIComponent(location.hash.slice(1)); } catch { return ""; } }
function recall(name) { try { return localStorage.getItem(name); } catch { return null; } }
function keep(name, value) { try { localStorage.setItem(name, value); } catch { /* forgotten with the page */ } }

function make(tag, className, text) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

function count(chart, severity) { return chart.problems.filter((problem) => problem.severity === severity).length; }
function errors(chart) { return count(chart, "error") + (chart.fault ? 1 : 0); }
function stateOf(chart) { return chart.made + " " + chart.file; }
function current() { return charts.find((chart) => chart.file === chosen) || charts[0]; }

// --- what the program tells

let source = null;
function listen() {
  if (source) return;
  source = new EventSource("/events");
  source.onmessage = (event) => { alive(); receive(JSON.parse(event.data)); };
  source.addEventListener("over", over);
  source.onerror = over;
}
// A hidden page takes none of the few connections that a browser has for one site.
function pause() { if (source) { source.close(); source = null; } }
document.addEventListener("visibilitychange", () => document.hidden ? pause() : listen());

function alive() {
  document.body.classList.add("live");
  document.body.classList.remove("over");
  $("state-words").textContent = words.watching;
  $("notice").hidden = true;
}

let retry = 0;
function over() {
  document.body.classList.remove("live");
  document.body.classList.add("over");
  $("state-words").textContent = words.stopped;
  $("notice").textContent = words.stopped + words.hint;
  $("notice").hidden = false;
  pause();
  clearTimeout(retry);
  retry = setTimeout(() => { if (!document.hidden) listen(); }, 1000);
  showTitle();
}

function receive(told) {
  if (!told) return;
  charts = told.charts;
  follow();
  const fresh = Math.max(0, ...charts.map((chart) => chart.made));
  seen = fresh;
  $("faults").replaceChildren(...told.faults.map((fault) => make("p", "", fault)));
  document.body.classList.toggle("single", charts.length === 1 && told.faults.length === 0);
  showList();
  show();
}

// The chart that alone was made since the page last heard is the one somebody works on.
function follow() {
  const fresh = charts.filter((chart) => seen !== null && chart.made > seen);
  if (fresh.length === 1 && $("follow").checked) choose(fresh[0].file);
}

// --- the list

function showList() {
  const files = new Set(charts.map((chart) => chart.file));
  for (const [file, row] of rows) if (!files.has(file)) { row.item.remove(); rows.delete(file); }
  charts.forEach((chart, at) => {
    const row = rows.get(chart.file) || newRow(chart.file);
    if ($("list").children[at] !== row.item) $("list").insertBefore(row.item, $("list").children[at] || null);
    const slash = chart.name.lastIndexOf("/");
    row.title.textContent = chart.name.slice(slash + 1);
    row.where.textContent = slash > 0 ? chart.name.slice(0, slash) : "";
    row.where.hidden = slash <= 0;
    row.button.title = chart.file;
    setThumb(row, chart.pages[0]);
    const [bad, odd] = [errors(chart), count(chart, "warning")];
    row.badge.hidden = bad + odd === 0;
    row.badge.className = "badge " + (bad ? "error" : "warning");
    row.badge.textContent = bad || odd;
    row.badge.title = counted(bad, odd);
  });
}

function newRow(file) {
  const row = {
    item: make("li"), button: make("button"), thumb: make("span", "thumb none"), title: make("span", "title"),
    where: make("span", "where"), badge: make("span", "badge"), source: null,
  };
  const names = make("span");
  row.button.type = "button";
  names.append(row.title, row.where);
  row.button.append(row.thumb, names, row.badge);
  row.item.append(row.button);
  row.button.onclick = () => { choose(file); show(); };
  rows.set(file, row);
  return row;
}

function setThumb(row, source) {
  if (!source || row.source === source) return;
  row.source = source;
  const picture = make("img");
  picture.alt = "";
  picture.decoding = "async";
  picture.src = source;
  row.thumb.className = "thumb";
  row.thumb.replaceChildren(picture);
}

function choose(file) {
  chosen = file;
  history.replaceState(null, "", "#" + encodeURIComponent(file));
}

function step(by) {
  const at = charts.indexOf(current()) + by;
  if (!charts[at]) return;
  choose(charts[at].file);
  show();
}

// --- one chart

function counted(bad, odd) {
  const parts = [];
  if (bad) parts.push(words.errors.replace("#", bad));
  if (odd) parts.push(words.warnings.replace("#", odd));
  return parts.join(words.comma);
}

function showTitle() {
  const chart = current();
  const bad = charts.reduce((sum, chart) => sum + errors(chart), 0);
  const over = document.body.classList.contains("over");
  const mark = over ? "⏹ " : bad ? "✕ " : "";
  document.title = mark + (chart ? chart.name + " · " : "") + words.title;
}

function show() {
  const chart = current();
  showTitle();
  for (const [file, row] of rows) {
    const is = chart !== undefined && file === chart.file;
    if (is && row.button.getAttribute("aria-current") !== "true") row.item.scrollIntoView({ block: "nearest" });
    row.button.setAttribute("aria-current", is);
  }
  $("name").textContent = chart ? chart.name : "";
  $("facts").textContent = chart ? chart.facts : "";
  $("old").hidden = !chart || chart.current || chart.pages.length === 0;
  $("stage").classList.toggle("stale", !$("old").hidden);
  showProblems(chart);
  showPicture(chart);
}

function showProblems(chart) {
  const [bad, odd] = chart ? [errors(chart), count(chart, "warning")] : [0, 0];
  const any = chart && chart.problems.length + bad > 0;
  const pill = $("pill");
  pill.hidden = !any;
  pill.className = bad ? "error" : odd ? "warning" : "note";
  pill.textContent = any ? counted(bad, odd) || words.notes.replace("#", chart.problems.length) : "";
  const shown = Boolean(any && (bad ? folded !== stateOf(chart) : open));
  pill.setAttribute("aria-expanded", shown);
  const before = $("problems").hidden;
  $("problems").hidden = !shown;
  if (before === shown) requestAnimationFrame(fit);
  if (!shown) return;
  const order = { error: 0, warning: 1, note: 2 };
  const sorted = [...chart.problems].sort((a, b) => order[a.severity] - order[b.severity]);
  const cards = sorted.map(card);
  if (chart.fault) cards.unshift(faultCard(chart.fault));
  $("problems").replaceChildren(...cards, ...chart.more.map((line) => make("p", "more", line)));
}

function faultCard(fault) {
  const made = make("article", "card error");
  made.append(make("p", "message", fault));
  return made;
}

function card(problem) {
  const made = make("article", "card " + problem.severity);
  const title = make("h3", "", problem.title);
  title.title = problem.code;
  made.append(make("span", "place", problem.place), title, make("p", "message", problem.message));
  if (problem.line && problem.line.before + problem.line.marked + problem.line.after) {
    const line = make("pre");
    line.append(problem.line.before.trimStart(), make("mark", "", problem.line.marked || " "), problem.line.after);
    made.append(line);
  }
  for (const hint of problem.hints) made.append(make("p", "hint", hint));
  return made;
}

// The pictures that are shown, and those that are on their way.
let shownPages = "";
let wantedPages = "";

async function showPicture(chart) {
  const pages = chart ? chart.pages : [];
  const key = JSON.stringify([chart && chart.file, pages]);
  if (key === shownPages) { wantedPages = key; return; }
  if (key === wantedPages) return;
  wantedPages = key;
  if (pages.length === 0) {
    shownPages = key;
    $("paper").replaceChildren(make("p", "nothing", chart ? words.never : words.empty));
    $("percent").textContent = "";
    return;
  }
  const sheets = pages.map((source, at) => {
    const sheet = make("img", "sheet");
    sheet.alt = chart.name + (pages.length > 1 ? " " + words.page.replace("#", at + 1) : "");
    sheet.draggable = false;
    sheet.src = source;
    return sheet;
  });
  // The old picture stays until the new one is ready: nothing flickers.
  const ready = await Promise.all(sheets.map((sheet) => sheet.decode().then(() => true, () => false)));
  if (key !== wantedPages) return;
  if (!ready.every(Boolean)) { wantedPages = ""; return; }
  const same = shownPages && JSON.parse(shownPages)[0] === chart.file;
  const { scrollLeft, scrollTop } = $("stage");
  $("paper").replaceChildren(...sheets);
  shownPages = key;
  fit();
  $("stage").scrollTo(same ? scrollLeft : 0, same ? scrollTop : 0);
  document.body.dataset.shown = pages.join(" ");
}

// --- zoom

function scale() {
  const sheets = [...document.querySelectorAll(".sheet")];
  if (sheets.length === 0) return 1;
  const width = Math.max(...sheets.map((sheet) => sheet.naturalWidth));
  const height = Math.max(...sheets.map((sheet) => sheet.naturalHeight));
  const [across, down] = [($("stage").clientWidth - MARGIN) / width, ($("stage").clientHeight - MARGIN) / height];
  if (zoom === "fit") return Math.max(0.02, Math.min(across, down));
  if (zoom === "width") return Math.max(0.02, across);
  return Number(zoom) || 1;
}

function fit() {
  const sheets = document.querySelectorAll(".sheet");
  for (const button of document.querySelectorAll("[data-zoom]")) {
    button.setAttribute("aria-pressed", String(button.dataset.zoom === zoom));
  }
  if (sheets.length === 0) return;
  const now = scale();
  for (const sheet of sheets) sheet.style.width = sheet.naturalWidth * now + "px";
  $("percent").textContent = Math.round(now * 100) + "%";
}

function setZoom(to, at) {
  const stage = $("stage");
  const before = scale();
  zoom = String(to);
  keep("zoom", zoom);
  const [x, y] = at || [stage.clientWidth / 2, stage.clientHeight / 2];
  const [left, top] = [stage.scrollLeft + x, stage.scrollTop + y];
  fit();
  const factor = scale() / before;
  stage.scrollTo(left * factor - x, top * factor - y);
}

function stepZoom(by, at) {
  const now = scale();
  const next = by > 0 ? STEPS.find((step) => step > now * 1.02) : STEPS.findLast((step) => step < now / 1.02);
  if (next) setZoom(next, at);
}

$("zoom").addEventListener("click", (event) => {
  const { zoom: to, step: by } = event.target.dataset;
  if (to) setZoom(to);
  if (by) stepZoom(Number(by));
});
$("stage").addEventListener("wheel", (event) => {
  if (!event.ctrlKey) return;
  event.preventDefault();
  const box = $("stage").getBoundingClientRect();
  stepZoom(event.deltaY < 0 ? 1 : -1, [event.clientX - box.left, event.clientY - box.top]);
}, { passive: false });
new ResizeObserver(fit).observe($("stage"));

// Dragging moves the paper.
$("stage").addEventListener("pointerdown", (down) => {
  if (down.pointerType !== "mouse" || down.button !== 0) return;
  const stage = $("stage");
  const [left, top] = [stage.scrollLeft, stage.scrollTop];
  const move = (event) => stage.scrollTo(left + down.clientX - event.clientX, top + down.clientY - event.clientY);
  const end = () => { removeEventListener("pointermove", move); removeEventListener("pointerup", end); };
  addEventListener("pointermove", move);
  addEventListener("pointerup", end);
});

$("pill").onclick = () => {
  const chart = current();
  if (chart && errors(chart)) {
    folded = folded === stateOf(chart) ? "" : stateOf(chart);
  } else {
    open = !open;
    keep("problems", open ? "open" : "closed");
  }
  show();
};
$("follow").checked = recall("follow") !== "no";
$("follow").onchange = () => keep("follow", $("follow").checked ? "yes" : "no");

const KEYS = {
  "0": () => setZoom("fit"), "f": () => setZoom("fit"), "w": () => setZoom("width"), "1": () => setZoom(1),
  "+": () => stepZoom(1), "=": () => stepZoom(1), "-": () => stepZoom(-1), "j": () => step(1), "k": () => step(-1),
};
addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const inList = $("list").contains(document.activeElement);
  const key = inList && event.key === "ArrowDown" ? "j" : inList && event.key === "ArrowUp" ? "k" : event.key;
  if (!Object.hasOwn(KEYS, key)) return;
  event.preventDefault();
  KEYS[key]();
  if (inList && (key === "j" || key === "k")) rows.get(chosen)?.button.focus();
});

listen();
