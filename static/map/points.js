/**
 * The catalysts: one marker each, a form and a colour per kind. Those that overlap at the present
 * zoom become one numbered disc; those of one same place, or that no zoom can part, stand in a ring.
 *
 * @typedef {[number, number, number, string, string]} Point   x, y, rank of its kind, name, place
 * @typedef {[string, string, string]} Kind                    label, path on a 16 by 16 tile, colour
 */
(() => {
  'use strict';
  const Territoires = (window.Territoires ??= {});
  const NEAR = 22; // pixels under which two markers would overlap
  const SAME_PLACE = 0.6; // kilometres
  const RING = 8; // more than this in one place: a number
  const MARKER = 18, TARGET = 24; // pixels; a disc is drawn smaller than what the finger may hit

  /** Put each point in the first group whose first point is near. */
  function groupNear(points, distance) {
    const groups = [];
    for (const point of points) {
      const group = groups.find(([first]) => Math.hypot(first[0] - point[0], first[1] - point[1]) < distance);
      if (group) group.push(point);
      else groups.push([point]);
    }
    return groups;
  }

  Territoires.Points = class {
    /**
     * @param {Frame} frame
     * @param {{show: Function, hide: Function}} tooltip
     */
    constructor(frame, tooltip) {
      Object.assign(this, { frame, tooltip, points: [], kinds: [] });
      this.layer = L.layerGroup().addTo(frame.map);
      this.shown = '';
      this.byKeyboard = false;
      const pane = frame.map.getPane('markerPane');
      pane.setAttribute('role', 'group');
      pane.setAttribute('aria-label', 'Acteurs');
      pane.addEventListener('keydown', (event) => this.#onKey(event));
      pane.addEventListener('pointerdown', () => { this.byKeyboard = false; });
      frame.map.on('zoomend', () => this.#draw());
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
      this.#draw();
    }

    #draw() {
      const visible = this.points.filter(([, , kind]) => this.ranks?.has(kind));
      const pane = this.frame.map.getPane('markerPane');
      pane.toggleAttribute('hidden', visible.length === 0);
      const left = pane.contains(document.activeElement) ? document.activeElement : null;
      // In a frame that the reader has left, an element stays active: the page keeps the focus.
      const follows = left && this.byKeyboard && document.hasFocus();
      this.layer.clearLayers();
      this.elements = [];
      const closest = this.frame.map.getZoom() >= this.frame.map.getMaxZoom() - 0.1;
      for (const group of groupNear(visible, NEAR * this.frame.kmPerPixel())) {
        const [[x, y]] = group;
        const onePlace = group.every((point) => Math.hypot(point[0] - x, point[1] - y) < SAME_PLACE);
        if (group.length === 1) this.#addMarker(group[0], [0, 0]);
        else if ((onePlace || closest) && group.length <= RING) {
          group.forEach((point, rank) => {
            const angle = (2 * Math.PI * rank) / group.length - Math.PI / 2;
            const radius = Math.max(9, group.length * 2.6);
            this.#addMarker(point, [radius * Math.cos(angle), radius * Math.sin(angle)]);
          });
        } else this.#addNumber(group);
      }
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
      const show = () => this.tooltip.show(lines, element.getBoundingClientRect());
      // Not « mouseenter »: a redraw under a pointer at rest would open a label nobody asked for.
      element.addEventListener('mousemove', show);
      element.addEventListener('focus', () => {
        if (!element.matches(':focus-visible')) return;
        this.byKeyboard = true;
        this.frame.map.panInside([y, x], { padding: [40, 40], animate: false });
        show();
      });
      element.addEventListener('mouseleave', () => this.tooltip.hide());
      element.addEventListener('blur', () => this.tooltip.hide());
      marker.on('click', show);
      this.elements.push(element);
      return [marker, element];
    }

    #addMarker(point, offset) {
      const [x, y, kind, name, place] = point;
      const [label, path, colour] = this.kinds[kind];
      const svg = Territoires.drawing.node('svg', { viewBox: '-1 -1 18 18', 'aria-hidden': 'true' });
      Territoires.drawing.node('path', { d: path, fill: colour }, svg);
      const lines = [name, label, place].filter(Boolean);
      const [, element] = this.#add([point], [x, y], svg, 'acteur', MARKER, offset, lines.join(', '), lines);
      element.setAttribute('role', 'img');
      element.dataset.genre = kind;
    }

    #addNumber(group) {
      const disc = Territoires.make('span', '', String(group.length));
      const names = group.slice(0, 6).map((point) => point[3]);
      if (group.length > 6) names.push(`et ${group.length - 6} autres`);
      const title = `${group.length} acteurs proches`;
      const label = `${title} : ${names.join(', ')}. Entrée pour zoomer`;
      const middle = [0, 1].map((axis) => group.reduce((sum, point) => sum + point[axis], 0) / group.length);
      const [marker, element] = this.#add(group, middle, disc, 'acteurs', TARGET, [0, 0], label, [title, ...names]);
      element.setAttribute('role', 'button');
      element.activate = () => {
        this.tooltip.hide();
        const bounds = L.latLngBounds(group.map((point) => [point[1], point[0]])).pad(0.3);
        const zoom = Math.min(this.frame.map.getBoundsZoom(bounds), this.frame.map.getZoom() + 2.5);
        this.frame.moved();
        this.frame.map.setView(bounds.getCenter(), zoom);
      };
      marker.on('click', element.activate);
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
