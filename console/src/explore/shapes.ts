// A chart's series as SVG paths: stacked bars, or lines that stop where there is no value.
import type { Chart } from './series';

export type Dot = { x: number; y: number };
/** `dots` are points without a neighbour: of them a line would show nothing. */
export type Shape = { name: string; path: string; dots: Dot[] };

export function shapes(chart: Chart, x: (ms: number) => number, y: (value: number) => number): Shape[] {
  return chart.stacked ? bars(chart, x, y) : lines(chart, x, y);
}

function bars(chart: Chart, x: (ms: number) => number, y: (value: number) => number): Shape[] {
  const base = Array<number>(chart.times.length).fill(0);
  return chart.series.map((series) => {
    let path = '';
    series.points.forEach((point, at) => {
      if (!point) return;
      const from = base[at]!;
      base[at] = from + point;
      const [left, right] = [x(chart.times[at]!), x(chart.times[at]! + chart.bucketMs)];
      const gap = right - left > 4 ? 1 : 0;
      path += `M${round(left)} ${round(y(from))}V${round(y(from + point))}H${round(right - gap)}V${round(y(from))}z`;
    });
    return { name: series.name, path, dots: [] };
  });
}

function lines(chart: Chart, x: (ms: number) => number, y: (value: number) => number): Shape[] {
  return chart.series.map((series) => {
    const dots: Dot[] = [];
    let [path, open] = ['', false];
    series.points.forEach((point, at) => {
      if (point === null) { open = false; return; }
      const centre = x(chart.times[at]! + chart.bucketMs / 2);
      path += `${open ? 'L' : 'M'}${round(centre)} ${round(y(point))}`;
      if (!open && series.points[at + 1] == null) dots.push({ x: round(centre), y: round(y(point)) });
      open = true;
    });
    return { name: series.name, path, dots };
  });
}

const round = (value: number) => Math.round(value * 100) / 100;
