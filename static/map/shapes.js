/**
 * The drawing of the territories, in map kilometres: one SVG stretched over the map, so that no
 * vertex is ever projected again, and for the 34,875 communes a canvas under it (canvas.js).
 * The characters of a paint are those of textures.js.
 *
 * Of a shape, « box » is west, south, east, north of its largest polygon, « hull » of all of them;
 * path data have their y downwards.
 */
(() => {
  'use strict';
  const Territoires = (window.Territoires ??= {});
  const SVG = 'http://www.w3.org/2000/svg';
  const { LOOKS, OUTSIDE, classCount, lookOf, textureInk } = Territoires.textures;

  const node = (tag, attributes = {}, parent = null) => {
    const element = document.createElementNS(SVG, tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    parent?.append(element);
    return element;
  };

  const hundredth = (value) => Math.round(value * 100) / 100;
  const linesToPath = (lines, close) => lines.map((line) => {
    let path = '';
    for (let k = 0; k < line.length; k += 1) {
      path += `${k ? 'L' : 'M'}${hundredth(line[k][0])} ${hundredth(-line[k][1])}`;
    }
    return close ? `${path}Z` : path;
  }).join('');

  /** The same as a canvas path, without the detour by a text. */
  const ringsToPath2D = (rings) => {
    const path = new Path2D();
    for (const ring of rings) {
      path.moveTo(ring[0][0], -ring[0][1]);
      for (let k = 1; k < ring.length; k += 1) path.lineTo(ring[k][0], -ring[k][1]);
      path.closePath();
    }
    return path;
  };

  const boxOf = (rings) => {
    let west = Infinity, south = Infinity, east = -Infinity, north = -Infinity;
    for (const ring of rings) {
      for (const [x, y] of ring) {
        if (x < west) west = x;
        if (x > east) east = x;
        if (y < south) south = y;
        if (y > north) north = y;
      }
    }
    return [west, south, east, north];
  };

  /** One territory of the topology; its vertices are read from the shared arcs when asked for. */
  class Shape {
    constructor(topology, geometry, level) {
      this.read = () => {
        const { type, coordinates } = topojson.feature(topology, geometry).geometry;
        return type === 'Polygon' ? [coordinates] : type === 'MultiPolygon' ? coordinates : [];
      };
      this.id = `${level}-${geometry.id}`;
      this.name = geometry.properties.n ?? String(geometry.id);
      const polygons = this.read();
      const area = ([west, south, east, north]) => (east - west) * (north - south);
      const boxes = polygons.map(([ring]) => boxOf([ring]));
      this.box = boxes.reduce((one, other) => (area(other) > area(one) ? other : one), boxes[0] ?? [0, 0, 0, 0]);
      this.hull = boxes.length < 2 ? this.box : boxOf(polygons.map(([ring]) => ring));
      this.path2D = level === 'commune' ? ringsToPath2D(polygons.flat()) : null;
    }

    get outline() {
      this.text ??= this.read().map((rings) => linesToPath(rings, true)).join('');
      return this.text;
    }
  }

  /** The SVG over the map: ground, shapes, borders, symbols, insets, watermark, rings. */
  class Plate {
    constructor(frame, [west, south, east, north]) {
      this.frame = frame;
      this.svg = node('svg', {
        class: 'planche', role: 'group', preserveAspectRatio: 'none',
        viewBox: `${west} ${-north} ${east - west} ${north - south}`,
      });
      const defs = node('defs', {}, this.svg);
      this.patterns = LOOKS.filter(({ texture }) => texture)
        .map(({ key, rank, texture }) => ({ rank, pattern: this.#pattern(defs, key, texture) }));
      const group = (name) => node('g', { class: name, 'aria-hidden': 'true' }, this.svg);
      this.ground = group('fond');
      this.shapes = node('g', { class: 'territoires' }, this.svg);
      this.borders = group('limites');
      const limit = group('limites');
      this.limit = [node('path', { class: 'voile' }, limit), node('path', { class: 'limite' }, limit)];
      this.symbols = group('symboles');
      this.insets = group('cartouches');
      this.watermark = group('filigrane');
      this.rings = group('anneaux');
      this.selection = [node('path', { class: 'choisi-halo' }, this.rings), node('path', { class: 'choisi' }, this.rings)];
      this.hover = node('path', { class: 'survol' }, this.rings);
      this.focus = [node('path', { class: 'foyer-halo' }, this.rings), node('path', { class: 'foyer' }, this.rings)];
      L.svgOverlay(this.svg, [[south, west], [north, east]], { interactive: true }).addTo(frame.map);
      frame.map.on('zoomend', () => this.#keepPixels());
      this.#keepPixels();
    }

    #pattern(defs, key, { path, width }) {
      const pattern = node('pattern', { id: `motif-${key}`, width: 8, height: 8, patternUnits: 'userSpaceOnUse' }, defs);
      node('rect', { width: 8, height: 8 }, pattern);
      node('path', { d: path, 'stroke-width': width, 'stroke-linecap': 'round', fill: 'none' }, pattern);
      return pattern;
    }

    /** Textures and names keep their size in pixels whatever the zoom. */
    #keepPixels() {
      const scale = this.frame.kmPerPixel();
      for (const { pattern } of this.patterns) pattern.setAttribute('patternTransform', `scale(${scale})`);
      this.svg.style.setProperty('--km', scale);
      // Names that would be too small inside their frames are given under the map instead.
      this.frame.container.parentElement.classList.toggle('noms-dessous', 26 / scale < 10);
    }

    setPalette(colours) {
      const colourOf = (rank) => colours[Math.min(rank, colours.length - 1)] ?? '#888888';
      for (let rank = 0; rank < classCount; rank += 1) this.svg.style.setProperty(`--c${rank}`, colourOf(rank));
      for (const { rank, pattern } of this.patterns.filter((one) => one.rank >= 0)) {
        const [rect, path] = pattern.children;
        rect.style.fill = colourOf(rank);
        path.style.stroke = textureInk(colourOf(rank));
      }
    }

    /** What lies under the shapes: the land while a heavy geometry is on its way, or between zones. */
    drawGround(path) {
      this.ground.replaceChildren();
      if (path) node('path', { d: path }, this.ground);
    }

    drawBorders(borders) {
      for (const name of ['trait', 'parent', 'cote']) node('path', { class: name, d: borders[name] }, this.borders);
    }

    /** The edge of what the map is limited to, and a veil over all the rest. */
    drawLimit(path, isOnCanvas) {
      const { x, y, width, height } = this.svg.viewBox.baseVal;
      const veil = path && `M${x} ${y}h${width}v${height}h${-width}Z${path}`;
      const [cover, edge] = this.limit;
      cover.setAttribute('d', isOnCanvas ? '' : veil);
      edge.setAttribute('d', path);
      // Beside a part of the country, a frame of another one is a stray box.
      this.insets.style.visibility = path ? 'hidden' : '';
      // On the canvas it lies under the circles.
      this.veil = isOnCanvas && veil ? new Path2D(veil) : null;
    }

    drawInsets(topology) {
      this.insets.replaceChildren();
      for (const geometry of topology.objects.insets?.geometries ?? []) {
        const { coordinates } = topojson.feature(topology, geometry).geometry;
        node('path', { class: 'cadre', d: linesToPath(coordinates, true) }, this.insets);
        const [west, , east, north] = boxOf(coordinates);
        node('text', { x: (west + east) / 2, y: -north, dy: '1em' }, this.insets).textContent = geometry.properties.n;
      }
      const names = [...this.insets.querySelectorAll('text')].map((text) => text.textContent);
      if (names.length) this.frame.caption(`Encadrés, de haut en bas et de gauche à droite : ${names.join(', ')}.`);
      this.#keepPixels();
    }
  }

  const BUTTON = { role: 'button', tabindex: -1, 'aria-pressed': 'false' };

  /** Régions, départements, EPCI, zones: one focusable path each. */
  class SvgShapes {
    constructor(plate, shapes) {
      this.elements = shapes.map((shape, index) => {
        const path = node('path', { d: shape.outline, 'data-territoire': shape.id, ...BUTTON }, plate.shapes);
        path.indexInFile = index;
        return path;
      });
      this.classes = '';
    }

    at(event) { return event.target.indexInFile ?? -1; }

    element(index) { return this.elements[index]; }

    paint(classes) {
      this.elements.forEach((element, index) => {
        const key = classes[index] ?? 'm';
        if (key === this.classes[index]) return;
        if ((key === OUTSIDE) !== (this.classes[index] === OUTSIDE)) this.#open(element, key !== OUTSIDE);
        element.dataset.classe = key;
        element.dataset.etat = lookOf(key).state;
      });
      this.classes = classes;
    }

    /** Make a shape one of those to choose, or a mere piece of ground. */
    #open(element, isOpen) {
      for (const name of ['role', 'tabindex', 'aria-pressed', 'aria-label', 'aria-hidden']) element.removeAttribute(name);
      const attributes = isOpen ? BUTTON : { 'aria-hidden': 'true' };
      for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    }
  }

  Territoires.drawing = { Plate, SvgShapes, Shape, linesToPath, node };
})();
