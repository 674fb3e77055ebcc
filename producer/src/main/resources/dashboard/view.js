// Shows data on the page. Everything that comes from outside is set as text, never as HTML.
const byId = (id) => document.getElementById(id);
export const number = (value) => Math.round(value).toLocaleString('en');

function node(name, text, className) {
  const made = document.createElement(name);
  made.textContent = text;
  if (className) {
    made.className = className;
  }
  return made;
}

export function duration(seconds) {
  const s = Math.floor(seconds);
  if (s >= 86400) {
    return Math.floor(s / 86400) + ' d ' + Math.floor((s % 86400) / 3600) + ' h';
  }
  if (s >= 3600) {
    return Math.floor(s / 3600) + ' h ' + Math.floor((s % 3600) / 60) + ' min';
  }
  return s >= 60 ? Math.floor(s / 60) + ' min ' + (s % 60) + ' s' : s + ' s';
}

export const clock = (time) => new Date(time).toLocaleString([], { dateStyle: 'short', timeStyle: 'short' });

function eta(pace) {
  if (pace.left === null) {
    return pace.note;
  }
  return duration(pace.left) + (pace.end ? ', until ' + clock(pace.end) : '') + (pace.note ? ', ' + pace.note : '');
}

function share(id, records, total) {
  byId(id).setAttribute('width', (total > 0 ? Math.min(100, 100 * records / total) : 0) + '%');
}

function reasons(list) {
  byId('reasons-section').hidden = list.length === 0;
  byId('reasons').replaceChildren(...list.map((reason) => node('li', reason.text, reason.kind.toLowerCase())));
}

function consumers(all) {
  const names = Object.keys(all);
  byId('consumer-count').textContent = '(' + names.length + ')';
  byId('consumers').replaceChildren(...names.map((name) => {
    const report = all[name];
    const row = document.createElement('tr');
    const activity = report.activity.toLowerCase();
    const header = node('th', name);
    header.scope = 'row';
    const latency = (value) => value === undefined ? '–' : Math.round(1000 * value) + ' ms';
    row.append(
      header,
      node('td', activity + (report.reason ? ': ' + report.reason : ''), activity),
      node('td', report.load.inFlight + ' of ' + report.load.limit),
      node('td', latency(report.latency?.p50)),
      node('td', latency(report.latency?.p99)),
      node('td', number(report.copies.copied)),
      node('td', number(report.copies.failed)));
    return row;
  }));
}

export function snapshot(now) {
  const { counts, pace, batches } = now;
  const total = counts.total ?? counts.published;
  const phase = now.state.phase.toLowerCase();
  byId('run-number').textContent = now.run.number > 0 ? 'run ' + now.run.number : '';
  byId('phase').textContent = phase + (counts.percent === null ? '' : ', ' + counts.percent.toFixed(1) + ' %');
  byId('phase').className = 'pill ' + phase;
  document.title = (counts.percent === null ? '' : counts.percent.toFixed(0) + ' % ') + phase + ' · Rehome';
  reasons(now.state.reasons);
  share('bar-published', counts.published, total);
  share('bar-copied', counts.copied, total);
  share('bar-applied', counts.done, total);
  const text = number(counts.done) + (counts.total === null ? ' applied' : ' of ' + number(counts.total) + ' applied');
  byId('bar').setAttribute('aria-valuetext', text);
  byId('bar').setAttribute('aria-valuenow', (counts.percent ?? 0).toFixed(1));
  byId('published').textContent = number(counts.published);
  byId('copied').textContent = number(counts.copied);
  byId('applied').textContent = number(counts.done);
  byId('total').textContent = counts.total === null ? 'being counted' : number(counts.total);
  byId('rate').textContent = number(pace.perSecond) + '/s';
  byId('average').textContent = number(pace.average) + '/s';
  byId('eta').textContent = eta(pace);
  byId('in-flight').textContent = number(now.inFlight);
  byId('failed').textContent = number(counts.applied.failed);
  byId('dead').textContent = number(batches.dead);
  byId('batches').textContent = number(batches.pending) + ' pending, ' + number(batches.leased) + ' in flight, '
    + number(batches.copied) + ' copied';
  consumers(now.consumers);
}

export function operator(state) {
  byId('read-only').hidden = !state.readOnly;
  byId('version').textContent = 'Rehome producer ' + state.version;
  document.querySelectorAll('[data-action]').forEach((button) => {
    button.disabled = state.readOnly;
  });
  const settings = Object.entries(state.settings).map(([name, value]) => name + '=' + value);
  byId('live-settings').textContent = settings.length ? 'Changed live: ' + settings.join(', ') : '';
  byId('changes').replaceChildren(...(state.changes.length ? state.changes.map((change) => node('li',
    clock(change.at) + ', ' + change.author + ': ' + change.name + ' from ' + (change.before || '(none)') + ' to '
      + (change.after || '(none)'))) : [node('li', 'Nothing was changed yet.')]));
}

export function failures(groups, readOnly, requeue) {
  byId('failures').replaceChildren(...(groups.length ? groups.map((group) => {
    const box = node('div', '', 'failure');
    box.append(node('strong', group.code + ': ' + number(group.records)));
    box.append(node('p', group.advice));
    box.append(node('p', 'first ' + clock(group.first) + ', last ' + clock(group.last), 'quiet'));
    group.samples.forEach((sample) => box.append(node('code', sample.location), document.createElement('br')));
    const button = node('button', 'Requeue these…');
    button.type = 'button';
    button.dataset.requeue = group.code;
    button.disabled = readOnly;
    button.addEventListener('click', () => requeue(group));
    box.append(button);
    return box;
  }) : [node('p', 'No record has failed.')]));
}
