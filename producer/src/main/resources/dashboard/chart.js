// The throughput of a series of samples [time, run, applied, failed], as an SVG drawn by attributes alone.
const WIDTH = 600;
const HEIGHT = 160;
const LEFT = 46;
const BOTTOM = 18;
const SVG = 'http://www.w3.org/2000/svg';

// Records per second between neighbours; a restart or another run leaves a gap.
export function rates(samples, longest) {
  const points = [];
  for (let i = 1; i < samples.length; i++) {
    const [before, run, applied, failed] = samples[i - 1];
    const [at, sameRun, now, failedNow] = samples[i];
    const seconds = (at - before) / 1000;
    const gap = run !== sameRun || seconds <= 0 || seconds > longest;
    points.push({
      at,
      rate: gap ? null : Math.max(0, now - applied) / seconds,
      failed: gap ? null : Math.max(0, failedNow - failed) / seconds,
    });
  }
  return points;
}

function element(name, attributes, text) {
  const made = document.createElementNS(SVG, name);
  Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
  if (text !== undefined) {
    made.textContent = text;
  }
  return made;
}

function path(points, field, x, y) {
  let text = '';
  let pen = 'M';
  points.forEach((point) => {
    if (point[field] === null) {
      pen = 'M';
    } else {
      text += pen + x(point.at).toFixed(1) + ' ' + y(point[field]).toFixed(1);
      pen = 'L';
    }
  });
  return text;
}

export function draw(svg, summary, samples, longest, time) {
  const points = rates(samples, longest);
  const known = points.filter((point) => point.rate !== null);
  svg.replaceChildren();
  if (known.length === 0) {
    summary.textContent = 'Too few samples yet.';
    return;
  }
  const most = Math.max(1, ...known.map((point) => point.rate));
  const first = points[0].at;
  const last = points[points.length - 1].at;
  const x = (at) => LEFT + (last === first ? 0 : (at - first) / (last - first)) * (WIDTH - LEFT - 4);
  const y = (rate) => HEIGHT - BOTTOM - (rate / most) * (HEIGHT - BOTTOM - 12);
  [0, 0.5, 1].forEach((share) => {
    const at = y(share * most);
    svg.append(element('line', { x1: LEFT, x2: WIDTH, y1: at, y2: at }));
    svg.append(element('text', { x: LEFT - 6, y: at + 4, 'text-anchor': 'end' },
      Math.round(share * most).toLocaleString('en')));
  });
  svg.append(element('text', { x: LEFT, y: HEIGHT - 3 }, time(first)));
  svg.append(element('text', { x: WIDTH - 2, y: HEIGHT - 3, 'text-anchor': 'end' }, time(last)));
  svg.append(element('path', { d: path(points, 'rate', x, y) }));
  if (known.some((point) => point.failed > 0)) {
    svg.append(element('path', { class: 'failed', d: path(points, 'failed', x, y) }));
  }
  const mean = known.reduce((sum, point) => sum + point.rate, 0) / known.length;
  summary.textContent = 'Applied records per second from ' + time(first) + ' to ' + time(last) + ': '
    + Math.round(mean).toLocaleString('en') + ' on average, ' + Math.round(most).toLocaleString('en')
    + ' at most. Failed ones in red.';
}
