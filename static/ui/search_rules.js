/**
 * What people type finds what they mean: the rules of src/territoires/views/search.py, in the same
 * order and under the same names. tests/e2e/test_search.py holds both to the same answers.
 */
const MAX_QUERY_LENGTH = 80;
const SHORTEST_MISSPELT = 4;
const SHORTEST_WORD = 3;
const SHORTEST_PLACE = 3;
const SHORTEST_SIREN = 6;
const LONGEST_PLACE = 6;
const CODE = /^[0-9][0-9ab]?[0-9]*$/;
const NUMBER = /^(?:[0-9]{1,5}|2[ab][0-9]{0,3})$/;
const ABBREVIATIONS = new Map([["st", "saint"], ["ste", "sainte"], ["sts", "saints"], ["stes", "saintes"]]);
const ORDINAL = /^([0-9]+)(?:er|ere|e|eme|nd|nde)$/;
const ARTICLE = /^(?:les|le|la|l) (?=.)/;
const EPCI_KIND = /^(?:communaute de communes|communaute d agglomeration|communaute urbaine|cc|ca|cu|eurometropole|metropole) (?:(?:des|de|du|d) )?(?=.)/;
const KINDS = [
  ["epci", "communaute de communes|communaute d agglomeration|communaute urbaine|cc|ca|cu|metropole|agglomeration|agglo"],
  ["departement", "departement"], ["region", "region"], ["commune", "commune"],
].map(([level, words]) => [level, new RegExp(`^(?:${words}) (?:(?:des|de|du|d) )?(.+)$`)]);
const LEVEL_ORDER = ["region", "commune", "departement", "epci", "zone"];
const CODE_ORDER = ["departement", "region", "epci", "commune"];
const EPCI_SHARE = 10;
const LABELS = { region: "région", departement: "département", zone: "zone", epci: "intercommunalité", commune: "commune" };
const OVERSEAS_KINDS = {
  984: "territoire d’outre-mer", 988: "collectivité à statut particulier", 989: "possession française",
};
const FORMER_CODE = "k";
const ARRONDISSEMENT = "a";
const ALIASES = {
  c: (name) => `ancienne commune, aujourd’hui ${name}`,
  n: (name) => `ancien nom, aujourd’hui ${name}`,
  a: (name) => `arrondissement, page de la commune de ${name}`,
  r: (name) => `ancienne région, aujourd’hui dans la région ${name}`,
  u: (name) => `nom courant, voir ${name}`,
};
const thousands = new Intl.NumberFormat("fr-FR", { maximumFractionDigits: 0 });

function toKey(text) {
  let plain = text.normalize("NFKD").toLowerCase();
  // Half of the names are plain letters already.
  if (/[^a-z0-9 ]/.test(plain)) {
    plain = plain.replace(/[\u0300-\u036f]/g, "").replace(/œ/g, "oe").replace(/æ/g, "ae")
      .replace(/[^a-z0-9]+/g, " ");
  }
  const words = plain.trim().split(/ +/);
  return words.map((word) => ABBREVIATIONS.get(word) ?? word.replace(ORDINAL, "$1")).join(" ");
}

const withoutArticle = (key) => key.replace(ARTICLE, "");

/**
 * Prepare every name for searching.
 * @param {{places: object[], aliases: object[]}} table as search_index.js gives it
 * @param {[string, string, string, number?][]} zones name, typed identifier, detail, population
 */
export function prepare(table, zones = []) {
  const rows = table.places.map((place) => {
    const row = toRow(place, place.name, place.code);
    if (place.level === "epci") row.short = withoutArticle(row.full.replace(EPCI_KIND, ""));
    return row;
  });
  for (const { place, name, code, kind } of table.aliases) {
    rows.push(kind === FORMER_CODE
      ? { ...toRow(place, "", code, kind), name: place.name }
      : toRow(place, name, code, kind));
  }
  for (const [name, id, detail, population = null] of zones) {
    const place = { id, level: "zone", code: id.replace("zone-", ""), name, population, departement: "", region: "", postcodes: [], siren: "" };
    rows.push(toRow(place, name, "", "", detail));
  }
  rows.sort(byRank);
  const of = (level) => table.places.filter((place) => place.level === level);
  return {
    rows, regions: of("region"),
    departements: new Map(of("departement").map((place) => [place.code, place])),
  };
}

function toRow(place, name, code, alias = "", detail = "") {
  const full = toKey(name);
  const people = place.population ?? -1;
  const weight = place.level === "epci" ? Math.floor(people / EPCI_SHARE) : people;
  return { place, name, full, short: withoutArticle(full), code, alias, detail, weight };
}

function byRank(a, b) {
  return (a.alias !== "") - (b.alias !== "") || b.weight - a.weight
    || LEVEL_ORDER.indexOf(a.place.level) - LEVEL_ORDER.indexOf(b.place.level)
    || compare(a.code || a.place.code, b.code || b.place.code) || compare(a.name, b.name);
}

const compare = (a, b) => (a < b ? -1 : Number(a > b));

/**
 * Find the territories closest to what was typed, best first.
 * @returns {{matches: {id: string, name: string, detail: string}[], ambiguous: boolean, more: boolean}}
 */
export function find(index, query, limit = 8) {
  const text = toKey(Array.from(query).slice(0, MAX_QUERY_LENGTH).join(""));
  const digits = text.replaceAll(" ", "");
  let hits = [];
  let ambiguous = false;
  if (CODE.test(digits)) {
    const [exact, others] = byCode(index, digits.toUpperCase());
    hits = once([...exact, ...others]);
    ambiguous = once(exact).length > 1;
  } else if (text) {
    hits = once(byWords(index, text, limit).map((row) => ({ row, reason: "" })));
    ambiguous = hits.slice(1, limit).some((hit) => alike(hits[0].row, hit.row));
  }
  const matches = hits.slice(0, limit).map(({ row, reason }) => ({
    id: row.place.id, name: row.name, detail: sayPlace(index, row, reason),
  }));
  return { matches, ambiguous, more: hits.length > limit };
}

/** Two territories of one name; one place with two levels (Paris, La Réunion) is not two. */
const alike = (row, other) => row.full === other.full && !row.alias === !other.alias
  && (row.place.level === other.place.level || row.place.population !== other.place.population);

/** Keep the first answer for each territory. */
function once(hits) {
  const seen = new Set();
  return hits.filter(({ row }) => !seen.has(row.place.id) && seen.add(row.place.id));
}

function byWords(index, text, limit) {
  let [exact, found] = named(index, text);
  if (!found.length) {
    for (const read of [ofKind, narrowed, numbered]) if (!found.length) found = read(index, text);
  }
  if (!exact && found.length < limit) found = [...found, ...misspelt(index, text)];
  return found;
}

/** @returns {[boolean, object[]]} whether a name is the text itself; the names that hold it */
function named(index, text, accept = null) {
  const short = withoutArticle(text);
  const tiers = [[], [], [], [], [], []];
  for (const row of index.rows) {
    if (!row.full.includes(short) || (accept && !accept(row))) continue;
    const tier = closeness(row, text, short);
    if (tier !== null) tiers[tier].push(row);
  }
  return [tiers[0].length + tiers[1].length > 0, tiers.flat()];
}

function closeness(row, text, short) {
  if (row.full === text) return 0;
  if (row.short === short) return 1;
  if (text.length >= SHORTEST_WORD && ` ${row.full} `.includes(` ${text} `)) return 2;
  if (row.full.startsWith(text) || row.short.startsWith(text)) return 3;
  if (row.full.includes(` ${text}`)) return 4;
  return short !== text && row.short.startsWith(short) ? 5 : null;
}

function ofKind(index, text) {
  for (const [level, form] of KINDS) {
    const kind = form.exec(text);
    if (kind) return named(index, kind[1], (row) => row.place.level === level)[1];
  }
  return [];
}

function narrowed(index, text) {
  const words = text.split(" ");
  for (let size = 1; size <= Math.min(words.length - 1, LONGEST_PLACE); size += 1) {
    const accept = inside(index, words.slice(-size).join(" "));
    if (!accept) continue;
    const name = words.slice(0, -size).join(" ");
    let found = named(index, name, accept)[1];
    if (!found.length) found = misspelt(index, name, accept);
    if (found.length) return found;
  }
  return [];
}

function numbered(index, text) {
  const last = text.lastIndexOf(" ");
  return last > 0 && NUMBER.test(text.slice(last + 1)) ? named(index, text.slice(0, last))[1] : [];
}

function inside(index, place) {
  if (NUMBER.test(place)) {
    const code = place.toUpperCase();
    return (row) => row.place.departement.startsWith(code)
      || (row.place.level === "commune" && row.place.code.startsWith(code))
      || row.place.postcodes.some((postcode) => postcode.startsWith(code));
  }
  if (place.length < SHORTEST_PLACE) return null;
  const regions = new Set(index.regions.filter((one) => begins(one, place)).map((one) => one.code));
  const codes = new Set();
  for (const [code, one] of index.departements) {
    if (regions.has(one.region) || begins(one, place)) codes.add(code);
  }
  return codes.size ? (row) => codes.has(row.place.departement) : null;
}

function begins(place, text) {
  const key = toKey(place.name);
  return key.startsWith(text) || withoutArticle(key).startsWith(text);
}

function misspelt(index, text, accept = null) {
  if (text.length < SHORTEST_MISSPELT) return [];
  const short = withoutArticle(text);
  const whole = [];
  const begun = [];
  for (const row of index.rows) {
    if (!row.full) continue;
    let far = slip(text, row.full);
    if (far !== 1 && short.length >= SHORTEST_MISSPELT && (short !== text || row.short !== row.full)) {
      far = slip(short, row.short) || far;
    }
    if (far && (!accept || accept(row))) (far === 1 ? whole : begun).push(row);
  }
  return [...whole, ...begun];
}

/** One letter changed, added, left out or swapped gives a name (1), or its start (2), or neither (0). */
function slip(typed, key) {
  // Quick look at two letters, which sets most names aside: one mistake leaves one of them.
  const first = typed.slice(0, 2);
  if (!first.includes(key[0]) && !first.includes(key[1] ?? "")) return 0;
  let i = 0;
  while (i < typed.length && i < key.length && typed[i] === key[i]) i += 1;
  if (i === typed.length || i === key.length) return Number(Math.abs(typed.length - key.length) === 1);
  let start = 0;
  const agree = (a, b, least) => {
    // Most names differ at once: look at one letter before cutting strings.
    if (a < typed.length && typed[a] !== key[b]) return false;
    const left = typed.slice(a);
    if (!key.startsWith(left, b)) return false;
    if (left.length === key.length - b) return true;
    if (left.length >= least) start = 2;
    return false;
  };
  if (agree(i + 1, i + 1, 1) || agree(i + 1, i, 1) || agree(i, i + 1, 1)) return 1;
  const swapped = typed.length > i + 1 && typed[i] === key[i + 1] && typed[i + 1] === key[i];
  return swapped && agree(i + 2, i + 2, 0) ? 1 : start;
}

/** @returns {[object[], object[]]} the territories of a code; those that had it or whose code begins so */
function byCode(index, code) {
  const own = [];
  const posted = [];
  const former = [];
  const begun = [];
  for (const row of index.rows) {
    const { place } = row;
    if (row.alias) {
      const label = row.alias === ARRONDISSEMENT ? "code Insee" : "ancien code";
      if (row.code === code) former.push({ row, reason: `${label} ${code}` });
    } else if (row.code === code || place.siren === code) own.push({ row, reason: ownReason(row, code) });
    else if (place.postcodes.includes(code)) posted.push({ row, reason: `code postal ${code}` });
    else if (code.length > 1) {
      const reason = begunReason(row, code);
      if (reason !== null) begun.push({ row, reason });
    }
  }
  own.sort((a, b) => CODE_ORDER.indexOf(a.row.place.level) - CODE_ORDER.indexOf(b.row.place.level));
  return [[...posted.slice(0, 1), ...own, ...posted.slice(1)], [...former, ...begun]];
}

function ownReason({ place }, code) {
  if (place.level === "departement") return "";
  if (place.level === "region") return `code ${code}`;
  return code === place.siren ? `SIREN ${code}` : `code Insee ${code}`;
}

function begunReason({ place, code: own }, code) {
  const postcode = place.postcodes.find((one) => one.startsWith(code));
  if (postcode) return `code postal ${postcode}`;
  if (place.level === "commune" && own.startsWith(code)) return `code Insee ${own}`;
  if (place.level === "departement" && own.startsWith(code)) return "";
  return code.length >= SHORTEST_SIREN && place.siren.startsWith(code) ? `SIREN ${place.siren}` : null;
}

/** Say what a name leads to, as src/territoires/views/search_details.py does. */
function sayPlace(index, row, reason) {
  const { place, alias } = row;
  const home = index.departements.get(place.departement);
  const overseas = home && !home.region;
  const own = place.level === "departement";
  let what = row.detail || LABELS[place.level];
  if (ALIASES[alias]) what = ALIASES[alias](place.name);
  else if (overseas && own) what = OVERSEAS_KINDS[place.code] ?? "collectivité d’outre-mer";
  const parts = [what];
  if (alias !== ARRONDISSEMENT) {
    if (home) parts.push(own ? place.code : `${home.name}\u00a0(${home.code})`);
    if (place.population !== null) parts.push(`${thousands.format(place.population)}\u00a0hab.`);
    if (overseas) parts.push("hors de la carte");
  }
  return [...parts, reason.replaceAll(" ", "\u00a0")].filter(Boolean).join(" · ");
}
