/* Maps of the page to carry: pointer and keyboard read a territory, Enter goes to its line. */
(() => {
  'use strict';
  const SVG = 'http://www.w3.org/2000/svg';

  for (const figure of document.querySelectorAll('[data-carte]')) {
    const svg = figure.querySelector('svg');
    const shapes = svg ? [...svg.querySelectorAll('[data-territoire]')] : [];
    if (shapes.length) follow(figure, svg, shapes);
  }

  function follow(figure, svg, shapes) {
    const reading = figure.querySelector('.lecture');
    const resting = reading.textContent;
    const ring = ['halo', 'repere'].map((name) => make(shapes[0], name));
    const centres = new Map();
    let current = shapes[0];

    svg.setAttribute('role', 'group');
    svg.setAttribute('aria-label', svg.querySelector('title').textContent);
    // The name of the whole map would cover that of each territory under the pointer.
    svg.querySelector(':scope > title').remove();
    for (const shape of shapes) {
      const title = shape.querySelector('title');
      shape.setAttribute('role', row(shape) ? 'link' : 'img');
      shape.setAttribute('aria-label', title.textContent);
      shape.setAttribute('tabindex', '-1');
      title.remove();
    }
    rest(shapes.find((shape) => row(shape)?.classList.contains('choisi')) ?? shapes[0]);

    svg.addEventListener('pointerover', (event) => show(at(event)));
    svg.addEventListener('pointerleave', () => show(shapes.includes(document.activeElement) ? current : null));
    svg.addEventListener('focusin', (event) => { if (at(event)) { rest(at(event)); show(current); } });
    svg.addEventListener('focusout', () => show(null));
    svg.addEventListener('click', (event) => { const shape = at(event); if (shape) { rest(shape); show(shape); } });
    svg.addEventListener('dblclick', (event) => open(at(event)));
    svg.addEventListener('keydown', onKey);
    figure.parentElement.addEventListener('keydown', (event) => {
      if (event.key === 'Escape' && event.target.matches('tr')) current.focus();
    });

    function at(event) { return event.target.closest?.('[data-territoire]') ?? null; }
    function row(shape) { return document.getElementById(`${figure.dataset.carte}-${shape.dataset.territoire}`); }
    function rest(shape) {
      current.setAttribute('tabindex', '-1');
      current = shape;
      current.setAttribute('tabindex', '0');
    }

    /** Tell a territory in the line under the map, and draw a ring around it. */
    function show(shape) {
      const text = shape ? shape.getAttribute('aria-label') : resting;
      if (reading.textContent !== text) reading.textContent = text;
      for (const path of ring) path.setAttribute('d', shape ? shape.getAttribute('d') : '');
    }

    function open(shape) {
      const line = shape && row(shape);
      if (!line) return;
      line.focus({ preventScroll: true });
      line.scrollIntoView({ block: 'center', inline: 'nearest' });
    }

    function onKey(event) {
      if (event.altKey || event.ctrlKey || event.metaKey || !at(event)) return;
      const rank = shapes.indexOf(current);
      const moves = {
        ArrowLeft: () => beside(-1, 0), ArrowRight: () => beside(1, 0),
        ArrowUp: () => beside(0, -1), ArrowDown: () => beside(0, 1),
        Home: () => shapes[0], End: () => shapes.at(-1),
        PageDown: () => shapes[rank + 1], PageUp: () => shapes[rank - 1],
      };
      if (event.key === 'Enter' || event.key === ' ') { event.preventDefault(); open(current); }
      if (!moves[event.key]) return;
      event.preventDefault();
      moves[event.key]()?.focus();
    }

    /** Find the nearest territory in a direction; one that lies aside counts as farther. */
    function beside(x, y) {
      const from = centre(current);
      let best = null, least = Infinity;
      for (const shape of shapes) {
        const to = centre(shape), dx = to.x - from.x, dy = to.y - from.y;
        const ahead = dx * x + dy * y, aside = Math.abs(dx * y + dy * x);
        if (shape === current || ahead <= 0 || aside > 2 * ahead) continue;
        const cost = ahead + 2 * aside;
        if (cost < least) [best, least] = [shape, cost];
      }
      return best;
    }

    function centre(shape) {
      if (!centres.has(shape)) {
        const box = shape.getBBox();
        centres.set(shape, { x: box.x + box.width / 2, y: box.y + box.height / 2 });
      }
      return centres.get(shape);
    }

    function make(shape, name) {
      const path = document.createElementNS(SVG, 'path');
      path.setAttribute('class', name);
      shape.closest('g[transform]').append(path);
      return path;
    }
  }
})();
