/**
 * The card of a figure: a modal dialog opened from any figure, built from what the page already
 * holds (render/html.py writes it in a <template> beside the figure, or once for a whole table).
 * Nothing is asked of the server. Texts come as textContent or as clones of nodes that Streamlit
 * has already sanitised.
 */

const TITLE = "D’où vient ce chiffre ?";
/** What stands where a figure would (render/html.py, NO_FIGURE): it has no card. */
const NO_FIGURE = "non disponible";

/** @type {?HTMLDialogElement} */
let dialog = null;
/** @type {?HTMLElement} the figure whose card is open */
let opener = null;

function element(tag, text, css = "") {
  const made = document.createElement(tag);
  if (text) made.textContent = text;
  if (css) made.className = css;
  return made;
}

/** Put what a node holds in a button that opens a card. */
function wrapInButton(node) {
  const button = element("button", "", "chiffre-lien");
  button.type = "button";
  button.setAttribute("aria-haspopup", "dialog");
  button.append(...node.childNodes);
  node.append(button);
}

/** Make a button of each figure of a table that has one card for all. */
function dress(table) {
  table.dataset.fichesPretes = "";
  table.caption?.querySelectorAll("[data-repere]").forEach(wrapInButton);
  for (const column of table.dataset.fiches.split(" ").map(Number)) {
    for (const row of table.tBodies[0]?.rows ?? []) {
      const cell = row.cells[column];
      const text = cell?.textContent.trim();
      if (!text || text === NO_FIGURE || cell.querySelector("a, button")) continue;
      wrapInButton(cell);
    }
  }
}

function dressAll(root) {
  if (root.nodeType !== Node.ELEMENT_NODE) return;
  const waiting = "table[data-fiches]:not([data-fiches-pretes])";
  if (root.matches(waiting)) dress(root);
  root.querySelectorAll(waiting).forEach(dress);
}

/** Nodes of a cell as they may stand elsewhere: no card within the card, no button. */
function copyOf(cell) {
  const copy = cell.cloneNode(true);
  copy.querySelectorAll("template").forEach((template) => template.remove());
  copy.querySelectorAll("button").forEach((button) => button.replaceWith(...button.childNodes));
  return copy.childNodes;
}

function line(list, term, nodes) {
  const definition = document.createElement("dd");
  definition.append(...nodes);
  list.append(element("dt", term), definition);
}

/** Card of the figure that the caption tells: its name and value, what is proper to it. */
function cardOfCaption(told) {
  const [name, value] = told.textContent.split(" : ");
  const list = document.createElement("dl");
  if (told.dataset.repere) line(list, "À savoir", [told.dataset.repere]);
  return [element("h2", name.trim()), element("p", value?.trim(), "valeur"), list];
}

/** Card of a table's row: its heading, its cells, what all rows share, its own caveat. */
function cardOfRow(button, table) {
  const row = button.closest("tr");
  const list = document.createElement("dl");
  const titles = [...table.tHead.rows[0].cells].map((cell) => cell.textContent.trim());
  const alone = table.dataset.fiches.split(" ").length === 1;
  for (const cell of [...row.cells].slice(1)) {
    const told = alone && cell.contains(button);
    if (cell.textContent.trim() && !told) line(list, titles[cell.cellIndex], copyOf(cell));
  }
  if (row.dataset.n) line(list, "Réserve", [row.dataset.n]);
  const heading = row.cells[0].contains(button) ? titles[0] : row.cells[0].textContent.trim();
  return [
    element("h2", heading), element("p", button.textContent.trim(), "valeur"), list,
  ];
}

/** Card written on its button: a line per term, « term|text|address », the title being the button's. */
function cardOfLines(button) {
  const list = document.createElement("dl");
  for (const [term, text, url = ""] of button.dataset.fiche.split("\n").map((each) => each.split("|"))) {
    const link = element("a", text);
    if (/^https?:/.test(url)) Object.assign(link, { href: url, rel: "noopener noreferrer" });
    line(list, term, [link.href ? link : text]);
  }
  return [element("h2", button.textContent), list];
}

/** @returns {Node[]} what the dialog shows of a figure; empty where nothing is known of it */
function cardOf(button) {
  if (button.dataset.fiche) return cardOfLines(button);
  const own = button.nextElementSibling;
  if (own?.matches("template.fiche")) return [own.content.cloneNode(true)];
  const table = button.closest("table[data-fiches]");
  if (!table) return [];
  const told = button.closest("[data-repere]");
  const shared = table.parentElement.querySelector("template.fiche").content.cloneNode(true);
  return [...(told ? cardOfCaption(told) : cardOfRow(button, table)), shared];
}

function makeDialog() {
  const made = element("dialog", "", "fiche");
  made.addEventListener("click", (event) => {
    // The dialog itself is hit only outside its content: on the backdrop.
    if (event.target === made || event.target.closest("button[data-fermer], a[data-interne]")) {
      made.close();
    }
  });
  made.addEventListener("close", giveFocusBack);
  document.body.append(made);
  return made;
}

/** The browser does it too, but not where the page has drawn the figure again meanwhile. */
function giveFocusBack() {
  const target = opener?.isConnected ? opener : document.querySelector(".stApp h1");
  if (target && target !== opener) target.tabIndex = -1;
  target?.focus({ preventScroll: true });
  opener = null;
}

function open(button) {
  const card = cardOf(button);
  if (!card.length) return;
  dialog ??= makeDialog();
  opener = button;
  const close = element("button", "Fermer", "bouton");
  close.type = "button";
  close.dataset.fermer = "";
  const body = element("div", "", "corps");
  const head = element("div", "", "tete");
  head.append(element("p", button.dataset.question ?? TITLE), close);
  body.append(head, ...card);
  dialog.replaceChildren(body);
  const heading = dialog.querySelector("h2");
  if (heading) heading.id = "fiche-titre";
  dialog.setAttribute("aria-labelledby", "fiche-titre");
  dialog.showModal();
  dialog.scrollTop = 0;
}

/** Dress the tables of the page, now and whenever Streamlit draws one; open cards on demand. */
function watchFigures() {
  dressAll(document.body);
  new MutationObserver((records) => {
    for (const record of records) record.addedNodes.forEach(dressAll);
  }).observe(document.body, { subtree: true, childList: true });
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("button.chiffre-lien");
    if (button) open(button);
  });
  addEventListener("popstate", () => dialog?.close());
}

if (!document.documentElement.dataset.fiches) {
  document.documentElement.dataset.fiches = "oui";
  watchFigures();
}
