(() => {
  'use strict';
  const Territoires = (window.Territoires ??= {});
  const { make } = Territoires;

  /** The label that follows the pointer or the keyboard. Hidden from screen readers, which have aria-label. */
  Territoires.Tooltip = class {
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
  };
})();
