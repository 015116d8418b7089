/**
 * The copy of the presentation in the making that the browser keeps: a page loaded anew, another
 * tab, is a new session, which asks for it before anything is added. One part writes it (« garde »:
 * a story as in a link, empty to forget it), another one answers (« demande »).
 */

const KEPT = "territoires-recit";

function keep(story) {
  try {
    if (story) localStorage.setItem(KEPT, story);
    else localStorage.removeItem(KEPT);
  } catch { /* storage refused: the link and the file remain */ }
}

function kept() {
  try {
    const story = localStorage.getItem(KEPT) ?? "";
    return /^[\w-]{8,8000}$/.test(story) ? story : "";
  } catch {
    return "";
  }
}

export default function mount({ parentElement, data, setTriggerValue }) {
  if (typeof data.garde === "string") keep(data.garde);
  if (!data.demande || parentElement.dataset.demande === String(data.demande)) return;
  parentElement.dataset.demande = String(data.demande);
  // Told even when there is none: whoever asks waits for it.
  setTriggerValue("recit", kept() || "-");
}
