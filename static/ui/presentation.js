/**
 * The stage in the browser: keys, touch, full screen, texts of the map for a room, and what to do
 * when the connection is cut. The link is the state: a step is an address, written in the history,
 * that Streamlit follows; nothing is kept here but which step is wanted.
 */

const STAGE = ".st-key-scene";
/** Without a move of the hand for this long, the buttons go. */
const REST_MS = 3500;
const HEALTH = "/_stcore/health";
const POLL_MS = 1500;
/** How long Streamlit may take to draw again by itself before the page is loaded anew. */
const PATIENCE_MS = 8000;
/** A run asked for has begun by then. */
const SETTLE_MS = 1200;
const SWIPE_PX = 60;

/** Texts of the map's own frame, as large as those of the stage; its buttons for who points at it. */
const FRAME_STYLE = `
  .leaflet-container { font-size: max(15px, calc(var(--scene-rem, 16px) * .82)) !important; border-radius: 0; }
  .cartouches text { display: block !important; font-size: calc(var(--km) * var(--scene-rem, 16px) * .8); letter-spacing: -.03em; fill: var(--encre); }
  .cartouches path { stroke: var(--encre-douce); }
  [data-scene-cote] .cartouches text { display: none !important; }
  @media (max-width: 440px) { .cartouches text { display: none !important; } }
  .credit { display: none !important; }
  .acteurs span { font-size: calc(var(--scene-rem, 16px) * .8); }
  .depart::after, .marque { font-size: max(13px, calc(var(--scene-rem, 16px) * .8)) !important; }
  .boutons { opacity: 0; }
  :root:hover .boutons, .boutons:focus-within { opacity: 1; }
`;

/** Marks of a map, in rem of the stage and in pixels at least: a sign, a disc, the watermark. */
const MARKS = { "--signe": [0.75, 14], "--disque": [1.07, 18], "--lettre": [0.82, 0] };

const stage = () => document.querySelector(STAGE);
const link = (role) => stage()?.querySelector(`a[data-scene="${role}"]`);

/** The step wanted last: quick presses count, even before the first one is drawn. */
let wanted = null;
let wantedUntil = 0;

function bounds() {
  const bar = stage()?.querySelector("nav[data-derniere]");
  return bar ? [bar.dataset.premiere, bar.dataset.derniere] : null;
}

const askedBy = (url) => new URL(url, location.origin).searchParams.get("etape") ?? "1";

/** The step of a link; one that does not exist is the first, as the server has it. */
function stepOf(url) {
  const text = askedBy(url);
  const last = askedBy(bounds()?.[1] ?? url);
  const isNumber = /^\d+$/.test(text) && text.length <= last.length;
  return isNumber && Number(text) >= 1 && Number(text) <= Number(last) ? Number(text) : 1;
}

function show(url) {
  const target = new URL(url, location.origin);
  const address = target.pathname + target.search;
  wanted = stepOf(url);
  wantedUntil = Date.now() + 3000;
  if (address === location.pathname + location.search) return;
  history.pushState({}, "", address);
  dispatchEvent(new PopStateEvent("popstate", { state: {} }));
}

function move(by) {
  const ends = bounds();
  if (!ends) return;
  const now = wanted !== null && Date.now() < wantedUntil ? wanted : stepOf(location.href);
  const next = Math.min(Math.max(now + by, 1), stepOf(ends[1]));
  if (next === now) return;
  const target = new URL(ends[1], location.origin);
  target.searchParams.set("etape", String(next));
  show(target.href);
}

/** Go to the first step (0) or to the last one (1). */
function jump(end) {
  const ends = bounds();
  if (ends) show(ends[end]);
}

function leave() {
  const away = link("quitter");
  if (!away) return;
  if (document.fullscreenElement) document.exitFullscreen();
  window.Territoires?.go ? window.Territoires.go(away.href) : location.assign(away.href);
}

function toggleFullScreen() {
  if (document.fullscreenElement) return void document.exitFullscreen();
  document.documentElement.requestFullscreen?.().catch(() => {});
}

function toggleCode() {
  const code = stage()?.querySelector(".scene-qr");
  if (code) code.open = !code.open;
}

const KEYS = {
  ArrowRight: () => move(1), ArrowDown: () => move(1), PageDown: () => move(1), " ": () => move(1),
  ArrowLeft: () => move(-1), ArrowUp: () => move(-1), PageUp: () => move(-1), Backspace: () => move(-1),
  Home: () => jump(0), End: () => jump(1),
  f: toggleFullScreen, F: toggleFullScreen, q: toggleCode, Q: toggleCode,
  Escape: () => document.fullscreenElement ? toggleFullScreen() : leave(),
};
/** Inside a map that the keyboard entered, these stay the map's own. */
const OF_MAP = new Set(["ArrowRight", "ArrowLeft", "ArrowUp", "ArrowDown", " ", "Home", "End"]);

/** From the largest letters to the most in little room: the first that holds the whole step. */
const SIZES = ["ample", "", "sobre", "serre", "etroit"];
const isTooHigh = (body) => body.scrollHeight > body.clientHeight + 1;
function fitBody(body) {
  // A chart draws itself again when the letters around it change: the same words are fitted once.
  const words = [...body.querySelectorAll('[data-testid="stHtml"]')].map((place) => place.textContent);
  const held = [innerWidth, innerHeight, stage().querySelector(".scene-genre")?.className, ...words].join("|");
  if (held === fitBody.held && !isTooHigh(body)) return;
  const last = document.documentElement.dataset.scenePlace === SIZES.at(-1);
  if (held === fitBody.held && last) return;
  fitBody.held = held;
  for (const size of SIZES) {
    document.documentElement.dataset.scenePlace = size;
    if (!isTooHigh(body)) return;
  }
}

/** Streamlit draws a step piece by piece: measured once per image. */
function soon() {
  cancelAnimationFrame(soon.next);
  soon.next = requestAnimationFrame(reachBody);
}

/** What is higher than the screen all the same may be reached and scrolled by the keyboard too. */
function reachBody() {
  const body = stage()?.querySelector(".st-key-scene_corps")?.parentElement;
  if (!body) return;
  fitBody(body);
  if (!isTooHigh(body)) {
    if (body.dataset.sceneCorps) for (const name of ["tabindex", "role", "aria-label", "data-scene-corps"]) body.removeAttribute(name);
  } else if (!body.dataset.sceneCorps) {
    body.dataset.sceneCorps = "oui";
    body.tabIndex = 0;
    body.setAttribute("role", "region");
    body.setAttribute("aria-label", "Contenu de l’étape");
  }
}

function onKey(event, inMap = false) {
  if (!stage() || event.ctrlKey || event.metaKey || event.altKey) return;
  const action = KEYS[event.key];
  if (!action || (inMap && OF_MAP.has(event.key))) return;
  if (event.target.dataset?.sceneCorps && /^Arrow(Up|Down)$/.test(event.key)) return;
  // A button, a link or a field in use keeps its own keys.
  const field = event.target.closest?.("input, textarea, select, [contenteditable=true]");
  const pressed = event.key === " " && event.target.closest?.("button, a, summary");
  if (field || pressed) return;
  if (event.key === "Escape" && stage().querySelector(".scene-qr[open]")) {
    event.preventDefault();
    return toggleCode();
  }
  event.preventDefault();
  event.stopImmediatePropagation();
  action();
}

function onClick(event) {
  const button = event.target.closest?.("[data-scene]");
  if (!button || !stage()) return;
  const role = button.dataset.scene;
  if (event.metaKey || event.ctrlKey || event.shiftKey) return;
  event.preventDefault();
  if (role === "plein-ecran") toggleFullScreen();
  else if (role === "quitter") leave();
  else if (role === "fermer") button.closest(".avis").hidden = true;
  else move(role === "suivante" ? 1 : -1);
}

let touch = null;
function onTouchStart(event) {
  touch = event.touches.length === 1 ? [event.touches[0].clientX, event.touches[0].clientY] : null;
}
function onTouchEnd(event) {
  if (!touch || !stage()) return;
  const [x, y] = touch;
  const end = event.changedTouches[0];
  touch = null;
  const across = end.clientX - x;
  if (Math.abs(across) > SWIPE_PX && Math.abs(across) > 2 * Math.abs(end.clientY - y)) move(across < 0 ? 1 : -1);
}

let rest = 0;
function wake() {
  delete document.documentElement.dataset.sceneRepos;
  clearTimeout(rest);
  rest = setTimeout(() => { if (stage()) document.documentElement.dataset.sceneRepos = ""; }, REST_MS);
}

/** A machine that falls asleep ends the show; where this is refused, its owner's settings hold. */
let awake = null;
async function keepAwake() {
  if (!stage()) return void awake?.release();
  if (awake || document.visibilityState !== "visible" || !navigator.wakeLock) return;
  try {
    awake = await navigator.wakeLock.request("screen");
    awake.addEventListener("release", () => { awake = null; });
  } catch { /* battery low, policy of the house */ }
}

/** Give a map's frame the size of the stage's texts, its keys and its touches. */
function dress(frame) {
  const inside = frame.contentDocument;
  const root = inside?.documentElement;
  if (!root || !inside.body) return;
  const size = getComputedStyle(document.documentElement).fontSize;
  root.style.setProperty("--scene-rem", size);
  root.toggleAttribute("data-scene-cote", Boolean(stage()?.querySelector(".scene-genre.carte.cote")));
  if (root.dataset.sceneTaille !== size) {
    root.dataset.sceneTaille = size;
    for (const [name, [share, least]] of Object.entries(MARKS)) {
      root.style.setProperty(name, `${Math.max(least, share * Number.parseFloat(size))}px`);
    }
    inside.dispatchEvent(new CustomEvent("tailles"));
  }
  if (root.dataset.scene) return;
  root.dataset.scene = "oui";
  const style = inside.createElement("style");
  style.textContent = FRAME_STYLE;
  // After the map’s own style, whenever that one arrives.
  inside.body.append(style);
  let byHand = false;
  inside.addEventListener("pointerdown", () => { byHand = true; }, true);
  inside.addEventListener("keydown", (event) => {
    if (event.key === "Tab") byHand = false;
    onKey(event, !byHand);
  }, true);
  inside.addEventListener("touchstart", onTouchStart, { passive: true });
  inside.addEventListener("touchend", onTouchEnd, { passive: true });
  inside.addEventListener("pointermove", wake, { passive: true });
}

function dressAll() {
  if (!stage()) return;
  for (const frame of document.querySelectorAll(`${STAGE} iframe`)) {
    dress(frame);
    if (!frame.dataset.scene) {
      frame.dataset.scene = "oui";
      frame.addEventListener("load", () => dress(frame));
    }
  }
}

/** Maps measure themselves when their width changes: full screen may change the height alone. */
function nudge() {
  clearTimeout(nudge.timer);
  nudge.timer = setTimeout(() => {
    for (const frame of document.querySelectorAll(`${STAGE} iframe`)) frame.style.width = frame.style.width === "calc(100% - 1px)" ? "100%" : "calc(100% - 1px)";
  }, 120);
}

/* The connection. What is on screen stays; once the server answers, Streamlit draws the step of the
   link again, or the page is loaded anew. */
let cutSince = 0;
function say(text) {
  const place = stage()?.querySelector(".scene-coupure");
  if (!place || place.textContent === text) return;
  place.textContent = text;
  place.hidden = !text;
}

async function answers() {
  try {
    const answer = await fetch(HEALTH, { cache: "no-store" });
    return answer.ok;
  } catch {
    return false;
  }
}

const app = () => document.querySelector(".stApp");
const isConnected = () => app()?.dataset.testConnectionState === "CONNECTED";
const isIdle = () => app()?.dataset.testScriptState === "notRunning";
/** Whether the step of the link is the one drawn. */
const isDrawn = () => Number(stage()?.querySelector(".scene-compteur")?.dataset.numero) === stepOf(location.href);

/** Have Streamlit draw what the link says. */
function ask() {
  dispatchEvent(new PopStateEvent("popstate", { state: {} }));
}

async function watch() {
  if (!stage()) return;
  if (isConnected() && !cutSince) return askAgain();
  if (!cutSince) cutSince = Date.now();
  if (!(await answers())) return say("Connexion coupée : cette étape reste affichée, la suite reprendra seule.");
  if (!back.since) back.since = Date.now();
  if (isConnected() && !back.asked) {
    // The same session, or a new one on a server started again.
    back.asked = true;
    ask();
  }
  const waited = Date.now() - back.since;
  if (isConnected() && back.asked && isIdle() && waited > SETTLE_MS && isDrawn()) return settle();
  if (waited > PATIENCE_MS * (isIdle() ? 1 : 4)) location.reload();
}
const back = { since: 0, asked: false };
function settle() {
  cutSince = 0;
  back.since = 0;
  back.asked = false;
  say("");
}

/** A step asked for at the very moment of a cut is asked for again, a few times. */
const missed = { address: "", times: 0 };
function askAgain() {
  if (!isIdle() || isDrawn()) return;
  if (missed.address !== location.href) Object.assign(missed, { address: location.href, times: 0 });
  missed.times += 1;
  if (missed.times > 1 && missed.times < 5) ask();
}

/** A cut shorter than a look is a cut all the same. */
function watchConnection() {
  const place = app();
  if (!place || place === watchConnection.place) return;
  watchConnection.place = place;
  new MutationObserver(() => { if (stage() && !isConnected()) cutSince ||= Date.now(); })
    .observe(place, { attributes: true, attributeFilter: ["data-test-connection-state"] });
}

if (!window.Territoires?.presentation) {
  window.Territoires = { ...window.Territoires, presentation: true };
  document.addEventListener("keydown", (event) => onKey(event), true);
  document.addEventListener("click", onClick, true);
  document.addEventListener("touchstart", onTouchStart, { passive: true });
  document.addEventListener("touchend", onTouchEnd, { passive: true });
  for (const type of ["pointermove", "pointerdown", "keydown"]) document.addEventListener(type, wake, { passive: true });
  addEventListener("popstate", () => { if (wanted !== null) wanted = stepOf(location.href); });
  addEventListener("resize", () => { dressAll(); reachBody(); nudge(); });
  new MutationObserver(() => { dressAll(); watchConnection(); soon(); }).observe(document.body, { subtree: true, childList: true });
  setInterval(() => { reachBody(); watch(); keepAwake(); }, POLL_MS);
  dressAll();
  soon();
  watchConnection();
  wake();
}
