// The throughput of a series of samples [time, run, applied, failed], as an SVG drawn by attributes alone.
const LEFT = 52;
const TOP = 10;
const BOTTOM = 20;
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
      before,
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

// The points between two gaps.
function pieces(points) {
  const found = [[]];
  points.forEach((point) => {
    if (point.rate === null) {
      found.push([]);
    } else {
      found[found.length - 1].push(point);
    }
  });
  return found.filter((piece) => piece.length > 0);
}

function line(piece, field, x, y) {
  const height = (point) => ' ' + y(point[field]).toFixed(1);
  // A rate holds from the sample before, so that a single one is a line too.
  return 'M' + x(piece[0].before).toFixed(1) + height(piece[0])
    + piece.map((point) => 'L' + x(point.at).toFixed(1) + height(point)).join('');
}

// The smallest of 1, 2, 2.5 or 5 times a power of ten that isn't below the value.
function ceiling(value) {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, value)));
  return [1, 2, 2.5, 5, 10].map((step) => step * power).find((step) => step >= value);
}

export function draw(svg, summary, samples, longest, time) {
  const parts = pieces(rates(samples, longest));
  const known = parts.flat();
  svg.replaceChildren();
  svg.toggleAttribute('hidden', known.length === 0);
  if (known.length === 0) {
    summary.textContent = 'Too few samples yet.';
    return;
  }
  const width = Math.max(240, svg.clientWidth);
  const height = Math.max(120, svg.clientHeight);
  svg.setAttribute('viewBox', '0 0 ' + width + ' ' + height);
  const highest = Math.max(...known.map((point) => point.rate));
  const top = ceiling(highest);
  const first = known[0].before;
  const last = known[known.length - 1].at;
  const x = (at) => LEFT + ((at - first) / (last - first)) * (width - LEFT - 4);
  const y = (rate) => height - BOTTOM - (rate / top) * (height - BOTTOM - TOP);
  [0, 0.5, 1].forEach((share) => {
    const at = y(share * top);
    svg.append(element('line', { x1: LEFT, x2: width, y1: at, y2: at }));
    svg.append(element('text', { x: LEFT - 8, y: at + 4, 'text-anchor': 'end' }, (share * top).toLocaleString('en')));
  });
  svg.append(element('text', { x: LEFT, y: height - 4 }, time(first)));
  svg.append(element('text', { x: width - 2, y: height - 4, 'text-anchor': 'end' }, time(last)));
  const failures = known.some((point) => point.failed > 0);
  parts.forEach((piece) => {
    const above = line(piece, 'rate', x, y);
    const end = x(piece[piece.length - 1].at).toFixed(1);
    svg.append(element('path', { class: 'area', d: above + 'L' + end + ' ' + y(0) + 'L' + x(piece[0].before).toFixed(1) + ' ' + y(0) + 'Z' }));
    svg.append(element('path', { d: above }));
    if (failures) {
      svg.append(element('path', { class: 'failed', d: line(piece, 'failed', x, y) }));
    }
  });
  const mean = known.reduce((sum, point) => sum + point.rate, 0) / known.length;
  summary.textContent = 'Records applied per second from ' + time(first) + ' to ' + time(last) + ': '
    + Math.round(mean).toLocaleString('en') + ' on average, ' + Math.round(highest).toLocaleString('en')
    + ' at most' + (failures ? '. The red line shows those that failed.' : '.');
}
