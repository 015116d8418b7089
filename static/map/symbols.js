/**
 * What is laid over the shapes: proportional circles, and the watermark of a demonstration set.
 * Neither takes the mouse or the focus: the shape under them keeps both.
 */
(() => {
  'use strict';
  const Territoires = (window.Territoires ??= {});
  const { make } = Territoires;
  const { node } = Territoires.drawing;
  const HEIGHTS = 15;
  /** Pixels of a map on which the circles have their full size. */
  const FULL_WIDTH = 900, FULL_HEIGHT = 540;
  /** In pixels of the screen. */
  const LETTER = 21, GAP = 44, LINE = 84, SLOPE = -28;
  const FONT = '"Atkinson Hyperlegible Next", system-ui, sans-serif';

  const area = (ring) => Math.abs(ring.reduce((sum, [x, y], at) => {
    const [nextX, nextY] = ring[(at + 1) % ring.length];
    return sum + x * nextY - nextX * y;
  }, 0));

  /** Middles of what a horizontal line has inside the rings (holes are outside). */
  function middlesAt(rings, y) {
    const crossings = [];
    for (const ring of rings) {
      for (let k = 1; k < ring.length; k += 1) {
        const [ax, ay] = ring[k - 1];
        const [bx, by] = ring[k];
        if ((ay > y) !== (by > y)) crossings.push(ax + ((y - ay) / (by - ay)) * (bx - ax));
      }
    }
    crossings.sort((a, b) => a - b);
    return crossings.flatMap((x, at) => (at % 2 ? [(crossings[at - 1] + x) / 2] : []));
  }

  /** Square of the distance from a point to the nearest edge; gives up under a known better one. */
  function room(rings, x, y, enough) {
    let least = Infinity;
    for (const ring of rings) {
      for (let k = 1; k < ring.length && least > enough; k += 1) {
        const [ax, ay] = ring[k - 1];
        const dx = ring[k][0] - ax;
        const dy = ring[k][1] - ay;
        const along = ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy || 1);
        const share = Math.max(0, Math.min(1, along));
        least = Math.min(least, (x - ax - share * dx) ** 2 + (y - ay - share * dy) ** 2);
      }
    }
    return least;
  }

  /** A point inside the largest polygon, far from its edges; null for a shape without any. */
  function visualCentre(polygons) {
    const rings = polygons.reduce((one, other) => (one && area(one[0]) >= area(other[0]) ? one : other), null);
    if (!rings) return null;
    const ys = rings[0].map(([, y]) => y);
    const south = Math.min(...ys);
    const step = (Math.max(...ys) - south) / HEIGHTS;
    let best = null;
    let most = -1;
    for (let k = 0; k < HEIGHTS; k += 1) {
      const y = south + (k + 0.5) * step;
      for (const x of middlesAt(rings, y)) {
        const found = room(rings, x, y, most);
        if (found > most) [most, best] = [found, [x, y]];
      }
    }
    return best ?? rings[0][0];
  }

  /**
   * Circles, at the visual centre of their shapes. Their radius is in pixels whatever the zoom, and
   * shrinks with the frame, so that on a small one they leave something of the country to be seen.
   */
  Territoires.Symbols = class {
    constructor(plate) {
      this.plate = plate;
      this.group = plate.symbols;
      this.shown = '';
      plate.frame.map.on('resize', () => this.#fit());
      this.#fit();
    }

    #fit() {
      const { x: width, y: height } = this.plate.frame.map.getSize();
      const scale = Math.min(1, width / FULL_WIDTH, height / FULL_HEIGHT);
      if (!width || scale === this.plate.symbolScale) return;
      this.plate.symbolScale = scale;
      this.plate.svg.style.setProperty('--echelle-cercles', scale);
      this.drawing?.layer?.draw();
      // The legend stands in the page: its circles are drawn with the same scale.
      try {
        window.parent.document.documentElement.style.setProperty('--echelle-cercles', scale);
      } catch { /* another origin */ }
    }

    /**
     * Place the circles: in the SVG, or in what the canvas draws at its next paint.
     * @param {SvgShapes|CanvasShapes} drawing
     * @param {Shape[]} shapes
     * @param {Object} paint
     * @param {string} paint.classes
     * @param {number[]} paint.sizes  radius of each territory drawn 'p', in tenths of a pixel, in file order
     * @param {number[]} paint.rings  radius of a bare circle over each territory, whatever its class
     */
    show(drawing, shapes, { classes, sizes = [], rings = [] }) {
      const wanted = sizes.length || rings.length ? `${classes} ${sizes} ${rings}` : '';
      if (wanted === this.shown) return;
      Object.assign(this, { shown: wanted, drawing });
      this.group.classList.toggle('nus', rings.length > 0);
      let rank = -1;
      const radii = rings.length ? rings : [...classes].map((key) => (key === 'p' ? sizes[rank += 1] : 0));
      const circles = wanted ? this.#place(shapes, radii) : [];
      if (drawing.circles) drawing.circles = circles;
      else this.group.replaceChildren(...circles.map(this.#circle));
    }

    #place(shapes, radii) {
      const circles = [];
      shapes.forEach((shape, index) => {
        const radius = radii[index] / 10;
        if (!(radius > 0)) return;
        shape.centre ??= visualCentre(shape.read());
        if (shape.centre) circles.push({ id: shape.id, x: shape.centre[0], y: shape.centre[1], radius });
      });
      // A small circle on a large one can be read; under it, it cannot.
      return circles.sort((one, other) => other.radius - one.radius);
    }

    /** The style sheet makes the radius follow the scale. */
    #circle({ id, x, y, radius }) {
      return node('circle', { cx: x.toFixed(2), cy: (-y).toFixed(2), style: `--r:${radius}`, 'data-symbole': id });
    }
  };

  /** A text all over the map, wherever it is moved, and once more in its corner. */
  Territoires.Watermark = class {
    constructor(frame, plate, [west, south, east, north]) {
      this.frame = frame;
      this.group = plate.watermark;
      const [width, height] = [east - west, north - south];
      // Well beyond what a reader may drag into view.
      this.room = { x: west - width, y: -north - height, width: 3 * width, height: 3 * height };
      this.tag = make('p', 'marque');
      frame.container.append(this.tag);
      this.text = '';
      frame.map.on('zoomend resize', () => this.#keepPixels());
      document.addEventListener('tailles', () => this.#keepPixels());
    }

    show(text = '') {
      if (text === this.text) return;
      this.text = text;
      this.tag.textContent = text;
      this.group.replaceChildren();
      this.pattern = text && this.#write(text);
      this.#keepPixels();
    }

    /** Two lines per tile, the second shifted by half: no straight cut passes between the words. */
    #write(text) {
      const pen = document.createElement('canvas').getContext('2d');
      pen.font = `700 ${LETTER}px ${FONT}`;
      const width = pen.measureText(text).width + GAP;
      const pattern = node('pattern', {
        id: 'motif-filigrane', width, height: 2 * LINE, patternUnits: 'userSpaceOnUse',
      }, node('defs', {}, this.group));
      for (const [x, y] of [[0, 0.5], [-0.5, 1.5], [0.5, 1.5]]) {
        const line = node('text', { x: x * width + GAP / 2, y: y * LINE + LETTER / 3 }, pattern);
        line.textContent = text;
      }
      node('rect', { ...this.room, fill: 'url("#motif-filigrane")' }, this.group);
      return pattern;
    }

    #keepPixels() {
      if (!this.pattern) return;
      // The stage says how high its letters are; on a page they are smaller on a small map.
      const asked = Number.parseFloat(getComputedStyle(document.documentElement).getPropertyValue('--lettre'));
      const scale = asked ? asked / LETTER : Math.max(0.62, Math.min(1, this.frame.container.clientWidth / 800));
      this.pattern.setAttribute('patternTransform', `scale(${scale * this.frame.kmPerPixel()}) rotate(${SLOPE})`);
    }
  };
})();
