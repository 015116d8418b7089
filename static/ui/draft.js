/**
 * Keeps the key of this browser's draft in a cookie, so that a page loaded again finds it back.
 * The page writes the key (`data-brouillon`); an empty one is forgotten.
 */

const COOKIE = "territoires_brouillon";
const WEEK_S = 7 * 24 * 3600;

/** The key that this page wrote last. */
let mine = "";

function write(key, life) {
  document.cookie = `${COOKIE}=${key}; path=/; max-age=${life}; SameSite=Strict`;
}

function keep() {
  const mark = document.querySelector("[data-brouillon]");
  if (!mark) return;
  const key = mark.dataset.brouillon;
  // Such a key holds nothing that a cookie would need escaped; anything else is not one.
  if (/^[A-Za-z0-9_-]{10,80}$/.test(key)) {
    write(key, WEEK_S);
    mine = key;
  } else if (mine && document.cookie.split("; ").includes(`${COOKIE}=${mine}`)) {
    // Another page of this browser may have its own: what this one did not write stays.
    write("", 0);
    mine = "";
  }
}

keep();
new MutationObserver(keep).observe(document.body, {
  subtree: true, childList: true, attributes: true, attributeFilter: ["data-brouillon"],
});
