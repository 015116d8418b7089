/**
 * The catalysts: one marker each, a form and a colour per kind. Those that overlap at the present
 * zoom become one numbered disc, and so do discs that would; those of one same place, or that no
 * zoom can part, stand in a ring. render/drawn_actors.py does the same on paper.
 * A marker opens its card, by a click, Enter or Space; Escape closes it. Where there are many, only
 * those in view and around it are elements of the page.
 *
 * @typedef {[number, number, number, string, string]} Point   x, y, rank of its kind, name, place
 * @typedef {[string, string, string]} Kind                    label, path on a 16 by 16 tile, colour
 * @typedef {{place: [number, number], name: string, frame: ?number[]}} Start
 */
(() => {
  'use strict';
  const Territoires = (window.Territoires ??= {});
  const ROOM = 2; // pixels left between two marks
  const SAME_PLACE = 0.6; // kilometres
  const RING = 8; // more than this in one place: a number
  const TARGET = 24; // pixels, at least: a mark may be smaller than what the finger may hit
  const MANY = 400; // more marks than this: those far out of view wait until they come near
  const AROUND = 0.35; // share of the view drawn beyond each of its edges

  /** Put each point in the first group whose first point is near; a grid finds the candidates. */
  function groupNear(points, distance) {
    const groups = [];
    const cells = new Map();
    const cell = (value) => Math.floor(value / distance);
    for (const point of points) {
      const [column, row] = [cell(point[0]), cell(point[1])];
      let found = Infinity;
      for (let i = column - 1; i <= column + 1; i += 1) {
        for (let j = row - 1; j <= row + 1; j += 1) {
          for (const rank of cells.get(`${i} ${j}`) ?? []) {
            const [x, y] = groups[rank][0];
            if (rank < found && Math.hypot(x - point[0], y - point[1]) < distance) found = rank;
          }
        }
      }
      if (found < Infinity) groups[found].push(point);
      else {
        const key = `${column} ${row}`;
        if (!cells.has(key)) cells.set(key, []);
        cells.get(key).push(groups.length);
        groups.push([point]);
      }
    }
    return groups;
  }

  /** Pixels of a sign, and of a disc by how many digits it holds: the stage asks for others. */
  function sizesNow() {
    const style = getComputedStyle(document.documentElement);
    const of = (name) => Number.parseFloat(style.getPropertyValue(name));
    return { sign: of('--signe'), disc: of('--disque') };
  }
  const DIGITS = [1, 1.2, 1.5];
  const discOf = (number, { disc }) => disc * DIGITS[Math.min(String(number).length, DIGITS.length) - 1];
  const ringOf = (number, { sign }) => Math.max(sign / 2, number * sign * 0.145);

  /** What stands for a group: where, how far it reaches, as what. */
  function markOf(group, sizes, kilometres, isClosest) {
    const [[x, y]] = group;
    const reach = (pixels) => (pixels + ROOM) / 2 * kilometres;
    if (group.length === 1) return { group, x, y, reach: reach(sizes.sign) };
    const onePlace = group.every((point) => Math.hypot(point[0] - x, point[1] - y) < SAME_PLACE);
    if ((onePlace || isClosest) && group.length <= RING) {
      return { group, x, y, isRing: true, reach: reach(sizes.sign + 2 * ringOf(group.length, sizes)) };
    }
    const middle = (axis) => group.reduce((sum, point) => sum + point[axis], 0) / group.length;
    return { group, x: middle(0), y: middle(1), reach: reach(discOf(group.length, sizes)) };
  }

  /** Gather marks that overlap, until none does; a grid finds those that may. */
  function gather(marks, remake) {
    const widest = marks.reduce((most, { reach }) => Math.max(most, 2 * reach), 0);
    for (let change = marks.length > 1; change;) {
      change = false;
      const kept = new Map();
      const cells = new Map();
      const cell = (value) => Math.floor(value / widest);
      marks.forEach((mark, rank) => {
        const [column, row] = [cell(mark.x), cell(mark.y)];
        for (let i = column - 1; i <= column + 1; i += 1) {
          for (let j = row - 1; j <= row + 1; j += 1) {
            for (const other of cells.get(`${i} ${j}`) ?? []) {
              const { x, y, reach, group } = kept.get(other);
              if (Math.hypot(x - mark.x, y - mark.y) >= reach + mark.reach) continue;
              kept.set(other, remake([...group, ...mark.group]));
              change = true;
              return;
            }
          }
        }
        kept.set(rank, mark);
        const key = `${column} ${row}`;
        if (!cells.has(key)) cells.set(key, []);
        cells.get(key).push(rank);
      });
      marks = [...kept.values()];
    }
    return marks;
  }

  /** The card of one actor, over the map; the focus goes to it and comes back. */
  class Card {
    constructor(frame) {
      const { make } = Territoires;
      this.element = make('div', 'carte-acteur');
      this.element.setAttribute('role', 'dialog');
      this.element.hidden = true;
      this.close = make('button', 'bouton-texte', 'Fermer');
      this.close.type = 'button';
      this.close.addEventListener('click', () => this.hide());
      this.element.addEventListener('keydown', (event) => { if (event.key === 'Escape') this.hide(); });
      L.DomEvent.disableClickPropagation(this.element);
      L.DomEvent.disableScrollPropagation(this.element);
      frame.container.append(this.element);
    }

    /** @param {string[]} lines  name first  @param {HTMLElement} opener */
    show(lines, opener) {
      const { make } = Territoires;
      const [name, ...others] = lines;
      this.opener = opener;
      this.element.setAttribute('aria-label', name);
      this.element.replaceChildren(make('p', 'nom', name), ...others.map((line) => make('p', '', line)), this.close);
      this.element.hidden = false;
      this.close.focus({ preventScroll: true });
    }

    hide() {
      if (this.element.hidden) return;
      const held = this.element.contains(document.activeElement);
      this.element.hidden = true;
      if (held && this.opener?.isConnected) this.opener.focus({ preventScroll: true });
    }
  }

  Territoires.Points = class {
    /**
     * @param {Frame} frame
     * @param {{show: Function, hide: Function}} tooltip
     */
    constructor(frame, tooltip) {
      Object.assign(this, { frame, tooltip, points: [], kinds: [], elements: [] });
      this.card = new Card(frame);
      this.layer = L.layerGroup().addTo(frame.map);
      this.startLayer = L.layerGroup().addTo(frame.map);
      this.shown = '';
      this.byKeyboard = false;
      const pane = frame.map.getPane('markerPane');
      pane.setAttribute('role', 'group');
      pane.setAttribute('aria-label', 'Acteurs');
      pane.addEventListener('keydown', (event) => this.#onKey(event));
      pane.addEventListener('pointerdown', () => { this.byKeyboard = false; });
      frame.map.on('zoomend', () => this.#draw());
      // The page around asks for marks of another size.
      document.addEventListener('tailles', () => { if (this.ranks) this.#draw(); });
      frame.map.on('moveend', () => {
        if (this.drawn && !this.drawn.contains(frame.map.getBounds())) this.#draw();
      });
    }

    /**
     * Show the points of these kinds (ranks), hide the others.
     * @param {number[]} ranks
     * @param {Point[]} points
     * @param {Kind[]} kinds
     */
    show(ranks, points, kinds) {
      if (String(ranks) === this.shown && points === this.points) return;
      Object.assign(this, { shown: String(ranks), points, kinds });
      this.ranks = new Set(ranks);
      this.card.hide();
      this.#draw();
    }

    /**
     * Mark the place distances start from, and go to it; null takes the mark away.
     * @param {?Start} start
     */
    startFrom(start) {
      const key = JSON.stringify(start);
      if (key === this.startKey) return;
      const had = this.startKey !== undefined && this.startKey !== 'null';
      this.startKey = key;
      this.startLayer.clearLayers();
      const { map } = this.frame;
      if (start) {
        const [x, y] = start.place;
        const icon = L.divIcon({ html: '', className: 'depart', iconSize: [26, 26] });
        const marker = L.marker([y, x], { icon, interactive: false, keyboard: false, zIndexOffset: -1000 });
        const element = marker.addTo(this.startLayer).getElement();
        element.setAttribute('role', 'img');
        element.setAttribute('aria-label', `Départ des distances : ${start.name}`);
        element.dataset.nom = start.name;
      }
      if (start?.frame) {
        const [west, south, east, north] = start.frame;
        this.frame.moved();
        map.fitBounds([[south, west], [north, east]], { animate: false, padding: [28, 28] });
      } else if (had) this.frame.whole();
      this.#showPane();
    }

    /** Hide the pane from screen readers where it is empty. */
    #showPane() {
      const isEmpty = !this.elements.length && !this.startLayer.getLayers().length;
      this.frame.map.getPane('markerPane').toggleAttribute('hidden', isEmpty);
    }

    /** Marks to draw: all, or those in view and around it where there are many. */
    #inReach(marks) {
      this.drawn = null;
      if (marks.length <= MANY) return marks;
      this.drawn = this.frame.map.getBounds().pad(AROUND);
      return marks.filter(({ x, y }) => this.drawn.contains([y, x]));
    }

    #draw() {
      const visible = this.points.filter(([, , kind]) => this.ranks?.has(kind));
      const pane = this.frame.map.getPane('markerPane');
      const left = pane.contains(document.activeElement) ? document.activeElement : null;
      // In a frame that the reader has left, an element stays active: the page keeps the focus.
      const follows = left && this.byKeyboard && document.hasFocus();
      this.layer.clearLayers();
      this.elements = [];
      const closest = this.frame.map.getZoom() >= this.frame.map.getMaxZoom() - 0.1;
      this.sizes = sizesNow();
      const kilometres = this.frame.kmPerPixel();
      const remake = (group) => markOf(group, this.sizes, kilometres, closest);
      const groups = groupNear(visible, (this.sizes.disc + ROOM) * kilometres);
      for (const mark of this.#inReach(gather(groups.map(remake), remake))) {
        if (mark.isRing) this.#addRing(mark.group);
        else if (mark.group.length === 1) this.#addMarker(mark.group[0], [0, 0]);
        else this.#addNumber(mark);
      }
      this.#showPane();
      const stop = this.#successor(left) ?? this.elements[0];
      if (stop) stop.tabIndex = 0;
      if (follows) stop?.focus({ preventScroll: true });
    }

    /** Among what now shows the actors of an element that is gone, the nearest to where it stood. */
    #successor(gone) {
      if (!gone?.group) return undefined;
      const group = new Set(gone.group);
      const away = ({ place: [x, y] }) => Math.hypot(x - gone.place[0], y - gone.place[1]);
      return this.elements.filter((element) => element.group.some((point) => group.has(point)))
        .reduce((best, element) => (best && away(best) <= away(element) ? best : element), undefined);
    }

    #add(group, [x, y], content, className, size, [dx, dy], label, lines) {
      const icon = L.divIcon({ html: content, className, iconSize: [size, size], iconAnchor: [size / 2 - dx, size / 2 - dy] });
      const marker = L.marker([y, x], { icon, keyboard: false, autoPanOnFocus: false, bubblingMouseEvents: false }).addTo(this.layer);
      const element = marker.getElement();
      Object.assign(element, { group, place: [x, y], tabIndex: -1 });
      element.setAttribute('aria-label', label);
      element.setAttribute('role', 'button');
      const show = () => this.tooltip.show(lines, element.getBoundingClientRect());
      // Not « mouseenter »: a redraw under a pointer at rest would open a label nobody asked for.
      element.addEventListener('mousemove', show);
      element.addEventListener('focus', () => {
        if (!element.matches(':focus-visible')) return;
        this.byKeyboard = true;
        this.frame.map.panInside([y, x], { padding: [40, 40], animate: false });
        if (element.isConnected) show();
      });
      element.addEventListener('mouseleave', () => this.tooltip.hide());
      element.addEventListener('blur', () => this.tooltip.hide());
      marker.on('click', () => element.activate());
      this.elements.push(element);
      return element;
    }

    #addRing(group) {
      const radius = ringOf(group.length, this.sizes);
      group.forEach((point, rank) => {
        const angle = (2 * Math.PI * rank) / group.length - Math.PI / 2;
        this.#addMarker(point, [radius * Math.cos(angle), radius * Math.sin(angle)]);
      });
    }

    #addMarker(point, offset) {
      const [x, y, kind, name, place] = point;
      const [label, path, colour] = this.kinds[kind];
      const svg = Territoires.drawing.node('svg', { viewBox: '-1 -1 18 18', 'aria-hidden': 'true' });
      Territoires.drawing.node('path', { d: path, fill: colour }, svg);
      const lines = [name, label, place].filter(Boolean);
      const element = this.#add([point], [x, y], svg, 'acteur', this.sizes.sign, offset, lines.join(', '), lines);
      element.setAttribute('aria-haspopup', 'dialog');
      element.dataset.genre = kind;
      element.activate = () => {
        this.tooltip.hide();
        this.card.show(lines, element);
      };
    }

    #addNumber({ group, x, y }) {
      const disc = Territoires.make('span', '', String(group.length));
      const size = discOf(group.length, this.sizes);
      disc.style.setProperty('--diametre', `${size}px`);
      const names = group.slice(0, 6).map((point) => point[3]);
      if (group.length > 6) names.push(`et ${group.length - 6} autres`);
      const title = `${group.length} acteurs proches`;
      const label = `${title} : ${names.join(', ')}. Entrée pour zoomer`;
      const element = this.#add(group, [x, y], disc, 'acteurs', Math.max(TARGET, size), [0, 0], label, [title, ...names]);
      element.activate = () => {
        this.tooltip.hide();
        const bounds = L.latLngBounds(group.map((point) => [point[1], point[0]])).pad(0.3);
        const zoom = Math.min(this.frame.map.getBoundsZoom(bounds), this.frame.map.getZoom() + 2.5);
        this.frame.moved();
        this.frame.map.setView(bounds.getCenter(), zoom);
      };
    }

    #onKey(event) {
      this.byKeyboard = true;
      const at = this.elements.indexOf(event.target);
      const last = this.elements.length - 1;
      const to = {
        ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: at - 1, ArrowUp: at - 1, Home: 0, End: last,
      }[event.key];
      if (event.key === 'Escape') this.tooltip.hide();
      if (event.key === 'Enter' || event.key === ' ') {
        event.preventDefault();
        event.target.activate?.();
      }
      if (at < 0 || to === undefined) return;
      event.preventDefault();
      const next = this.elements[Math.max(0, Math.min(last, to))];
      event.target.tabIndex = -1;
      next.tabIndex = 0;
      next.focus({ preventScroll: true });
    }
  };
})();
