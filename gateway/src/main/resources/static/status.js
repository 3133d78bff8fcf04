"use strict";

const STATES = ["succeeded", "running", "queued", "ready", "retry_wait", "awaiting_approval", "unknown",
  "failed", "cancelled", "skipped", "waiting"];
const MAX_DRAWN_STEPS = 5000;
const LIST_REFRESH_MS = 5000;

const $ = (id) => document.getElementById(id);
let source = null;
let listTimer = null;
let view = 0;

/** All text reaches the page through textContent, so nothing that a client named can become markup. */
function element(tag, text, attributes = {}) {
  const it = document.createElement(tag);
  if (text !== undefined && text !== null) it.textContent = text;
  for (const [name, value] of Object.entries(attributes)) it.setAttribute(name, value);
  return it;
}

function problem(text) {
  $("problem").textContent = text || "";
  $("problem").hidden = !text;
}

function live(text) {
  $("live").textContent = text;
}

function time(iso) {
  return iso ? new Date(iso).toLocaleString() : "–";
}

function words(status) {
  return status.toLowerCase().replaceAll("_", " ");
}

function duration(seconds) {
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 5400) return `${Math.round(seconds / 60)} min`;
  return `${(seconds / 3600).toFixed(1)} h`;
}

async function explain(response) {
  try {
    const body = await response.json();
    return [body.title, body.detail].filter(Boolean).join(". ") || `HTTP ${response.status}`;
  } catch {
    return `HTTP ${response.status}`;
  }
}

// ---- the list ----

async function loadList(cursor) {
  const mine = view;
  let page;
  try {
    const response = await fetch("/api/batches" + (cursor ? `?cursor=${encodeURIComponent(cursor)}` : ""));
    if (mine !== view) return;
    if (!response.ok) {
      problem(await explain(response));
      return;
    }
    page = await response.json();
  } catch {
    if (mine === view) problem("The gateway cannot be reached.");
    return;
  }
  if (mine !== view) return;
  problem("");
  const body = $("batches");
  if (!cursor) body.replaceChildren();
  for (const batch of page.batches) {
    const row = element("tr");
    const name = element("td");
    name.append(element("a", batch.name || batch.batch_id, { href: `#${batch.batch_id}` }));
    const status = element("td");
    status.append(element("span", words(batch.status), { class: "status", "data-status": batch.status }));
    row.append(name, element("td", batch.kind), status, element("td", time(batch.created_at)));
    body.append(row);
  }
  $("empty").hidden = body.childElementCount > 0;
  const next = page.next_cursor;
  $("more").hidden = !next;
  $("more").onclick = () => {
    // why no more refreshing: it would take the older rows away again
    clearInterval(listTimer);
    loadList(next);
  };
}

function showList() {
  $("list").hidden = false;
  $("batch").hidden = true;
  document.title = "Kombine";
  live("");
  loadList(null);
  listTimer = setInterval(() => loadList(null), LIST_REFRESH_MS);
}

// ---- one batch ----

function rowsOf(dl, pairs) {
  dl.replaceChildren();
  for (const [term, value] of pairs) {
    const dd = element("dd");
    dd.append(value instanceof Node ? value : document.createTextNode(value));
    dl.append(element("dt", term), dd);
  }
}

function folderLink(url) {
  if (!url) return "–";
  return /^https?:/.test(url) ? element("a", url, { href: url, rel: "noopener" }) : url;
}

function showSums(sums) {
  $("status").textContent = words(sums.status);
  $("status").dataset.status = sums.status;
  const { counts, cost, eta, delivery } = sums;
  const present = STATES.filter((state) => counts[state] > 0);
  $("bar").replaceChildren(...present.map((state) => {
    const part = element("span", null, { "data-state": state, title: `${words(state)}: ${counts[state]}` });
    part.style.flexGrow = counts[state];
    return part;
  }));
  $("bar").setAttribute("aria-label",
    present.map((state) => `${counts[state]} ${words(state)}`).join(", ") || "no steps yet");
  $("counts").replaceChildren(...present.map((state) => {
    const item = element("li");
    item.append(element("i", null, { "data-state": state }), `${counts[state]} ${words(state)}`);
    return item;
  }), element("li", `${counts.total} in all`));
  $("stages").replaceChildren(...sums.stages.map((stage) => {
    const row = element("tr");
    for (const key of ["kind", "total", "running", "succeeded", "failed"]) row.append(element("td", stage[key]));
    return row;
  }));
  rowsOf($("cost"), [
    ["Quoted", `${cost.quoted} ${cost.currency}`],
    ["Spent", `${cost.spent} ${cost.currency}`],
    ["Held", `${cost.held} ${cost.currency}`],
    ["To finish", `${cost.to_finish} ${cost.currency}`],
    ["Time left", eta.p50_seconds === null ? "not known yet"
      : `${duration(eta.p50_seconds)}${eta.p90_seconds === null ? "" : `, at most about ${duration(eta.p90_seconds)}`}`],
  ]);
  rowsOf($("delivery"), [
    ["Status", words(delivery.status)],
    ["Files", String(delivery.files)],
    ["Folder", folderLink(delivery.folder_url)],
  ]);
}

function paint(square, step) {
  square.dataset.state = step.state.toLowerCase();
  square.title = `${step.kind} step ${step.ordinal}, group ${step.group}: ${words(step.state)}`
    + (step.epoch > 1 ? ` (admission ${step.epoch})` : "");
}

function showSteps(steps) {
  const drawn = steps.slice(0, MAX_DRAWN_STEPS);
  $("steps").replaceChildren(...drawn.map((step) => {
    const square = element("i");
    paint(square, step);
    return square;
  }));
  $("steps-cut").hidden = steps.length <= MAX_DRAWN_STEPS;
  $("steps-cut").textContent = `The first ${MAX_DRAWN_STEPS} of ${steps.length} steps are drawn; the counts are of all.`;
}

function showHead(status) {
  $("name").textContent = status.name || status.batch_id;
  document.title = `${status.name || status.batch_id} – Kombine`;
  const times = [`Created ${time(status.created_at)}`];
  if (status.started_at) times.push(`started ${time(status.started_at)}`);
  if (status.finished_at) times.push(`finished ${time(status.finished_at)}`);
  $("times").textContent = `${status.kind} · ${times.join(" · ")}`;
  problem(status.error ? `${status.error.code}: ${status.error.message}` : "");
}

async function showBatch(id) {
  const mine = view;
  $("list").hidden = true;
  $("batch").hidden = true;
  live("connecting…");
  try {
    // why asked first: an event source does not say why it was refused
    const response = await fetch(`/api/batches/${id}`);
    if (mine !== view) return;
    if (!response.ok) {
      problem(await explain(response));
      live("");
      if (response.status >= 500) setTimeout(() => mine === view && showBatch(id), 2000);
      return;
    }
  } catch {
    if (mine !== view) return;
    problem("The gateway cannot be reached.");
    setTimeout(() => mine === view && showBatch(id), 2000);
    return;
  }
  problem("");
  $("zip").href = `/api/batches/${id}/download`;
  source = new EventSource(`/api/batches/${id}/events`);
  source.addEventListener("snapshot", (event) => {
    const snapshot = JSON.parse(event.data);
    showHead(snapshot);
    showSums(snapshot);
    showSteps(snapshot.steps);
    $("batch").hidden = false;
    live("live");
  });
  source.addEventListener("delta", (event) => {
    const delta = JSON.parse(event.data);
    showSums(delta);
    const squares = $("steps").children;
    for (const step of delta.steps) {
      if (squares[step.ordinal]) paint(squares[step.ordinal], step);
    }
    live("live");
  });
  source.addEventListener("end", (event) => {
    const status = JSON.parse(event.data);
    showHead(status);
    showSums(status);
    live("ended");
    source.close();
  });
  source.onerror = () => {
    live("reconnecting…");
    // why: a refusal, unlike a cut, is final for an event source
    if (source.readyState === EventSource.CLOSED) setTimeout(() => mine === view && showBatch(id), 2000);
  };
}

function route() {
  view++;
  clearInterval(listTimer);
  if (source) source.close();
  source = null;
  problem("");
  const id = location.hash.slice(1);
  if (/^[0-9a-f-]{36}$/i.test(id)) showBatch(id);
  else showList();
}

addEventListener("hashchange", route);
route();
