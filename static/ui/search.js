/**
 * Search field with suggestions, after the ARIA combobox pattern (list autocomplete).
 * The browser searches by itself: search_index.js fetches the names, once for all pages, and
 * search_rules.js finds; this file shows, moves and follows the choice.
 */
const SHOWN = 8;
/** A wait shorter than this is not told. */
const PATIENCE_MS = 300;

/** @type {Map<string, Promise<object>>} names ready to be searched, by address and zones */
const prepared = new Map();

function ready({ index: url, zones = [] }, { load }, { prepare }) {
  const key = JSON.stringify([url, zones]);
  if (!prepared.has(key)) {
    const index = load(url).then(async (table) => {
      // Two short tasks rather than a long one: the page stays at hand.
      await new Promise((resolve) => { setTimeout(resolve); });
      return prepare(table, zones);
    });
    index.catch(() => prepared.delete(key));
    prepared.set(key, index);
  }
  return prepared.get(key);
}

/** Build once what does not change: names of the parts, and the panel of suggestions. */
function furnish(root, data) {
  const input = root.querySelector("input");
  const panel = root.querySelector(".propositions");
  const list = panel.querySelector("ul");
  const note = panel.querySelector("p");
  const status = root.querySelector("[role=status]");
  if (!input.id) {
    input.id = `recherche-${data.nom}`;
    list.id = `${input.id}-liste`;
    input.setAttribute("aria-controls", list.id);
    list.setAttribute("aria-label", data.libelle);
    const label = root.querySelector("label");
    label.htmlFor = input.id;
    label.textContent = data.libelle;
  }
  return { input, panel, list, note, status };
}

export default function mount({ parentElement, data }, source, rules) {
  const root = parentElement.querySelector(".recherche");
  const { input, panel, list, note, status } = furnish(root, data);
  const words = data.textes;
  const state = root.etat ?? (root.etat = { active: -1, found: null, index: null, enter: false, wait: 0 });

  const options = () => [...list.children];
  const close = () => {
    panel.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
    options().forEach((item) => item.setAttribute("aria-selected", "false"));
    state.active = -1;
  };
  const open = () => {
    panel.hidden = false;
    input.setAttribute("aria-expanded", String(list.children.length > 0));
  };
  const tell = (text, link) => {
    note.hidden = !text;
    note.replaceChildren(text);
    if (!text || !link) return;
    const regions = document.createElement("a");
    // No territory: the page then lists the régions.
    regions.href = "/territoire?territoire=";
    regions.dataset.interne = "";
    regions.textContent = words.regions;
    note.append(" ", regions);
  };
  const activate = (index) => {
    const items = options();
    if (!items.length) return;
    open();
    state.active = (index + items.length) % items.length;
    items.forEach((item, i) => item.setAttribute("aria-selected", String(i === state.active)));
    input.setAttribute("aria-activedescendant", items[state.active].id);
    items[state.active].scrollIntoView({ block: "nearest" });
  };
  const follow = (item) => {
    const { url } = item.dataset;
    input.value = "";
    list.replaceChildren();
    state.found = null;
    status.textContent = "";
    close();
    if (window.Territoires?.go) window.Territoires.go(url);
    else window.location.assign(url);
  };

  /** Follow the only sensible answer; between equal ones the reader chooses. */
  const enter = () => {
    const items = options();
    if (!items.length) return;
    if (state.active >= 0) follow(items[state.active]);
    else if (!state.found.ambiguous) follow(items[0]);
    else {
      activate(0);
      status.textContent = /^\d/.test(input.value.trim()) ? words.codes : words.homonymes;
    }
  };

  const toOption = ({ id, name, detail }, i) => {
    const item = document.createElement("li");
    item.id = `${input.id}-${i}`;
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", "false");
    item.dataset.url = `/${data.page}?territoire=${encodeURIComponent(id)}`;
    const strong = document.createElement("strong");
    strong.textContent = name;
    const span = document.createElement("span");
    span.textContent = detail;
    item.append(strong, " ", span);
    item.addEventListener("click", () => follow(item));
    return item;
  };

  const show = () => {
    const query = input.value.trim();
    clearTimeout(state.wait);
    list.replaceChildren();
    list.hidden = true;
    state.active = -1;
    input.removeAttribute("aria-activedescendant");
    if (!query) {
      status.textContent = "";
      return close();
    }
    state.found = rules.find(state.index, query, SHOWN);
    const { matches, more } = state.found;
    list.append(...matches.map(toOption));
    list.hidden = !matches.length;
    if (matches.length) {
      tell(more ? words.suite : "");
      status.textContent = `${matches.length}\u00a0${matches.length > 1 ? words.plusieurs : words.une}`;
    } else {
      tell(words.vide, true);
      status.textContent = words.vide;
    }
    open();
    if (state.enter) enter();
    state.enter = false;
    return undefined;
  };

  const fail = () => {
    clearTimeout(state.wait);
    state.enter = false;
    if (!input.value.trim()) return;
    list.replaceChildren();
    list.hidden = true;
    tell(words.panne, true);
    status.textContent = words.panne;
    open();
  };

  /** Fetch the names if they are not there yet, then show what answers to the text of that moment. */
  const answer = () => {
    if (state.index) return show();
    clearTimeout(state.wait);
    if (!input.value.trim()) return close();
    state.wait = setTimeout(() => { tell(words.attente); open(); }, PATIENCE_MS);
    ready(data, source, rules).then((index) => { state.index = index; show(); }, fail);
    return undefined;
  };
  const warm = () => ready(data, source, rules).then((index) => { state.index = index; }, () => {});

  input.oninput = () => {
    state.enter = false;
    answer();
  };
  input.onkeydown = (event) => {
    const shown = !panel.hidden && list.children.length > 0;
    if (event.isComposing) return;
    if (event.key === "ArrowDown" && list.children.length) activate(state.active + 1);
    else if (event.key === "ArrowUp" && list.children.length) activate(Math.max(state.active, 0) - 1);
    else if (event.key === "Home" && shown && state.active >= 0) activate(0);
    else if (event.key === "End" && shown && state.active >= 0) activate(-1);
    else if (event.key === "Escape") {
      // First the list, then the text.
      if (panel.hidden) input.value = "";
      status.textContent = "";
      close();
    } else if (event.key === "Enter") {
      if (state.index && shown) enter();
      else if (input.value.trim()) {
        state.enter = true;
        answer();
      }
    } else return;
    event.preventDefault();
  };
  // A press on a suggestion leaves the focus in the field.
  list.onpointerdown = (event) => event.preventDefault();
  if (!root.dataset.ecoute) {
    root.dataset.ecoute = "oui";
    root.addEventListener("focusout", (event) => { if (!root.contains(event.relatedTarget)) close(); });
  }
  input.onfocus = () => {
    warm();
    if (input.value.trim() && (list.children.length || !note.hidden)) open();
  };
  note.onkeydown = (event) => {
    if (event.key !== "Escape") return;
    input.focus();
    close();
  };

  if (input.value.trim() && !state.found) answer();
  else if (!navigator.connection?.saveData) {
    (window.requestIdleCallback ?? setTimeout)(warm, { timeout: 5000 });
  }
}
