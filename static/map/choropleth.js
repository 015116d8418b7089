/**
 * The map of Territoires: Territoires.mount draws the geometry once, Territoires.paint recolours it.
 *
 * The base script of the component calls mount; it never changes for a level, so the frame stays.
 * The feature group's script calls paint, with a few kilobytes. A paint that comes before the
 * geometry waits for it; only the last one counts.
 *
 * Keyboard: the shapes are one tab stop (« roving tabindex »), because 1,255 stops would be a trap.
 * Arrows go to the neighbour in that direction, Home and End to the first and last, Page Up and
 * Page Down through all of them in the order of their codes, Enter and Space choose.
 *
 * For the tests: the container carries data-pret="oui" once painted and data-paint, a counter.
 */
(() => {
  'use strict';
  const Territoires = (window.Territoires ??= {});
  const { make } = Territoires;
  const { lookOf } = Territoires.textures;
  const { Plate, SvgShapes, CanvasShapes, Shape, readBorders, linesToPath, node } = Territoires.drawing;
  const MAX_ZOOM = { region: 2, departement: 3, epci: 4, commune: 5 };
  const NO_TEXT = '\u2205';
  const KEYS_HELP = 'Flèches : territoire voisin. Page suivante et page précédente : dans l’ordre des codes. '
    + 'Début et Fin : premier et dernier. Entrée : choisir. Plus et moins : zoomer.';

  /** The label that follows the pointer or the keyboard. Hidden from screen readers, which have aria-label. */
  class Tooltip {
    constructor(container) {
      this.container = container;
      this.element = make('div', 'bulle');
      this.element.setAttribute('aria-hidden', 'true');
      container.append(this.element);
    }

    /** @param {string[]} lines  @param {{left, right, top, bottom}} around  in pixels of the window */
    show(lines, around) {
      this.element.replaceChildren(...lines.filter(Boolean).map((line, rank) => make('p', rank ? '' : 'nom', line)));
      this.element.classList.add('visible');
      const room = this.container.getBoundingClientRect();
      const { offsetWidth: width, offsetHeight: height } = this.element;
      const left = (around.left + around.right) / 2 - room.left - width / 2;
      const above = around.top - room.top - height - 8;
      const top = above > 4 ? above : around.bottom - room.top + 14;
      this.element.style.left = `${Math.max(4, Math.min(room.width - width - 4, left))}px`;
      this.element.style.top = `${Math.max(4, Math.min(room.height - height - 4, top))}px`;
    }

    hide() { this.element.classList.remove('visible'); }
  }

  class Choropleth {
    constructor(id, config) {
      this.config = config;
      this.frame = Territoires.openFrame(id, config.bounds, MAX_ZOOM[config.level] ?? 3);
      this.tooltip = new Tooltip(this.frame.container);
      this.plate = new Plate(this.frame, config.bounds);
      this.symbols = new Territoires.Symbols(this.plate);
      this.watermark = new Territoires.Watermark(this.frame, this.plate, config.bounds);
      this.points = new Territoires.Points(this.frame, this.tooltip);
      this.common = { points: [], kinds: [], states: {}, attribution: '' };
      this.help = make('p', 'hors-ecran', KEYS_HELP);
      this.help.id = 'aide-clavier';
      this.live = make('p', 'hors-ecran');
      this.live.setAttribute('aria-live', 'polite');
      this.frame.container.append(this.help, this.live);
      this.plate.svg.setAttribute('aria-describedby', this.help.id);
      this.paints = 0;
      this.current = 0;
      this.#load();
    }

    async #load() {
      const { url, backdrop, level, common } = this.config;
      this.frame.say('Chargement de la carte…', 'status');
      try {
        const coming = fetchJson(url);
        if (backdrop) {
          coming.catch(() => {});
          const land = await fetchJson(backdrop);
          this.plate.drawInsets(land);
          this.#drawGround(land);
        }
        if (common) await this.#readCommon(common);
        const topology = await coming;
        this.shapes = topology.objects.territories.geometries.map((geometry) => new Shape(topology, geometry, level));
        this.names = topology.names && url.replace(/[^/]*$/, topology.names);
        const borders = readBorders(topology);
        this.plate.drawInsets(topology);
        if (level === 'commune') {
          this.drawing = new CanvasShapes(this.plate, this.shapes, borders);
        } else {
          this.plate.drawBorders(borders);
          this.drawing = new SvgShapes(this.plate, this.shapes);
        }
        this.#listen();
      } catch (error) {
        console.error(error);
        const reason = error instanceof LoadError ? error.message : 'le dessin a échoué';
        this.frame.say(`La carte n’a pas pu être chargée : ${reason}. Rechargez la page ; `
          + 'les mêmes données restent lisibles dans le tableau.', 'alert');
        this.frame.container.dataset.pret = 'non';
        return;
      }
      this.frame.say('', 'status');
      if (this.wanted) this.paint(this.wanted);
      if (this.names) this.#nameShapes(this.names);
    }

    /** Read what no change touches (actors, words), which the page holds once for all its maps. */
    #readCommon(selector) {
      const page = window.parent.document;
      const read = () => {
        const text = page.querySelector(selector)?.dataset.commun;
        if (!text || text === this.commonText) return Boolean(text);
        this.commonText = text;
        this.common = JSON.parse(text);
        this.frame.setCredit(this.common.attribution);
        return true;
      };
      this.rereadCommon = read;
      return new Promise((resolve) => {
        if (read()) return resolve();
        const watch = new MutationObserver(() => { if (read()) { watch.disconnect(); resolve(); } });
        return watch.observe(page.body, { childList: true, subtree: true });
      });
    }

    /** Names that are no part of the geometry's file (communes) come after the first drawing. */
    async #nameShapes(url) {
      const names = await fetchJson(url).catch((error) => { console.error(error); return []; });
      this.shapes.forEach((shape, index) => { shape.name = names[index] ?? shape.name; });
      this.#name(this.drawing.element(this.current), this.current);
    }

    /** Show the land while the finer geometry is on its way. */
    #drawGround(topology) {
      const edge = topojson.merge(topology, topology.objects.territories.geometries);
      node('path', { d: edge.coordinates.map((rings) => linesToPath(rings, true)).join('') }, this.plate.ground);
    }

    #listen() {
      const { container, map } = this.frame;
      const { svg } = this.plate;
      map.on('click', ({ originalEvent }) => this.#choose(this.#indexAt(originalEvent)));
      container.addEventListener('mousemove', (event) => {
        if (event.target.closest('.leaflet-marker-pane, .boutons')) return this.plate.hover.setAttribute('d', '');
        return this.#hover(event);
      });
      container.addEventListener('mouseleave', () => { this.plate.hover.setAttribute('d', ''); this.tooltip.hide(); });
      map.on('movestart', () => this.tooltip.hide());
      // On the container: Chromium makes an SVG that listens to focus a tab stop of its own.
      container.addEventListener('focusin', ({ target }) => {
        if (!svg.contains(target)) return;
        // A click of the mouse may focus a shape that was not the tab stop.
        const index = target.indexInFile ?? this.current;
        if (index !== this.current) this.#stopAt(index);
        this.#showFocus();
      });
      container.addEventListener('focusout', ({ target }) => {
        if (!svg.contains(target)) return;
        this.plate.focus.forEach((ring) => ring.setAttribute('d', ''));
        this.tooltip.hide();
      });
      svg.addEventListener('keydown', (event) => this.#onKey(event));
    }

    #indexAt(event) {
      return event.target.closest?.('.leaflet-marker-pane') ? -1 : this.drawing.at(event);
    }

    #hover(event) {
      const index = this.#indexAt(event);
      this.plate.hover.setAttribute('d', this.shapes[index]?.outline ?? '');
      this.frame.container.classList.toggle('sur-un-territoire', index >= 0);
      if (index < 0) return this.tooltip.hide();
      const { clientX: x, clientY: y } = event;
      return this.tooltip.show(this.#lines(index), { left: x, right: x, top: y - 4, bottom: y + 8 });
    }

    /** Name, value, state of a territory: the tooltip's lines and, joined, its accessible name. */
    #lines(index) {
      const { classes = '', labels = [], suffix = '' } = this.wanted ?? {};
      const { rank, state } = lookOf(classes[index]);
      const text = this.texts?.[index];
      const value = (this.texts ? text !== NO_TEXT && text + suffix : labels[rank]) || '';
      const label = this.common.states[state];
      return [this.shapes[index].name, value, value.includes(label) ? '' : label].filter(Boolean);
    }

    /** Make a territory the one tab stop of the drawing. */
    #stopAt(index) {
      this.drawing.element(this.current).setAttribute('tabindex', '-1');
      this.current = index;
      const element = this.drawing.element(index);
      element.setAttribute('tabindex', '0');
      if (this.drawing instanceof CanvasShapes) this.#name(element, index);
      return element;
    }

    #moveTo(index) {
      const element = this.#stopAt(index);
      if (document.activeElement !== element) return element.focus({ preventScroll: true });
      // On the canvas the same element goes from commune to commune: its new name is announced.
      this.live.textContent = this.#lines(index).join(', ');
      return this.#showFocus();
    }

    #showFocus() {
      const { outline, box: [west, south, east, north] } = this.shapes[this.current];
      if (!document.activeElement.matches(':focus-visible')) return;
      const { map, container } = this.frame;
      this.plate.focus.forEach((ring) => ring.setAttribute('d', outline));
      const box = L.latLngBounds([south, west], [north, east]);
      if (!map.getBounds().contains(box.getCenter())) map.panInside(box.getCenter(), { padding: [60, 60], animate: false });
      const room = container.getBoundingClientRect();
      const high = map.latLngToContainerPoint(box.getNorthWest());
      const low = map.latLngToContainerPoint(box.getSouthEast());
      this.tooltip.show(this.#lines(this.current), { left: room.left + high.x, right: room.left + low.x, top: room.top + high.y, bottom: room.top + low.y });
    }

    /** Nearest shape in a direction: distance counts, and straying from the direction counts more. */
    #neighbour(dx, dy) {
      const centre = ({ box }) => [(box[0] + box[2]) / 2, (box[1] + box[3]) / 2];
      const [x, y] = centre(this.shapes[this.current]);
      let best = this.current;
      let least = Infinity;
      this.shapes.forEach((shape, index) => {
        const [tx, ty] = centre(shape);
        const along = (tx - x) * dx + (ty - y) * dy;
        const across = Math.abs((tx - x) * dy) + Math.abs((ty - y) * dx);
        if (index === this.current || along <= 0 || across > 2.5 * along) return;
        const cost = along + 2 * across;
        if (cost < least) [least, best] = [cost, index];
      });
      return best;
    }

    #onKey(event) {
      const last = this.shapes.length - 1;
      const moves = {
        ArrowLeft: () => this.#neighbour(-1, 0),
        ArrowRight: () => this.#neighbour(1, 0),
        ArrowUp: () => this.#neighbour(0, 1),
        ArrowDown: () => this.#neighbour(0, -1),
        PageDown: () => Math.min(last, this.current + 1),
        PageUp: () => Math.max(0, this.current - 1),
        Home: () => 0,
        End: () => last,
      };
      if (event.altKey || event.ctrlKey || event.metaKey) return;
      if (event.key === 'Escape') this.tooltip.hide();
      else if (event.key === '+' || event.key === '-') this.#zoomOnFocus(event.key === '+' ? 0.5 : -0.5);
      else if (event.key === 'Enter' || event.key === ' ') {
        event.preventDefault();
        this.#choose(this.current);
      } else if (moves[event.key]) {
        event.preventDefault();
        this.#moveTo(moves[event.key]());
      }
    }

    /** Zoom about the shape that has the focus, so that it stays in view. */
    #zoomOnFocus(step) {
      const { map } = this.frame;
      const { box: [west, south, east, north] } = this.shapes[this.current];
      this.frame.moved();
      map.setView([(south + north) / 2, (west + east) / 2], map.getZoom() + step, { animate: false });
      this.#showFocus();
    }

    /** Show the choice at once and send it; n only grows, even when the frame is drawn anew. */
    #choose(index) {
      if (index < 0) return;
      this.current = index;
      this.#select(this.shapes[index].id);
      window.Streamlit?.setComponentValue({ territoire: this.shapes[index].id, n: Date.now() });
    }

    #select(id) {
      const find = (wanted) => this.shapes.findIndex((shape) => shape.id === wanted);
      const before = find(this.selected);
      const now = find(id);
      this.selected = id;
      this.plate.selection.forEach((ring) => ring.setAttribute('d', this.shapes[now]?.outline ?? ''));
      if (this.drawing instanceof SvgShapes) {
        this.drawing.elements[before]?.setAttribute('aria-pressed', 'false');
        this.drawing.elements[now]?.setAttribute('aria-pressed', 'true');
      }
      if (this.plate.svg.contains(document.activeElement)) return;
      this.#stopAt(now < 0 ? this.current : now);
    }

    #name(element, index) {
      const label = this.#lines(index).join(', ');
      if (element.getAttribute('aria-label') !== label) element.setAttribute('aria-label', label);
      if (this.drawing instanceof CanvasShapes) element.setAttribute('aria-pressed', String(this.shapes[index].id === this.selected));
    }

    /**
     * @param {Object} wanted
     * @param {string} wanted.classes    one character per territory, in file order
     * @param {string[]} wanted.palette
     * @param {?string} wanted.texts     value per territory, separated by « | »
     * @param {?string} wanted.suffix    end that all values share
     * @param {?string[]} wanted.labels  one per class, used when texts is absent
     * @param {string} wanted.title
     * @param {?string} wanted.selected
     * @param {number[]} wanted.points   ranks of the kinds shown
     * @param {?number[]} wanted.sizes   radius in pixels of each territory drawn 'p', in file order
     * @param {?string} wanted.watermark
     */
    paint(wanted) {
      this.wanted = wanted;
      this.texts = wanted.texts?.split('|');
      document.title = wanted.title;
      this.plate.svg.setAttribute('aria-label', wanted.title);
      if (window.frameElement) window.frameElement.title = wanted.title;
      this.watermark.show(wanted.watermark);
      if (!this.drawing) return;
      this.rereadCommon?.();
      this.points.show(wanted.points, this.common.points, this.common.kinds);
      this.plate.setPalette(wanted.palette);
      this.symbols.show(this.drawing, this.shapes, wanted.classes, wanted.sizes);
      this.drawing.paint(wanted.classes);
      if (this.drawing instanceof SvgShapes) this.drawing.elements.forEach((element, index) => this.#name(element, index));
      this.#select(wanted.selected);
      this.plate.ground.replaceChildren();
      this.paints += 1;
      this.frame.container.dataset.paint = this.paints;
      this.frame.container.dataset.pret = 'oui';
    }
  }

  /** What went wrong while loading, in words for the reader. */
  class LoadError extends Error {}

  /** The name of the file changes with its content: the browser's copy is always right. */
  async function fetchJson(url) {
    const answer = await fetch(url, { cache: 'force-cache' })
      .catch(() => { throw new LoadError('le serveur ne répond pas'); });
    if (!answer.ok) throw new LoadError(`les contours manquent sur le serveur (${answer.status})`);
    return answer.json().catch(() => { throw new LoadError('le fichier des contours est illisible'); });
  }

  /** Draw the map in a container; gives the Leaflet map, which streamlit-folium wants. */
  Territoires.mount = (id, config) => {
    Territoires.map = new Choropleth(id, config);
    return Territoires.map.frame.map;
  };
  Territoires.paint = (wanted) => Territoires.map.paint(wanted);
})();
