/* The page to carry. Maps: pointer and keyboard read a territory, Enter goes to its line.
   The presentation: one step at a time, by the keys of a remote. */
(() => {
  'use strict';
  const SVG = 'http://www.w3.org/2000/svg';

  for (const figure of document.querySelectorAll('[data-carte]')) {
    const svg = figure.querySelector('svg');
    const shapes = svg ? [...svg.querySelectorAll('[data-territoire]')] : [];
    if (shapes.length) follow(figure, svg, shapes);
  }
  const steps = [...document.querySelectorAll('#recit > .etape')];
  if (steps.length) play(steps);

  /** Show the steps one by one, in the whole window; Escape gives the page back. */
  function play(all) {
    const root = document.documentElement, bar = document.createElement('div');
    const start = button('Présenter, étape par étape', () => { go(0); full(true); });
    const back = button('Précédente', () => go(at - 1)), next = button('Suivante', () => go(at + 1));
    const leave = button('Quitter', () => go(-1)), count = document.createElement('p');
    let at = -1;
    count.setAttribute('aria-live', 'polite');
    bar.className = 'commandes';
    bar.append(start);
    all[0].parentElement.querySelector('h2').after(bar);
    for (const step of all) step.tabIndex = -1;

    document.addEventListener('keydown', (event) => {
      if (at < 0 || event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey) return;
      if (event.key === ' ' && event.target.closest('button, a')) return;
      const moves = {
        ArrowRight: at + 1, PageDown: at + 1, ' ': event.shiftKey ? at - 1 : at + 1,
        ArrowLeft: at - 1, PageUp: at - 1, Home: 0, End: all.length - 1,
      };
      if (event.key === 'Escape') go(-1);
      if (!(event.key in moves)) return;
      event.preventDefault();
      go(Math.max(0, moves[event.key]));
    });

    addEventListener('resize', fit);
    document.fonts?.ready.then(fit);
    document.addEventListener('fullscreenchange', () => { if (at >= 0 && !document.fullscreenElement) go(-1); });

    /** Go to a step; before the first one, back to the page. */
    function go(wanted) {
      const from = at;
      at = Math.min(wanted, all.length - 1);
      for (const [rank, step] of all.entries()) step.classList.toggle('enscene', rank === at);
      root.classList.toggle('expose', at >= 0);
      if (at >= 0) {
        count.textContent = `${at + 1} sur ${all.length}`;
        back.disabled = at === 0;
        next.disabled = at === all.length - 1;
        bar.replaceChildren(back, count, next, leave);
        fit();
        all[at].focus({ preventScroll: true });
        scrollTo(0, 0);
      } else {
        bar.replaceChildren(start);
        fit();
        for (const map of document.querySelectorAll('.carte')) {
          map.style.removeProperty('--haut');
          map.querySelector('.legende').removeAttribute('tabindex');
        }
        full(false);
        all[Math.max(0, from)].scrollIntoView();
        start.focus({ preventScroll: true });
      }
    }

    /** Fit the step above the bar: a map takes what its words leave it, other steps shrink a little. */
    function fit() {
      if (at < 0) return root.style.removeProperty('font-size');
      const step = all[at], floor = () => bar.getBoundingClientRect().top - 4;
      const top = () => step.getBoundingClientRect().top + scrollY;
      root.style.removeProperty('font-size');
      step.classList.remove('bornee');
      root.style.setProperty('--barre', `${bar.offsetHeight}px`);
      root.style.setProperty('--place', `${floor() - top()}px`);
      const whole = parseFloat(getComputedStyle(root).fontSize);
      const isOver = () => step.getBoundingClientRect().bottom + scrollY > floor();
      for (let size = whole; isOver() && size > 0.72 * whole; size *= 0.96) root.style.fontSize = `${size}px`;
      // A list too long for any screen is read at its size, and scrolls over its source.
      if (isOver()) {
        root.style.removeProperty('font-size');
        step.classList.add('bornee');
      }
      for (const map of step.querySelectorAll('.carte')) {
        const box = map.querySelector('.dessin').getBoundingClientRect();
        const shape = parseFloat(map.querySelector('.papier').style.getPropertyValue('--forme'));
        const legend = map.querySelector('.legende');
        legend.toggleAttribute('tabindex', legend.scrollHeight > legend.clientHeight + 1);
        if (legend.hasAttribute('tabindex')) legend.tabIndex = 0;
        map.style.setProperty('--haut', `${Math.min(box.height, box.width / shape)}px`);
      }
    }

    function full(wanted) {
      const done = wanted ? root.requestFullscreen?.() : document.fullscreenElement && document.exitFullscreen();
      done?.catch?.(() => {});
    }

    function button(text, act) {
      const made = document.createElement('button');
      made.type = 'button';
      made.textContent = text;
      made.addEventListener('click', act);
      return made;
    }
  }

  function follow(figure, svg, shapes) {
    const reading = figure.querySelector('.lecture');
    const resting = reading.textContent;
    const ring = ['halo', 'repere'].map((name) => make(shapes[0], name));
    const centres = new Map();
    let current = shapes[0];
    let under = null;

    figure.querySelector('.aide').hidden = false;
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

    // Not as it appears under a pointer at rest.
    svg.addEventListener('pointermove', (event) => { if (at(event) !== under) show(under = at(event)); });
    svg.addEventListener('pointerleave', () => {
      under = null;
      show(shapes.includes(document.activeElement) ? current : null);
    });
    svg.addEventListener('focusin', (event) => { if (at(event)) { rest(at(event)); show(current); } });
    svg.addEventListener('focusout', () => show(null));
    svg.addEventListener('click', (event) => { const shape = at(event); if (shape) { rest(shape); show(shape); } });
    svg.addEventListener('dblclick', (event) => open(at(event)));
    svg.addEventListener('keydown', onKey);
    figure.parentElement.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape' || !event.target.matches('tr')) return;
      event.preventDefault();
      current.focus();
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
