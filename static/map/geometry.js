/**
 * The geometry of a level, fetched and read: shapes, boundaries, and the zones that are made of the
 * shapes of a finer level (Pays, CRTE…), merged here so that no zoning needs a file of its own.
 */
(() => {
  'use strict';
  const Territoires = (window.Territoires ??= {});
  const { Shape, linesToPath } = Territoires.drawing;

  /** What went wrong while loading, in words for the reader. */
  class LoadError extends Error {}

  /** The name of the file changes with its content: the browser's copy is always right. */
  async function fetchJson(url) {
    const answer = await fetch(url, { cache: 'force-cache' })
      .catch(() => { throw new LoadError('le serveur ne répond pas'); });
    if (!answer.ok) throw new LoadError(`les contours manquent sur le serveur (${answer.status})`);
    return answer.json().catch(() => { throw new LoadError('le fichier des contours est illisible'); });
  }

  /** Wait for an element of the page around, which may be drawn after the frame; gives its text. */
  function textInPage(selector, name) {
    const page = window.parent.document;
    const read = () => page.querySelector(selector)?.dataset[name];
    return new Promise((resolve) => {
      if (read()) return resolve(read());
      const watch = new MutationObserver(() => { if (read()) { watch.disconnect(); resolve(read()); } });
      return watch.observe(page.body, { childList: true, subtree: true });
    });
  }

  /** Merge the members of each zone, given by their ranks in the file. */
  const mergeZones = (topology, zones) => zones.map(([id, name, members]) => ({
    ...topojson.mergeArcs(topology, members.map((rank) => topology.objects.territories.geometries[rank])),
    id, properties: { n: name },
  }));

  const collection = (geometries) => ({ type: 'GeometryCollection', geometries });
  const outer = (a, b) => a === b;
  const inner = (a, b) => a !== b;

  /** The shapes of one file. */
  class Part {
    constructor(topology, level, zones) {
      this.topology = topology;
      this.isMerged = Boolean(zones);
      this.geometries = zones ? mergeZones(topology, zones) : topology.objects.territories.geometries;
      this.shapes = this.geometries.map((geometry) => new Shape(topology, geometry, level));
    }

    #mesh(geometries, filter) {
      return linesToPath(topojson.mesh(this.topology, collection(geometries), filter).coordinates);
    }

    /** The boundaries as three paths: outer edge, boundaries between parents, the others. */
    borders() {
      if (this.isMerged) {
        const all = this.topology.objects.territories.geometries;
        return {
          trait: this.#mesh(this.geometries, inner),
          parent: this.#mesh(this.geometries, outer),
          cote: this.#mesh(all, outer),
        };
      }
      return {
        trait: this.#mesh(this.geometries, (a, b) => a !== b && a.properties.p === b.properties.p),
        parent: this.#mesh(this.geometries, (a, b) => a !== b && a.properties.p !== b.properties.p),
        cote: this.#mesh(this.geometries, outer),
      };
    }

    /** The outer edge of some of the shapes, by their ranks. */
    edgeOf(ranks) { return edgeOf(this.topology, ranks.map((rank) => this.geometries[rank])); }
  }

  /** The shapes of a map, in the order of its files: one for a level, or one per département. */
  class Geometry {
    /**
     * @param {Object[]} topologies
     * @param {string} level
     * @param {?Array<[string, string, number[]]>} zones  code, name, ranks of the members
     */
    constructor(topologies, level, zones) {
      this.parts = topologies.map((topology) => new Part(topology, level, zones));
      this.shapes = this.parts.flatMap((part) => part.shapes);
    }

    /** The boundaries as three paths, those of all the files together. */
    borders() {
      const every = this.parts.map((part) => part.borders());
      return Object.fromEntries(['trait', 'parent', 'cote'].map((name) => [name, every.map((one) => one[name]).join('')]));
    }

    /** The outer edge of some of the shapes, by their ranks. */
    edgeOf(ranks) {
      let first = 0;
      return this.parts.map((part) => {
        const [from, until] = [first, first += part.shapes.length];
        const own = ranks.filter((rank) => rank >= from && rank < until);
        return own.length ? part.edgeOf(own.map((rank) => rank - from)) : '';
      }).join('');
    }
  }

  /** Shapes as one closed path, without the boundaries between them. */
  function edgeOf(topology, geometries) {
    const merged = topojson.merge(topology, geometries);
    return merged.coordinates.map((rings) => linesToPath(rings, true)).join('');
  }

  /** The whole land. */
  const groundOf = (topology) => edgeOf(topology, topology.objects.territories.geometries);

  /** Nearest shape in a direction: distance counts, and straying from the direction counts more. */
  function neighbour(shapes, from, [dx, dy], isOpen) {
    const centre = ({ box }) => [(box[0] + box[2]) / 2, (box[1] + box[3]) / 2];
    const [x, y] = centre(shapes[from]);
    let best = from;
    let least = Infinity;
    shapes.forEach((shape, index) => {
      const [tx, ty] = centre(shape);
      const along = (tx - x) * dx + (ty - y) * dy;
      const across = Math.abs((tx - x) * dy) + Math.abs((ty - y) * dx);
      if (index === from || along <= 0 || across > 2.5 * along || !isOpen(index)) return;
      const cost = along + 2 * across;
      if (cost < least) [least, best] = [cost, index];
    });
    return best;
  }

  Territoires.geometry = { Geometry, LoadError, fetchJson, groundOf, neighbour, textInPage };
})();
