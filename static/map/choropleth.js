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
  const { lookOf, OUTSIDE } = Territoires.textures;
  const { Plate, SvgShapes, CanvasShapes } = Territoires.drawing;
  const { Geometry, LoadError, fetchJson, groundOf, neighbour, textInPage } = Territoires.geometry;
  /** More shapes than this are drawn on a canvas: so many elements would be slow. */
  const MAX_ELEMENTS = 3000;
  const MAX_ZOOM = { region: 2, departement: 3, zone: 4, epci: 5, commune: 6 };
  /** Instead of a text: none; before a text: it has not the end of the others. */
  const NO_TEXT = '\u2205', WHOLE = '\u2020';
  const KEYS_HELP = 'Flèches : territoire voisin. Page suivante et page précédente : dans l’ordre des codes. '
    + 'Début et Fin : premier et dernier. Entrée : choisir. Plus et moins : zoomer.';

  class Choropleth {
    constructor(id, config) {
      this.config = config;
      this.frame = Territoires.openFrame(id, config.bounds, MAX_ZOOM[config.level] ?? 3);
      this.tooltip = new Territoires.Tooltip(this.frame.container);
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
      const { urls, backdrop, level, common, zones } = this.config;
      this.frame.say('Chargement de la carte…', 'status');
      try {
        const coming = Promise.all(urls.map(fetchJson));
        if (backdrop) {
          coming.catch(() => {});
          const land = await fetchJson(backdrop);
          this.plate.drawInsets(land);
          this.plate.drawGround(groundOf(land));
        }
        if (common) await this.#readCommon(common);
        const topologies = await coming;
        const [topology] = topologies;
        const members = zones && JSON.parse(await textInPage(zones, 'zones'));
        this.geometry = new Geometry(topologies, level, members);
        this.shapes = this.geometry.shapes;
        this.names = !zones && topology.names && urls[0].replace(/[^/]*$/, topology.names);
        if (!this.config.around) this.plate.drawInsets(topology);
        if (this.shapes.length > MAX_ELEMENTS) {
          this.drawing = new CanvasShapes(this.plate, this.shapes, this.geometry.borders());
        } else {
          this.plate.drawBorders(this.geometry.borders());
          this.drawing = new SvgShapes(this.plate, this.shapes);
        }
        // What no zone covers is land all the same; elsewhere the shapes take the place of the backdrop.
        this.ground = zones ? groundOf(topology) : this.config.around ? null : '';
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
      this.rereadCommon = () => {
        const text = window.parent.document.querySelector(selector)?.dataset.commun;
        if (!text || text === this.commonText) return;
        this.commonText = text;
        this.common = JSON.parse(text);
        this.frame.setCredit(this.common.attribution);
      };
      return textInPage(selector, 'commun').then(this.rereadCommon);
    }

    /** Names that are no part of the geometry's file (communes) come after the first drawing. */
    async #nameShapes(url) {
      const names = await fetchJson(url).catch((error) => { console.error(error); return []; });
      this.shapes.forEach((shape, index) => { shape.name = names[index] ?? shape.name; });
      this.#name(this.drawing.element(this.current), this.current);
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
      const index = event.target.closest?.('.leaflet-marker-pane') ? -1 : this.drawing.at(event);
      return index >= 0 && this.#isInside(index) ? index : -1;
    }

    /** Tell whether a shape is one of those the map is limited to: the others are plain ground. */
    #isInside(index) { return this.wanted?.classes[index] !== OUTSIDE; }

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
      const whole = text?.startsWith(WHOLE) ? text.slice(1) : text + suffix;
      const value = (this.texts ? text !== NO_TEXT && whole : labels[rank]) || '';
      const label = this.common.states[state];
      return [this.shapes[index].name, value, value.includes(label) ? '' : label].filter(Boolean);
    }

    /** Make a territory the one tab stop of the drawing. */
    #stopAt(index) {
      if (this.#isInside(this.current)) this.drawing.element(this.current).setAttribute('tabindex', '-1');
      this.current = index;
      const element = this.drawing.element(index);
      if (this.#isInside(index)) element.setAttribute('tabindex', '0');
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

    /** The next shape inside the limit, in the order of the codes; itself where there is none. */
    #next(from, step) {
      let index = from + step;
      while (this.shapes[index] && !this.#isInside(index)) index += step;
      return this.shapes[index] ? index : this.current;
    }

    #onKey(event) {
      const beside = (dx, dy) => neighbour(this.shapes, this.current, [dx, dy], (index) => this.#isInside(index));
      const moves = {
        ArrowLeft: () => beside(-1, 0),
        ArrowRight: () => beside(1, 0),
        ArrowUp: () => beside(0, 1),
        ArrowDown: () => beside(0, -1),
        PageDown: () => this.#next(this.current, 1),
        PageUp: () => this.#next(this.current, -1),
        Home: () => this.#next(-1, 1),
        End: () => this.#next(this.shapes.length, -1),
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
      if (this.plate.svg.contains(document.activeElement) && this.#isInside(this.current)) return;
      const stop = [now, this.current].find((index) => index >= 0 && this.#isInside(index));
      this.#stopAt(stop ?? this.#next(-1, 1));
    }

    /** Show the whole of what the map is limited to; a mere change of colours moves nothing. */
    #frameLimit(limit = '') {
      if (limit === this.limit) return;
      const inside = this.shapes.flatMap((_, index) => (this.#isInside(index) ? [index] : []));
      const some = limit && inside.length;
      const hulls = inside.map((index) => this.shapes[index].hull);
      const extreme = (side, of) => hulls.reduce((most, hull) => of(most, hull[side]), hulls[0][side]);
      const box = some && [extreme(0, Math.min), extreme(1, Math.min), extreme(2, Math.max), extreme(3, Math.max)];
      this.plate.drawLimit(some ? this.geometry.edgeOf(inside) : '', this.drawing instanceof CanvasShapes);
      this.frame.limitTo(box || null, this.limit !== undefined);
      this.limit = limit;
    }

    /** Words of each territory, by its rank in the file: those outside the limit have none. */
    #readTexts({ texts, classes }) {
      const words = texts?.split('|').values();
      return words && [...classes].map((key) => (key === OUTSIDE ? NO_TEXT : words.next().value));
    }

    /** The actors shown: all of them, or those whose ranks are given. */
    #pointsOf({ actors }) {
      const key = `${this.commonText} ${actors}`;
      if (key !== this.pointsKey) {
        const { points } = this.common;
        this.visible = actors ? actors.map((rank) => points[rank]).filter(Boolean) : points;
        this.pointsKey = key;
      }
      return this.visible;
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
     * @param {?string} wanted.texts     value per territory inside the limit, separated by « | »
     * @param {?string} wanted.suffix    end that most values share
     * @param {?string[]} wanted.labels  one per class, used when texts is absent
     * @param {string} wanted.title
     * @param {?string} wanted.selected
     * @param {?string} wanted.within    the territory the map is limited to: those outside are 'o'
     * @param {number[]} wanted.points   ranks of the kinds shown
     * @param {?number[]} wanted.actors  ranks of the points shown; all of them without it
     * @param {?number[]} wanted.sizes   radius of each territory drawn 'p', in tenths of a pixel, in file order
     * @param {?number[]} wanted.rings   radius of a bare circle over each territory, in tenths of a pixel, 0 for none
     * @param {?string} wanted.watermark
     */
    paint(wanted) {
      this.wanted = wanted;
      this.texts = this.#readTexts(wanted);
      document.title = wanted.title;
      this.plate.svg.setAttribute('aria-label', wanted.title);
      if (window.frameElement) window.frameElement.title = wanted.title;
      this.watermark.show(wanted.watermark);
      if (!this.drawing) return;
      this.rereadCommon?.();
      if (!this.paints && this.ground !== null) this.plate.drawGround(this.ground);
      this.#frameLimit(wanted.within);
      this.points.show(wanted.points, this.#pointsOf(wanted), this.common.kinds);
      this.plate.setPalette(wanted.palette);
      this.symbols.show(this.drawing, this.shapes, wanted);
      this.drawing.paint(wanted.classes);
      if (this.drawing instanceof SvgShapes) {
        this.drawing.elements.forEach((element, index) => { if (this.#isInside(index)) this.#name(element, index); });
      }
      this.#select(wanted.selected);
      this.paints += 1;
      this.frame.container.dataset.paint = this.paints;
      this.frame.container.dataset.pret = 'oui';
    }
  }

  /** Draw the map in a container; gives the Leaflet map, which streamlit-folium wants. */
  Territoires.mount = (id, config) => {
    Territoires.map = new Choropleth(id, config);
    return Territoires.map.frame.map;
  };
  Territoires.paint = (wanted) => Territoires.map.paint(wanted);
})();
