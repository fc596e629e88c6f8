// The whole trace in a strip: a grid of cells, each the colour of the last span over it, errors on top,
// written as one SVG path per colour. The cost is that of the cells, not of the spans.
import type { Hue } from './colour';
import type { Tree } from './tree';

export const WIDTH = 480;
export const LINES = 32;
const ERROR = 255;

export type Stroke = { slot: number | 'error'; path: string };

export function minimap(tree: Tree, hueOf: (service: string) => Hue): Stroke[] {
  const lines = Math.min(LINES, tree.nodes.length);
  const cells = new Uint8Array(WIDTH * lines);
  const scale = WIDTH / (tree.end - tree.start);
  tree.nodes.forEach((node, row) => {
    if (!node.span) return;
    const line = Math.floor((row * lines) / tree.nodes.length) * WIDTH;
    const from = Math.min(WIDTH - 1, Math.floor((node.start - tree.start) * scale));
    const to = Math.min(WIDTH, Math.max(from + 1, Math.ceil((node.end - tree.start) * scale)));
    const colour = node.span.error ? ERROR : hueOf(node.span.service).slot + 1;
    for (let cell = line + from; cell < line + to; cell++) if (cells[cell] !== ERROR) cells[cell] = colour;
  });
  return strokes(cells, lines);
}

function strokes(cells: Uint8Array, lines: number): Stroke[] {
  const paths = new Map<number, string>();
  for (let line = 0; line < lines; line++) {
    for (let x = 0; x < WIDTH;) {
      const colour = cells[line * WIDTH + x]!;
      const from = x;
      while (x < WIDTH && cells[line * WIDTH + x] === colour) x++;
      if (colour) paths.set(colour, `${paths.get(colour) ?? ''}M${from} ${line}h${x - from}v.8h${from - x}z`);
    }
  }
  return [...paths].map(([colour, path]) => ({ slot: colour === ERROR ? 'error' : colour - 1, path }));
}
