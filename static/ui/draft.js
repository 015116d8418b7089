/**
 * Keeps the key of this browser's draft in a cookie, so that a page loaded again finds it back.
 * The page writes the key (`data-brouillon`); an empty one is forgotten.
 */

const COOKIE = "territoires_brouillon";
const WEEK_S = 7 * 24 * 3600;

function keep() {
  const mark = document.querySelector("[data-brouillon]");
  if (!mark) return;
  const key = mark.dataset.brouillon;
  // Such a key holds nothing that a cookie would need escaped; anything else is not one.
  const sound = /^[A-Za-z0-9_-]{10,80}$/.test(key);
  const life = sound ? WEEK_S : 0;
  document.cookie = `${COOKIE}=${sound ? key : ""}; path=/; max-age=${life}; SameSite=Strict`;
}

keep();
new MutationObserver(keep).observe(document.body, {
  subtree: true, childList: true, attributes: true, attributeFilter: ["data-brouillon"],
});
