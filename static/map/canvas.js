/**
 * The 34,875 communes: a canvas under the SVG, which Leaflet moves and zooms as its own renderers.
 */
(() => {
  'use strict';
  const Territoires = (window.Territoires ??= {});
  const { make } = Territoires;
  const { node } = Territoires.drawing;
  const { OUTSIDE, lookOf, textureInk } = Territoires.textures;
  /** Radii in pixels: of a circle too small for an edge, and too small to be told from a square. */
  const SPECK = 2.5, DOT = 1;
  /** Opacity of what covers the land outside the limit, as in the style sheet. */
  const VEIL = 0.6;

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
      if (plate.veil) {
        pen.globalAlpha = VEIL;
        pen.fillStyle = colour('--mer');
        pen.fill(plate.veil, 'evenodd');
        pen.globalAlpha = 1;
      }
      this.drawCircles(pen, colour, scale, origin, size);
    },
    /**
     * As the style sheet draws them in the SVG: by the thousand, an element each is too slow. Specks
     * come last, as one path, and have no edge: it would be all one sees of them.
     */
    drawCircles(pen, colour, scale, origin, size) {
      pen.fillStyle = colour('--c0');
      pen.strokeStyle = colour('--choisi');
      pen.lineWidth = 1.2 / scale;
      const specks = new Path2D();
      for (const { x, y, radius: full } of this.drawing.circles) {
        const radius = full * this.drawing.plate.symbolScale;
        const [left, top] = [origin.x + x * scale, origin.y - y * scale];
        if (left < -radius || top < -radius || left > size.x + radius || top > size.y + radius) continue;
        const reach = radius / scale;
        if (radius < DOT) specks.rect(x - reach, -y - reach, 2 * reach, 2 * reach);
        else {
          const circle = radius < SPECK ? specks : new Path2D();
          circle.moveTo(x + reach, -y);
          circle.arc(x, -y, reach, 0, 2 * Math.PI);
          if (circle === specks) continue;
          pen.globalAlpha = 0.62;
          pen.fill(circle);
          pen.globalAlpha = 1;
          pen.stroke(circle);
        }
      }
      pen.globalAlpha = 0.62;
      pen.fill(specks);
      pen.globalAlpha = 1;
    },
    fill(pen, key, colour, ratio) {
      const { rank, texture } = lookOf(key);
      const base = colour(rank >= 0 ? `--c${rank}` : key === OUTSIDE ? '--dehors' : texture ? '--vide' : '--terre');
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
  Territoires.drawing.CanvasShapes = CanvasShapes;
})();
