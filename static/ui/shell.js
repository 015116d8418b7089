/**
 * The shell's browser side: language and theme of the document, links without reloading,
 * sortable tables, « Copier le lien », and French words where Streamlit has only English ones.
 * Loaded once per page as a module; everything is delegated, so reruns need no new wiring.
 */

/** Streamlit's own words, which it cannot translate itself. */
const WORDS = new Map(Object.entries({
  "Skip to main content": "Aller au contenu",
  "Choose an option": "Choisir…",
  "Select an option": "Choisir…",
  "No results": "Aucun résultat",
  "No options to select": "Aucun choix possible",
  "Clear value": "Effacer",
  "Clear": "Effacer",
  "Clear all": "Tout effacer",
  "Selected values": "Valeurs choisies",
  "Open": "Ouvrir",
  "Close": "Fermer",
  "Copy to clipboard": "Copier",
  "Copied": "Copié",
  "Fullscreen": "Plein écran",
  "Close fullscreen": "Quitter le plein écran",
  "View fullscreen": "Plein écran",
  "Exit fullscreen": "Quitter le plein écran",
  "Link to heading": "Lien vers ce titre",
  "Running...": "Calcul en cours…",
  "Running…": "Calcul en cours…",
  "Connecting": "Connexion…",
  "Connecting...": "Connexion…",
  "Connection error": "Connexion interrompue",
  "Please wait...": "Un instant…",
  "Stop": "Arrêter",
  "Rerun": "Relancer",
  "Page not found": "Page introuvable",
  "Main menu": "Menu principal",
  "Sidebar": "Panneau latéral",
  "Loading...": "Chargement…",
  "Pagination": "Pages de la liste",
  "Previous page": "Page précédente",
  "Next page": "Page suivante",
  "Press Enter to apply": "Entrée pour valider",
  "Upload": "Choisir un fichier",
  "Browse files": "Choisir un fichier",
  "file upload": "fichier à apporter",
  "Drag and drop file here": "Déposez le fichier ici",
  "Drag and drop files here": "Déposez le fichier ici",
  "Uploading...": "Envoi du fichier…",
  "Download plot as a PNG": "Télécharger l’image (PNG)",
  "Download plot as a png": "Télécharger l’image (PNG)",
}));
/** Sentences with a variable part. */
const PATTERNS = [
  [/^This app has encountered an error\..*$/s,
    "Une erreur est survenue dans l’application : elle est notée dans le journal du serveur. Rechargez la page ; si elle revient, prévenez la personne qui tient ce service."],
  [/^You can only select up to (\d+) options?\. Remove an option first\.$/,
    "$1 choix au plus : retirez-en un d’abord."],
  [/^(\d+(?:\.\d+)?) ?MB per file$/, "$1 Mo au plus, par dépôt ou par choix"],
  [/^Limit (\d+) ?MB per file.*$/, "$1 Mo au plus par fichier"],
  [/^File must be ([\d.]+) ?MB or smaller\.$/, "Fichier trop lourd : $1 Mo au plus."],
  [/^Remove (.*)$/, "Retirer $1"],
  [/^Selected (.*?)\. ?(.*)$/, "$2 : $1"],
  [/^0 options? available\.?$/, "Aucun choix."],
  [/^(\d+) options? available\.?$/, "$1 choix."],
  [/^(\d+) results? available\.?.*$/, "$1 résultat(s)"],
  [/^The page that you have requested does not seem to exist\. Running the app's main page\.?$/,
    "Cette page n’existe pas : voici l’accueil."],
  [/^You have requested page \/(.*), but no corresponding file was found in the app's pages\/ directory\. Running the app's main page\.?$/,
    "La page « $1 » n’existe pas : voici l’accueil."],
  [/^option (.*), selected\.$/, "$1, choisi."],
];
const ATTRIBUTES = ["aria-label", "title", "placeholder", "alt"];

/** @param {string} text @returns {string} the French text, or the text itself */
function french(text) {
  const trimmed = text.trim();
  const word = WORDS.get(trimmed);
  if (word !== undefined) return word;
  for (const [pattern, replacement] of PATTERNS) {
    if (pattern.test(trimmed)) return trimmed.replace(pattern, replacement);
  }
  return text;
}

function translateAttributes(element) {
  for (const name of ATTRIBUTES) {
    const value = element.getAttribute(name);
    if (!value) continue;
    const translated = french(value);
    if (translated !== value) element.setAttribute(name, translated);
  }
}

function translateText(node) {
  const translated = french(node.data);
  if (translated !== node.data) node.data = translated;
}

function translate(root) {
  if (root.nodeType === Node.TEXT_NODE) return translateText(root);
  if (root.nodeType !== Node.ELEMENT_NODE) return undefined;
  translateAttributes(root);
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (node.nodeType === Node.TEXT_NODE) translateText(node);
    else translateAttributes(node);
  }
  return undefined;
}

/** Colour scheme of the page as Streamlit draws it (its setting, else the system's). */
function followTheme() {
  const app = document.querySelector(".stApp");
  if (!app) return;
  const channels = getComputedStyle(app).backgroundColor.match(/\d+/g);
  if (!channels) return;
  const dark = Number(channels[0]) + Number(channels[1]) + Number(channels[2]) < 384;
  document.documentElement.dataset.theme = dark ? "sombre" : "clair";
}

/** Move to another page of the application without reloading it; Streamlit follows the history. */
function go(url) {
  history.pushState({}, "", withView(url));
  dispatchEvent(new PopStateEvent("popstate", { state: {} }));
  scrollTo(0, 0);
  document.querySelector('[data-testid="stMain"]')?.scrollTo(0, 0);
  focusTitle(document.querySelector(".stApp h1"), new URL(url, location.origin).hash);
}

/** Once the new page's title is there, put the focus on it: it is announced, and Tab goes on from it. */
function focusTitle(before, hash) {
  const start = Date.now(), said = before?.textContent;
  let asked = false;
  const look = () => {
    const title = document.querySelector(".stApp h1");
    const waited = Date.now() - start;
    const ready = document.querySelector('.stApp[data-test-script-state="notRunning"]');
    // A slow server has not begun yet: the old title, still there, would take the focus away with it.
    asked ||= !ready || waited > 2000;
    const changed = title !== before || title?.textContent !== said;
    if (title && ready && (asked || changed) && waited > 150) {
      title.tabIndex = -1;
      title.focus({ preventScroll: true });
      if (hash) document.getElementById(decodeURIComponent(hash.slice(1)))?.scrollIntoView();
    } else if (waited < 20_000) setTimeout(look, 60);
  };
  look();
}

/** « Aller au contenu »: past the head, which Streamlit holds in the same part of the page. */
function skipToContent(event) {
  const title = document.querySelector(".stApp h1");
  if (!title) return;
  event.preventDefault();
  title.tabIndex = -1;
  title.focus();
}

/** What is in view; a link to another page of ours takes along what it does not say itself. */
const IN_VIEW = ["jeu", "indicateur", "vague", "niveau", "territoire", "voir", "methode", "nombre", "bornes", "couleurs", "acteurs", "avec", "vague2", "theme", "zonage", "dans", "reponses", "domaine", "nature", "metier", "texte"];
/** What another set of data has too: the figures in view are not the same. */
const IN_EVERY_SET = ["niveau", "territoire", "voir", "acteurs", "avec", "dans", "reponses", "domaine", "texte"];

/** A draft is the published set with its reader's changes: its figures have the same names. */
function sameFigures(set, other) {
  return (set === "demonstration") === (other === "demonstration");
}

function withView(url) {
  const target = new URL(url, location.origin);
  const here = new URLSearchParams(location.search);
  const set = target.searchParams.get("jeu");
  const kept = !set || sameFigures(set, here.get("jeu") ?? "publie") ? IN_VIEW : IN_EVERY_SET;
  for (const name of kept) {
    if (here.has(name) && !target.searchParams.has(name)) target.searchParams.set(name, here.get(name));
  }
  return target.pathname + target.search + target.hash;
}

/** Completed as soon as it is pointed at or focused, so that a new tab or « copy address » has it all. */
function completeLink(event) {
  const link = event.target.closest?.("a[data-interne]");
  if (link) link.href = withView(link.href);
}

function followLink(event) {
  if (event.defaultPrevented || event.button !== 0) return;
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const link = event.target.closest?.("a[data-interne]");
  if (!link || link.origin !== location.origin) return;
  event.preventDefault();
  go(link.href);
}

/** Number a cell stands for; French spaces, decimal comma and minus. Empty cells sort last. */
function cellKey(row, column) {
  const cell = row.cells[column];
  const text = (cell?.dataset.v ?? cell?.querySelector("time")?.dateTime ?? cell?.textContent ?? "").trim();
  const number = Number.parseFloat(text.replace(/[\s\u202f\u00a0]/g, "").replace(",", ".").replace("\u2212", "-"));
  return { text, number: Number.isNaN(number) ? null : number };
}

function sortTable(button) {
  const header = button.closest("th");
  const table = button.closest("table");
  const body = table.tBodies[0];
  const ascending = header.getAttribute("aria-sort") !== "ascending";
  const column = header.cellIndex;
  const numeric = header.classList.contains("nombre");
  const collator = new Intl.Collator("fr", { numeric: true });
  const rows = [...body.rows].map((row) => [cellKey(row, column), row]);
  rows.sort(([a], [b]) => {
    if (numeric) {
      if (a.number === null || b.number === null) return (a.number === null) - (b.number === null);
      return ascending ? a.number - b.number : b.number - a.number;
    }
    return ascending ? collator.compare(a.text, b.text) : collator.compare(b.text, a.text);
  });
  for (const other of header.parentElement.cells) other.removeAttribute("aria-sort");
  header.setAttribute("aria-sort", ascending ? "ascending" : "descending");
  body.append(...rows.map(([, row]) => row));
}

/** Maps and charts are drawn for the screen: the style sheet shrinks them to the sheet of paper. */
function measureDrawings() {
  for (const drawing of document.querySelectorAll('.stApp iframe, .stApp [data-testid="stPlotlyChart"]')) {
    const { width, height } = drawing.getBoundingClientRect();
    if (!width) continue;
    drawing.style.setProperty("--trace", String(Math.round(width)));
    drawing.style.setProperty("--haut", String(Math.round(height)));
  }
}

function forgetDrawings() {
  for (const drawing of document.querySelectorAll('[style*="--trace"]')) {
    drawing.style.removeProperty("--trace");
    drawing.style.removeProperty("--haut");
  }
}

async function copyLink(button) {
  // A part of the page that changes alone tells its own link.
  const view = document.querySelector("[data-vue]")?.dataset.vue ?? button.dataset.copier;
  const url = new URL(view, location.origin).href;
  const label = button.dataset.label ?? (button.dataset.label = button.textContent);
  try {
    await navigator.clipboard.writeText(url);
    button.textContent = "Lien copié";
  } catch {
    // Without permission (or over plain HTTP) the link is shown so that it can be copied by hand.
    window.prompt("Copiez ce lien :", url);
  }
  setTimeout(() => { button.textContent = label; }, 2500);
}

function onClick(event) {
  const sorter = event.target.closest?.("th button[data-tri]");
  if (sorter) return sortTable(sorter);
  if (event.target.closest?.('[data-testid="stSkipToContent"]')) return skipToContent(event);
  const copier = event.target.closest?.("button[data-copier]");
  if (copier) return void copyLink(copier);
  return followLink(event);
}

if (!window.Territoires?.shell) {
  window.Territoires = { ...window.Territoires, shell: true, go };
  document.documentElement.lang = "fr";
  translate(document.body);
  new MutationObserver((records) => {
    for (const record of records) {
      if (record.type === "childList") record.addedNodes.forEach(translate);
      else if (record.type === "characterData") translateText(record.target);
      else translateAttributes(record.target);
    }
  }).observe(document.body, {
    subtree: true, childList: true, characterData: true,
    attributes: true, attributeFilter: ATTRIBUTES,
  });
  document.addEventListener("click", onClick);
  addEventListener("beforeprint", measureDrawings);
  addEventListener("afterprint", forgetDrawings);
  for (const type of ["pointerdown", "focusin"]) document.addEventListener(type, completeLink);
  followTheme();
  const app = document.querySelector(".stApp");
  if (app) new MutationObserver(followTheme).observe(app, { attributes: true, attributeFilter: ["class", "style"] });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => setTimeout(followTheme, 50));
}
