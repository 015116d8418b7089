/**
 * The frame around the drawing: the Leaflet map in map kilometres, its size, its theme, its
 * buttons, its gestures and its messages. Nothing here knows what the shapes are.
 *
 * @typedef {Object} Frame
 * @property {L.Map} map
 * @property {HTMLElement} container   the Leaflet container
 * @property {(text: string) => void} caption   names of the insets, shown under a small map
 * @property {(text: string, role: 'status'|'alert') => void} say   message over the map, '' to clear
 * @property {(listener: () => void) => void} onTheme   called whenever colours change
 * @property {() => void} moved   the view is no longer the whole of what the map is limited to
 * @property {(box: ?number[], animate: boolean) => void} limitTo   show this part of the map, or all of it
 * @property {() => number} kmPerPixel
 */
(() => {
  'use strict';
  const Territoires = (window.Territoires ??= {});
  const HINTS = {
    wheel: 'Maintenez Ctrl et tournez la molette pour zoomer.',
    touch: 'Utilisez deux doigts pour déplacer la carte.',
  };

  /** Create an element; text goes through textContent only. */
  const make = (tag, className, text = '') => {
    const element = document.createElement(tag);
    element.className = className;
    element.textContent = text;
    return element;
  };

  /** Tell whether the page around is dark: Streamlit's theme first, then the system's. */
  function isDark() {
    let colour = getComputedStyle(document.documentElement).getPropertyValue('--background-color');
    try {
      const app = window.parent.document.querySelector('.stApp');
      if (app) colour = window.parent.getComputedStyle(app).backgroundColor;
    } catch { /* another origin: the colour Streamlit gave us is enough */ }
    const pen = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
    pen.fillStyle = matchMedia('(prefers-color-scheme: dark)').matches ? '#000' : '#fff';
    if (colour.trim()) pen.fillStyle = colour.trim();
    pen.fillRect(0, 0, 1, 1);
    const [red, green, blue, alpha] = pen.getImageData(0, 0, 1, 1).data;
    return alpha > 0 && 0.299 * red + 0.587 * green + 0.114 * blue < 128;
  }

  /** Follow the theme of the page: set data-theme on <html> and warn the listeners. */
  function watchTheme(listeners) {
    const apply = () => requestAnimationFrame(() => {
      const theme = isDark() ? 'sombre' : 'clair';
      if (document.documentElement.dataset.theme === theme) return;
      document.documentElement.dataset.theme = theme;
      listeners.forEach((listener) => listener());
    });
    document.documentElement.dataset.theme = isDark() ? 'sombre' : 'clair';
    window.Streamlit?.events.addEventListener('streamlit:render', apply);
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', apply);
    try {
      const app = window.parent.document.querySelector('.stApp');
      if (app) new MutationObserver(apply).observe(app, { attributeFilter: ['class', 'style'] });
    } catch { /* another origin */ }
  }

  /**
   * Give the frame the height the map needs at its present width, at most the height asked from
   * Python and most of the window; then show the whole of ``view.box`` unless the reader has moved.
   */
  function watchSize(map, container, credit, extent, view, readerMoved) {
    const highest = parseFloat(container.style.height) || 700;
    const [west, south, east, north] = extent;
    const streamlit = window.Streamlit;
    const setFrameHeight = streamlit?.setFrameHeight.bind(streamlit);
    const frameHeight = () => container.offsetHeight + credit.offsetHeight;
    // streamlit-folium sets its constant height again after every paint: answer with ours.
    if (streamlit) streamlit.setFrameHeight = () => setFrameHeight(frameHeight());
    // What the window leaves under the head of the page, so that the whole country is seen at once.
    const room = () => {
      const frame = window.frameElement;
      const scrolled = frame?.closest('[data-testid="stMain"]')?.scrollTop ?? 0;
      const above = frame ? frame.getBoundingClientRect().top + scrolled : 0;
      const height = window.parent.innerHeight;
      // A page of one screen (« Présentation ») says what it keeps under its map.
      const kept = frame && parseFloat(window.parent.getComputedStyle(frame).getPropertyValue('--sous-la-carte'));
      return kept ? height - above - kept : Math.max(0.62 * height, height - above - 48);
    };
    const zoomOn = (bounds) => map.getBoundsZoom(bounds, false, L.point(12, 12));
    const fit = (animate = false) => {
      map.setMinZoom(-9);
      const [left, bottom, right, top] = view.box ?? extent;
      const bounds = L.latLngBounds([bottom, left], [top, right]);
      map.setView(bounds.getCenter(), zoomOn(bounds), { animate });
      map.setMinZoom(zoomOn(L.latLngBounds([south, west], [north, east])));
    };
    // A change of size during a change of zoom: the end of that one undoes what was fitted meanwhile.
    let zooming = false;
    let fitsLate = false;
    map.on('zoomanim', () => { zooming = true; });
    map.on('zoomend', () => {
      zooming = false;
      if (!fitsLate) return;
      fitsLate = false;
      fit();
    });
    let width = 0;
    const resize = () => {
      if (!container.clientWidth || container.clientWidth === width) return;
      width = container.clientWidth;
      const ideal = (width * (north - south)) / (east - west);
      const height = Math.round(Math.min(ideal, highest, Math.max(320, room())));
      container.style.height = `${height}px`;
      map.invalidateSize({ animate: false });
      if (!readerMoved()) {
        const isZooming = zooming;
        fit();
        fitsLate = isZooming;
      }
      setFrameHeight?.(frameHeight());
    };
    new ResizeObserver(resize).observe(container.parentElement);
    new ResizeObserver(() => setFrameHeight?.(frameHeight())).observe(credit);
    // In a hidden tab there is no width yet: the observer fits the map when it is shown.
    resize();
    return fit;
  }

  /** Add « Zoomer », « Dézoomer » and « Vue d’ensemble ». */
  function addButtons(map, container, overview, moved) {
    const bar = make('div', 'boutons');
    bar.setAttribute('role', 'group');
    bar.setAttribute('aria-label', 'Zoom de la carte');
    const button = (label, icon, action) => {
      const element = make('button', 'bouton');
      element.type = 'button';
      element.title = label;
      element.setAttribute('aria-label', label);
      element.innerHTML = `<svg viewBox="0 0 16 16" aria-hidden="true"><path d="${icon}"/></svg>`;
      element.addEventListener('click', action);
      bar.append(element);
    };
    button('Zoomer', 'M8 3v10M3 8h10', () => { moved(true); map.zoomIn(1); });
    button('Dézoomer', 'M3 8h10', () => { moved(true); map.zoomOut(1); });
    button('Vue d’ensemble', 'M3 6V3h3M10 3h3v3M13 10v3h-3M6 13H3v-3', () => { moved(false); overview(); });
    L.DomEvent.disableClickPropagation(bar);
    container.append(bar);
  }

  /** Leave the wheel and one finger to the page; say how to move the map instead. */
  function guardGestures(map, container, moved) {
    const hint = make('p', 'conseil');
    hint.setAttribute('aria-hidden', 'true');
    container.append(hint);
    let timer = 0;
    const show = (text) => {
      hint.textContent = text;
      hint.classList.add('visible');
      clearTimeout(timer);
      timer = setTimeout(() => hint.classList.remove('visible'), 1400);
    };
    // On the document and in the capture phase: before Leaflet's own listener on the container.
    document.addEventListener('wheel', (event) => {
      if (!container.contains(event.target)) return;
      if (event.ctrlKey || event.metaKey) {
        hint.classList.remove('visible');
        return moved(true);
      }
      event.stopPropagation();
      show(HINTS.wheel);
    }, { capture: true, passive: true });
    document.addEventListener('pointerdown', (event) => {
      map.dragging[event.pointerType === 'touch' ? 'disable' : 'enable']();
    }, { capture: true });
    container.addEventListener('touchmove', (event) => {
      if (event.touches.length > 1) return moved(true);
      show(HINTS.touch);
    }, { passive: true });
    map.on('dragstart', () => moved(true));
  }

  /**
   * Create the map.
   * @param {string} id        id of the container
   * @param {number[]} extent  west, south, east, north in map kilometres
   * @param {number} maxZoom   0 is one pixel per kilometre
   * @returns {Frame}
   */
  Territoires.openFrame = (id, extent, maxZoom) => {
    const container = document.getElementById(id);
    document.documentElement.lang = 'fr';
    document.title = 'Carte';
    const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
    const [west, south, east, north] = extent;
    const map = L.map(container, {
      crs: L.CRS.Simple,
      // Exact fit of the country to the frame; steps are those of the buttons.
      zoomSnap: 0, zoomDelta: 1, wheelPxPerZoomLevel: 120, minZoom: -9, maxZoom,
      maxBounds: L.latLngBounds([south, west], [north, east]).pad(0.25),
      maxBoundsViscosity: 0.8,
      // The keyboard moves from shape to shape; the container itself is not a tab stop.
      keyboard: false, zoomControl: false, attributionControl: false,
      doubleClickZoom: false, boxZoom: false,
      zoomAnimation: !calm, fadeAnimation: false, inertia: !calm,
      center: [(south + north) / 2, (west + east) / 2], zoom: -1,
    });
    const themeListeners = [];
    watchTheme(themeListeners);
    const credit = make('p', 'credit');
    const caption = make('span', 'noms');
    const attribution = make('span', '');
    credit.append(caption, attribution);
    container.after(credit);
    let readerMoved = false;
    const moved = (value) => { readerMoved = value; };
    const view = { box: null };
    const overview = watchSize(map, container, credit, extent, view, () => readerMoved);
    addButtons(map, container, () => overview(), moved);
    guardGestures(map, container, moved);
    const message = make('p', 'message');
    container.append(message);
    return {
      map,
      container,
      caption: (text) => { caption.textContent = `${text} `; },
      setCredit: (text) => { attribution.textContent = text; },
      say: (text, role) => { message.setAttribute('role', role); message.textContent = text; },
      moved: () => moved(true),
      whole: () => { moved(false); if (container.clientWidth) overview(); },
      limitTo: (box, animate) => {
        if (!box && !view.box) return;
        view.box = box;
        moved(false);
        // In a hidden tab there is no size yet: the map is fitted when it is shown.
        if (container.clientWidth) overview(animate && !calm);
      },
      onTheme: (listener) => themeListeners.push(listener),
      kmPerPixel: () => 1 / map.getZoomScale(map.getZoom(), 0),
    };
  };
  Territoires.make = make;
})();
