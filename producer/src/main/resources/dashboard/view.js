// Shows data on the page. Everything that comes from outside is set as text, never as HTML.
export const byId = (id) => document.getElementById(id);
export const number = (value) => Math.round(value).toLocaleString('en');
export const clock = (time) => new Date(time).toLocaleString([], { dateStyle: 'short', timeStyle: 'short' });

const rendered = new Map();

function node(name, content, className) {
  const made = document.createElement(name);
  made.append(...[content].flat());
  if (className) {
    made.className = className;
  }
  return made;
}

// A button that keeps the focus when it is made again, because it has the same key.
function button(text, key, disabled, onClick) {
  const made = node('button', text);
  made.type = 'button';
  made.dataset.key = key;
  made.disabled = disabled;
  made.addEventListener('click', onClick);
  return made;
}

// Makes the content of an element, unless it shows these data already: then selected text and the focus stay.
function render(id, data, build) {
  const text = JSON.stringify(data);
  if (rendered.get(id) === text) {
    return;
  }
  rendered.set(id, text);
  const element = byId(id);
  const key = element.contains(document.activeElement) ? document.activeElement.dataset.key : undefined;
  element.replaceChildren(...build(data));
  if (key) {
    element.querySelector('[data-key="' + CSS.escape(key) + '"]')?.focus();
  }
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

function eta(pace) {
  if (pace.left === null) {
    return pace.note;
  }
  return duration(pace.left) + (pace.end ? ', until ' + clock(pace.end) : '') + (pace.note ? ', ' + pace.note : '');
}

function share(id, records, total) {
  byId(id).setAttribute('width', (total > 0 ? Math.min(100, 100 * records / total) : 0) + '%');
}

function consumerRow([name, report]) {
  const row = document.createElement('tr');
  const activity = report.activity.toLowerCase();
  const header = node('th', name.length > 16 ? name.slice(0, 15) + '…' : name);
  header.scope = 'row';
  header.title = name;
  // Roles and labels, because a narrow window shows a row as a block, without the table's heading.
  header.setAttribute('role', 'rowheader');
  row.setAttribute('role', 'row');
  const cell = (text, label, className) => {
    const made = node('td', text, className);
    made.setAttribute('role', 'cell');
    if (label) {
      made.dataset.label = label;
    }
    return made;
  };
  const latency = (value) => value === undefined ? '–' : number(1000 * value) + ' ms';
  row.append(
    header,
    cell(activity + (report.reason ? ': ' + report.reason : ''), '', activity),
    cell(report.load.inFlight + ' of ' + report.load.limit, 'in flight'),
    cell(latency(report.latency?.p50), 'p50'),
    cell(latency(report.latency?.p99), 'p99'),
    cell(number(report.copies.copied), 'copied'),
    cell(number(report.copies.failed), 'failed'));
  return row;
}

export function snapshot(now) {
  const { counts, pace, batches } = now;
  const total = counts.total ?? counts.published;
  const phase = now.state.phase.toLowerCase();
  const percent = counts.percent === null ? '' : counts.percent.toFixed(1) + ' %';
  byId('run-number').textContent = now.run.number > 0 ? 'run ' + now.run.number : '';
  // Only a change is announced by a screen reader.
  if (byId('phase').textContent !== phase) {
    byId('phase').textContent = phase;
    byId('phase').className = 'pill ' + phase;
  }
  document.title = (percent ? percent + ' ' : '') + phase + ' · Rehome';
  byId('reasons-section').hidden = now.state.reasons.length === 0;
  render('reasons', now.state.reasons, (all) => all.map((reason) =>
    node('li', [node('b', reason.kind.toLowerCase()), ': ' + reason.text], reason.kind.toLowerCase())));
  share('bar-published', counts.published, total);
  share('bar-copied', counts.copied, total);
  share('bar-applied', counts.done, total);
  byId('bar').setAttribute('aria-valuenow', (counts.percent ?? 0).toFixed(1));
  byId('bar').setAttribute('aria-valuetext',
    number(counts.done) + (counts.total === null ? ' applied' : ' of ' + number(counts.total) + ' applied'));
  byId('percent').textContent = percent || (counts.total === null ? 'counting the rows' : 'nothing to do');
  byId('eta').textContent = eta(pace);
  byId('published').textContent = number(counts.published);
  byId('copied').textContent = number(counts.copied);
  byId('applied').textContent = number(counts.done);
  byId('total').textContent = counts.total === null ? 'being counted' : number(counts.total);
  byId('rate').textContent = number(pace.perSecond) + '/s';
  byId('average').textContent = number(pace.average) + '/s';
  byId('in-flight').textContent = number(now.inFlight);
  byId('failed').textContent = number(counts.applied.failed);
  byId('failed').className = counts.applied.failed > 0 ? 'bad' : '';
  byId('batches').textContent = 'Batches: ' + number(batches.pending) + ' pending, ' + number(batches.leased)
    + ' in flight, ' + number(batches.copied) + ' copied, ' + number(batches.dead) + ' dead. Pass ' + now.run.pass + '.'
    + (now.state.windowsClose ? ' The run windows close at ' + clock(now.state.windowsClose) + '.' : '');
  const consumers = Object.entries(now.consumers);
  byId('consumer-count').textContent = consumers.length ? consumers.length : 'none has reported in the last minute';
  render('consumers', consumers, (all) => all.map(consumerRow));
}

export function operator(state, edit, reset) {
  byId('read-only').hidden = !state.readOnly;
  byId('migration').textContent = state.migration;
  byId('version').textContent = 'Rehome producer ' + state.version;
  document.querySelectorAll('[data-action]').forEach((each) => {
    each.disabled = state.readOnly || (each.dataset.action === 'resume' && !state.hold);
    each.classList.toggle('main', each.dataset.action === 'resume' && Boolean(state.hold));
  });
  const live = state.settings.filter((setting) => setting.live !== null);
  byId('live-settings').textContent = live.length
    ? '(changed: ' + live.map((setting) => setting.name + '=' + setting.live).join(', ') + ')' : '';
  render('settings', [state.settings, state.readOnly], ([settings, readOnly]) => settings.map((setting) => {
    const changed = setting.live !== null;
    const row = node('li', [
      node('div', [node('b', setting.name), ' = ' + (changed ? setting.live : setting.configured || 'not set'),
        changed ? node('span', ' configured: ' + (setting.configured || 'not set'), 'quiet') : ''], 'grow'),
      button('Change…', 'set ' + setting.name, readOnly, () => edit(setting)),
    ], 'row');
    if (changed) {
      row.append(button('Reset…', 'unset ' + setting.name, readOnly, () => reset(setting)));
    }
    row.querySelectorAll('button').forEach((each) => each.classList.add('small'));
    return row;
  }));
  render('changes', state.changes, (changes) => changes.length
    ? changes.map((change) => node('li', [node('span', clock(change.at) + ' ', 'quiet'), node('b', change.author),
      ': ' + change.name + ' from ' + (change.before || '(none)') + ' to ' + (change.after || '(none)')]))
    : [node('li', 'No changes yet.')]);
}

export function failures(groups, readOnly, requeue) {
  render('failures', [groups, readOnly], () => groups.length ? groups.map((group) => node('div', [
    node('b', group.code + ': ' + number(group.records)),
    node('p', group.advice),
    node('ul', group.samples.map((sample) => node('li', [node('span', 'row ' + sample.row + ' ', 'quiet'), node('code', sample.location)]))),
    node('p', 'first ' + clock(group.first) + ', last ' + clock(group.last), 'quiet'),
    button('Requeue these…', 'requeue ' + group.code, readOnly, () => requeue(group)),
  ], 'failure')) : [node('p', 'No record has failed.')]);
}
