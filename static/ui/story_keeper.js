/**
 * The story in the making: a page loaded anew is a new session, the browser remembers. Streamlit
 * draws its pages piece by piece, so what to keep, or where to offer it, is looked for as they come.
 */

const KEPT = "territoires-recit";

function keepStory() {
  const held = document.querySelector("[data-recit-en-cours]")?.dataset.recitEnCours;
  const offer = document.querySelector("[data-recit-reprise]");
  try {
    if (held) localStorage.setItem(KEPT, held);
    const known = offer?.hidden && localStorage.getItem(KEPT);
    if (!known || !/^[\w-]{8,8000}$/.test(known)) return;
    const again = document.createElement("a");
    again.href = `/presentation?edition=oui&recit=${known}`;
    again.dataset.interne = "";
    again.textContent = "Reprendre la présentation commencée dans ce navigateur";
    offer.replaceChildren(again);
    offer.hidden = false;
  } catch { /* storage refused: the link and the file remain */ }
}

if (!window.Territoires?.recit) {
  window.Territoires = { ...window.Territoires, recit: true };
  new MutationObserver(keepStory).observe(document.body, { subtree: true, childList: true });
  keepStory();
}
