"use strict";

function order(cell) {
  const text = cell.dataset.order;
  return text === "" || Number.isNaN(Number(text)) ? text : Number(text);
}

/* What is empty comes last either way. */
function compare(a, b, sign) {
  if (a === "" || b === "") {
    return (a === "") - (b === "");
  }
  if (typeof a === "number" && typeof b === "number") {
    return sign * (a - b);
  }
  return sign * String(a).localeCompare(String(b), "en", { numeric: true });
}

function sort(heading) {
  const table = heading.closest("table");
  const column = heading.cellIndex;
  const ascending = heading.getAttribute("aria-sort") !== "ascending";
  for (const each of table.tHead.rows[0].cells) {
    each.setAttribute("aria-sort", "none");
  }
  heading.setAttribute("aria-sort", ascending ? "ascending" : "descending");
  const rows = Array.from(table.tBodies[0].rows);
  rows.sort((a, b) => compare(order(a.cells[column]), order(b.cells[column]), ascending ? 1 : -1));
  table.tBodies[0].append(...rows);
}

for (const button of document.querySelectorAll(".sortable th button")) {
  button.addEventListener("click", () => sort(button.closest("th")));
}

const viewer = document.getElementById("viewer");
const shown = document.getElementById("viewer-image");
const caption = document.getElementById("viewer-caption");
const flip = document.getElementById("viewer-flip");
const before = document.getElementById("viewer-before");
const after = document.getElementById("viewer-after");
let current = null;
let flipped = false;

function show() {
  const own = current.querySelector("img");
  const original = document.getElementById(current.dataset.original || "");
  const image = flipped ? original : own;
  const inGrid = current.closest(".images") !== null;
  shown.src = image.src;
  shown.alt = image.alt;
  shown.className = inGrid ? "pixels" : "drawing";
  caption.textContent = image.alt;
  flip.hidden = original === null;
  flip.textContent = flipped ? "show reconstruction" : "show original";
  before.hidden = !inGrid;
  after.hidden = !inGrid;
}

function enlarge(button) {
  current = button;
  flipped = false;
  show();
  if (!viewer.open) {
    viewer.showModal();
    (flip.hidden ? document.getElementById("viewer-close") : flip).focus();
  }
}

function step(by) {
  const all = Array.from(document.querySelectorAll(".images .enlarge"));
  const place = all.indexOf(current);
  if (place >= 0) {
    const kept = flipped;
    enlarge(all[(place + by + all.length) % all.length]);
    if (kept && !flip.hidden) {
      flipped = true;
      show();
    }
  }
}

for (const button of document.querySelectorAll(".enlarge")) {
  button.addEventListener("click", () => enlarge(button));
}
flip.addEventListener("click", () => { flipped = !flipped; show(); });
before.addEventListener("click", () => step(-1));
after.addEventListener("click", () => step(1));
document.getElementById("viewer-close").addEventListener("click", () => viewer.close());
viewer.addEventListener("click", event => { if (event.target === viewer) { viewer.close(); } });
viewer.addEventListener("keydown", event => {
  if (event.key === "ArrowLeft") { step(-1); }
  if (event.key === "ArrowRight") { step(1); }
});
viewer.addEventListener("close", () => current.focus());

/* A link into what is folded, or a printer, unfolds it. */
function unfold() {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const folded = target === null ? null : target.closest("details");
  if (folded !== null) {
    folded.open = true;
    target.scrollIntoView();
  }
}
addEventListener("hashchange", unfold);
unfold();

let unfolded = [];
addEventListener("beforeprint", () => {
  unfolded = Array.from(document.querySelectorAll("details:not([open])"));
  unfolded.forEach(each => { each.open = true; });
});
addEventListener("afterprint", () => unfolded.forEach(each => { each.open = false; }));
