/**
 * The search index: fetched once, kept while the document lives, read from its columns
 * (src/territoires/tables/search_index.py describes them and reads the same file).
 */
const FORMAT = 1;
const SIREN_BODY = 8;

/** @type {Map<string, Promise<object>>} what was asked for, by address */
const tables = new Map();

/**
 * Give the territories and the other names, fetched on the first call only.
 * @param {string} url address of the index, which changes with its content
 * @returns {Promise<{places: object[], aliases: object[]}>} rejected when it cannot be read
 */
export function load(url) {
  if (!tables.has(url)) {
    const table = fetch(url, { cache: "force-cache" })
      .then((answer) => {
        if (!answer.ok) throw new Error(`index de recherche : ${answer.status}`);
        return answer.json();
      })
      .then(decode);
    // A failure is not kept: the next letter tries again.
    table.catch(() => tables.delete(url));
    tables.set(url, table);
  }
  return tables.get(url);
}

/** @param {object} file the index as written @returns {{places: object[], aliases: object[]}} */
export function decode(file) {
  if (file.format !== FORMAT) throw new Error(`index de recherche : format ${file.format}`);
  const { regions, departements, epci } = file;
  const communes = decodeCommunes(file.communes);
  const places = [
    ...rows("region", regions, (place) => { place.region = place.code; }),
    ...rows("departement", departements, (place, i) => {
      place.departement = place.code;
      place.region = departements.regions[i];
    }),
    ...rows("epci", epci, (place, i) => {
      place.departement = epci.departements[i];
      place.siren = place.code;
    }),
    ...communes,
  ];
  const targets = accumulate(file.aliases.targets);
  const codes = file.aliases.codes.split("|");
  const aliases = file.aliases.names.split("\n").map((name, i) => (
    { name, code: codes[i], kind: file.aliases.kinds[i], place: communes[targets[i]] }
  ));
  const byId = new Map(places.map((place) => [place.id, place]));
  for (const [name, id, kind] of file.usual) aliases.push({ name, code: "", kind, place: byId.get(id) });
  return { places, aliases };
}

function toPlace(level, code, name, population) {
  const id = `${level}-${code}`;
  return { id, level, code, name, population, departement: "", region: "", postcodes: [], siren: "" };
}

function rows(level, columns, complete) {
  return columns.codes.map((code, i) => {
    const place = toPlace(level, code, columns.names[i], columns.populations[i]);
    complete(place, i);
    return place;
  });
}

function decodeCommunes(columns) {
  const codes = columns.codes.flatMap(([prefix, gaps]) =>
    accumulate(gaps).map((number) => prefix + String(number).padStart(3, "0")));
  const names = columns.names.split("\n");
  const postcodes = columns.postcodes.split("|");
  const sirens = columns.sirens.split(" ");
  return codes.map((code, i) => {
    const place = toPlace("commune", code, names[i], columns.populations[i]);
    place.departement = code.slice(0, /^9[78]/.test(code) ? 3 : 2);
    if (postcodes[i]) place.postcodes = postcodes[i].split(" ");
    place.siren = wholeSiren(code, sirens[i]);
    return place;
  });
}

function accumulate(gaps) {
  let total = 0;
  return gaps.map((gap) => (total += gap));
}

/** Give back to a SIREN its beginning and its control digit (Luhn). */
function wholeSiren(code, text) {
  if (!text) return "";
  const digits = text.length === SIREN_BODY ? text : `21${code.slice(0, 2)}${text}`;
  let sum = 0;
  for (let i = 0; i < digits.length; i += 1) {
    const number = (digits.charCodeAt(i) - 48) * (i % 2 ? 2 : 1);
    sum += number > 9 ? number - 9 : number;
  }
  return digits + String((10 - (sum % 10)) % 10);
}
