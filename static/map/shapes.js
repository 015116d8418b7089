/**
 * The drawing of the territories, in map kilometres: one SVG stretched over the map, so that no
 * vertex is ever projected again, and for the 34,875 communes a canvas under it.
 * The characters of a paint are those of textures.js.
 *
 * Of a shape, « box » is west, south, east, north of its largest polygon, « hull » of all of them;
 * path data have their y downwards.
 */
(() => {
  'use strict';
  const Territoires = (window.Territoires ??= {});
  const { make } = Territoires;
  const SVG = 'http://www.w3.org/2000/svg';
  const { LOOKS, classCount, lookOf, textureInk } = Territoires.textures;

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

  /** The boundaries as three paths: outer edge, boundaries between parents, the others. */
  function readBorders(topology) {
    const territories = topology.objects.territories;
    const mesh = (filter) => linesToPath(topojson.mesh(topology, territories, filter).coordinates);
    return {
      trait: mesh((a, b) => a !== b && a.properties.p === b.properties.p),
      parent: mesh((a, b) => a !== b && a.properties.p !== b.properties.p),
      cote: mesh((a, b) => a === b),
    };
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
      this.frame.container.parentElement.classList.toggle('noms-dessous', 22 / scale < 10);
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

    drawBorders(borders) {
      this.borders.replaceChildren();
      for (const name of ['trait', 'parent', 'cote']) node('path', { class: name, d: borders[name] }, this.borders);
    }

    drawInsets(topology) {
      this.insets.replaceChildren();
      for (const geometry of topology.objects.insets?.geometries ?? []) {
        const { coordinates } = topojson.feature(topology, geometry).geometry;
        node('path', { class: 'cadre', d: linesToPath(coordinates, true) }, this.insets);
        const [west, north] = coordinates[0].reduce(([x, y], point) => [Math.min(x, point[0]), Math.max(y, point[1])], [Infinity, -Infinity]);
        node('text', { x: west, y: -north, dx: '.55em', dy: '1.4em' }, this.insets).textContent = geometry.properties.n;
      }
      const names = [...this.insets.querySelectorAll('text')].map((text) => text.textContent);
      if (names.length) this.frame.caption(`Encadrés, de haut en bas et de gauche à droite : ${names.join(', ')}.`);
      this.#keepPixels();
    }
  }

  /** Régions, départements, EPCI: one focusable path each. */
  class SvgShapes {
    constructor(plate, shapes) {
      this.elements = shapes.map((shape, index) => {
        const path = node('path', { d: shape.outline, role: 'button', tabindex: -1, 'data-territoire': shape.id, 'aria-pressed': 'false' }, plate.shapes);
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
        element.dataset.classe = key;
        element.dataset.etat = lookOf(key).state;
      });
      this.classes = classes;
    }
  }

  /** Communes: a canvas, and one focusable path that goes where the reader goes. */
  class CanvasShapes {
    constructor(plate, shapes, borders) {
      this.shapes = shapes;
      this.plate = plate;
      this.paths = shapes.map((shape) => shape.path2D);
      this.borders = Object.fromEntries(Object.entries(borders).map(([name, path]) => [name, new Path2D(path)]));
      this.groups = new Map();
      this.circles = [];
      this.cursor = node('path', { class: 'curseur', role: 'button', tabindex: 0, 'aria-pressed': 'false' }, plate.shapes);
      this.layer = new CanvasLayer(this, { padding: 0.25 }).addTo(plate.frame.map);
      plate.frame.onTheme(() => this.layer.draw());
    }

    at(event) {
      const { lat: y, lng: x } = this.plate.frame.map.mouseEventToLatLng(event);
      const pen = this.layer.probe;
      return this.shapes.findIndex(({ hull }, index) => (
        x >= hull[0] && x <= hull[2] && y >= hull[1] && y <= hull[3]
        && pen.isPointInPath(this.paths[index], x, -y)));
    }

    element(index) {
      const { id, outline } = this.shapes[index];
      if (this.cursor.dataset.territoire !== id) {
        this.cursor.setAttribute('d', outline);
        this.cursor.dataset.territoire = id;
      }
      this.cursor.dataset.etat = this.classes ? lookOf(this.classes[index]).state : '';
      return this.cursor;
    }

    paint(classes) {
      if (classes !== this.classes) {
        this.classes = classes;
        this.groups.clear();
        for (let index = 0; index < this.paths.length; index += 1) {
          const key = classes[index] ?? 'm';
          if (!this.groups.has(key)) this.groups.set(key, new Path2D());
          this.groups.get(key).addPath(this.paths[index]);
        }
      }
      this.layer.draw();
    }
  }

  /** Leaflet moves and zooms this canvas as it does its own vector renderers. */
  const CanvasLayer = L.Renderer.extend({
    initialize(drawing, options) {
      L.Renderer.prototype.initialize.call(this, options);
      this.drawing = drawing;
      this.probe = document.createElement('canvas').getContext('2d');
    },
    _initContainer() {
      this._container = make('canvas', 'toile');
      this._container.setAttribute('aria-hidden', 'true');
    },
    _destroyContainer() { this._container.remove(); },
    _updatePaths() {},
    _onZoomEnd() {},
    onAdd() {
      L.Renderer.prototype.onAdd.call(this);
      // Under the SVG, whose rings and frames must stay visible.
      this.getPane().prepend(this._container);
    },
    _update() {
      if (this._map._animatingZoom && this._bounds) return;
      L.Renderer.prototype._update.call(this);
      this.draw();
    },
    draw() {
      if (!this._bounds || !this.drawing.borders) return;
      const { plate, groups, borders, shapes } = this.drawing;
      const size = this._bounds.getSize();
      const ratio = Math.min(window.devicePixelRatio || 1, 2);
      const canvas = this._container;
      L.DomUtil.setPosition(canvas, this._bounds.min);
      canvas.width = Math.round(size.x * ratio);
      canvas.height = Math.round(size.y * ratio);
      canvas.style.width = `${size.x}px`;
      canvas.style.height = `${size.y}px`;
      const pen = canvas.getContext('2d');
      const scale = 1 / plate.frame.kmPerPixel();
      const origin = this._map.latLngToLayerPoint([0, 0]).subtract(this._bounds.min);
      pen.setTransform(ratio * scale, 0, 0, ratio * scale, ratio * origin.x, ratio * origin.y);
      const colour = (name) => getComputedStyle(plate.svg).getPropertyValue(name).trim();
      for (const [key, path] of groups) {
        pen.fillStyle = this.fill(pen, key, colour, ratio);
        pen.fill(path);
      }
      const stroke = (path, name, width) => {
        pen.strokeStyle = colour(name);
        pen.lineWidth = width / scale;
        pen.stroke(path);
      };
      pen.lineJoin = 'round';
      // At the scale of the country a line per commune would be all one sees.
      if (shapes.length < 5000 || scale > 1.6) stroke(borders.trait, '--trait', Math.min(0.7, scale / 6));
      stroke(borders.parent, '--parent', 0.8);
      stroke(borders.cote, '--cote', 0.8);
      this.drawCircles(pen, colour, scale, origin, size);
    },
    /** As the style sheet draws them in the SVG: by the thousand, an element each is too slow. */
    drawCircles(pen, colour, scale, origin, size) {
      pen.fillStyle = colour('--c0');
      pen.strokeStyle = colour('--choisi');
      pen.lineWidth = 1.2 / scale;
      for (const { x, y, radius: full } of this.drawing.circles) {
        const radius = full * this.drawing.plate.symbolScale;
        const [left, top] = [origin.x + x * scale, origin.y - y * scale];
        if (left < -radius || top < -radius || left > size.x + radius || top > size.y + radius) continue;
        pen.beginPath();
        pen.arc(x, -y, radius / scale, 0, 2 * Math.PI);
        pen.globalAlpha = 0.62;
        pen.fill();
        pen.globalAlpha = 1;
        pen.stroke();
      }
    },
    fill(pen, key, colour, ratio) {
      const { rank, texture } = lookOf(key);
      const base = colour(rank >= 0 ? `--c${rank}` : texture ? '--vide' : '--terre');
      if (!texture) return base;
      const tile = document.createElement('canvas');
      tile.width = tile.height = 8 * ratio;
      const brush = tile.getContext('2d');
      brush.scale(ratio, ratio);
      brush.fillStyle = base;
      brush.fillRect(0, 0, 8, 8);
      brush.strokeStyle = rank >= 0 ? textureInk(base) : colour('--motif');
      brush.lineWidth = texture.width;
      brush.lineCap = 'round';
      brush.stroke(new Path2D(texture.path));
      const pattern = pen.createPattern(tile, 'repeat');
      pattern.setTransform(pen.getTransform().inverse());
      return pattern;
    },
  });
  Territoires.drawing = { Plate, SvgShapes, CanvasShapes, Shape, readBorders, linesToPath, node };
})();
