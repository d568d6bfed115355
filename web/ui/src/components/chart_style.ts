export const INK = '#1b2530';
export const FAINT = '#5b6877';
export const LINE = '#dfe4ea';
const FONT = "'PingFang SC','Microsoft YaHei','Noto Sans CJK SC',sans-serif";
export const TEXT = { color: INK, fontFamily: FONT, fontSize: 12.5 };

// A hatch as well as a colour, so that print and colour-blind readers tell them apart.
const hatch = (rotation: number) => ({ symbol: 'rect', symbolSize: 1, dashArrayX: [1, 0], dashArrayY: [2, 5], rotation, color: 'rgba(255,255,255,0.55)' });
export const OUTCOMES: Record<string, { color: string; decal?: object }> = {
  won: { color: '#1d4f7c' },
  lost: { color: '#8796a6', decal: hatch(-Math.PI / 4) },
  invalid: { color: '#b4544b', decal: hatch(Math.PI / 4) },
  pending: { color: '#b98a3a', decal: hatch(Math.PI / 2) },
};

/** Texts of the service may go into a tooltip's markup only like this. */
export function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (one) => `&#${one.charCodeAt(0)};`);
}
