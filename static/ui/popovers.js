/**
 * What opens by keyboard is entered by keyboard: Streamlit draws an opened panel at the end of the
 * page, far from its button. The focus goes to the panel's first control, and back on Escape or
 * past its ends.
 */

const BUTTON = '[data-testid="stPopoverButton"]';
const PANEL = '[data-testid="stPopoverBody"]';
const CONTROLS = 'button:not([disabled]), a[href], input:not([disabled]), select, textarea, [tabindex="0"]';
const PATIENCE_MS = 4000;

/** The button of the panel in which the keyboard is. */
let opener = null;

function enter(button) {
  const end = performance.now() + PATIENCE_MS;
  const look = () => {
    const first = document.querySelector(PANEL)?.querySelector(CONTROLS);
    if (document.activeElement !== button || performance.now() > end) return;
    if (!first) return void setTimeout(look, 50);
    opener = button;
    first.focus();
  };
  setTimeout(look, 50);
}

document.addEventListener("click", (event) => {
  const button = event.target.closest?.(BUTTON);
  // A click without any press of a pointer is one of the keyboard.
  if (button && event.detail === 0) enter(button);
});

document.addEventListener("keydown", (event) => {
  if (!opener || !event.target.closest?.(PANEL)) return;
  if (event.key === "Escape") opener.focus();
  // Past an end, back beside the panel: one more Tab then goes on with the page.
  if (event.key === "Tab") setTimeout(() => document.activeElement.closest(PANEL) || opener.focus());
}, true);
