/**
 * What each character of a paint means and looks like: '0'…'5' a class, 'A'…'F' the same classes
 * drawn « indicatif », 'U'…'Z' drawn « inconnu » (sample size not communicated), 'm' manquant,
 * 's' supprimé, 'i' imprécis, 'n' inconnu without a class, 'p' a symbol on a neutral ground,
 * 'o' outside what the map is limited to: plain ground, nothing to read or to choose.
 */
(() => {
  'use strict';
  const Territoires = (window.Territoires ??= {});
  const STATES = { m: 'manquant', s: 'supprime', i: 'imprecis', n: 'inconnu', p: 'symbole', o: 'dehors' };
  const OUTSIDE = 'o';
  const BY_CLASS = { classe: '012345', indicatif: 'ABCDEF', inconnu: 'UVWXYZ' };

  /** Textures, on a tile of 8 by 8 pixels. They differ by form, not by colour. */
  const TEXTURES = {
    manquant: { path: 'M-2 2L2-2M0 8L8 0M6 10L10 6', width: 1.1 },
    supprime: { path: 'M0 8L8 0M0 0L8 8', width: 0.9 },
    imprecis: { path: 'M2 2h.01M6 6h.01', width: 2.2 },
    indicatif: { path: 'M0 2h8M0 6h8', width: 1 },
    inconnu: { path: 'M2 1v4M6 5v4M6-3v4', width: 1.1 },
  };

  const LOOKS = new Map(Object.entries(STATES).map(([key, state]) => [key, { state, rank: -1 }]));
  for (const [state, keys] of Object.entries(BY_CLASS)) {
    [...keys].forEach((key, rank) => LOOKS.set(key, { state, rank }));
  }
  for (const [key, look] of LOOKS) Object.assign(look, { key, texture: TEXTURES[look.state] });

  /** Give { key, state, rank, texture } of a character; rank is -1 without a class. */
  const lookOf = (key) => LOOKS.get(key) ?? LOOKS.get('m');

  const luminance = (hex) => {
    const [red, green, blue] = [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16) / 255);
    return 0.2126 * red ** 2.2 + 0.7152 * green ** 2.2 + 0.0722 * blue ** 2.2;
  };
  const textureInk = (colour) => (luminance(colour) > 0.3 ? 'rgb(20 30 40 / .42)' : 'rgb(255 255 255 / .6)');

  Territoires.textures = { LOOKS: [...LOOKS.values()], classCount: BY_CLASS.classe.length, OUTSIDE, lookOf, textureInk };
})();
