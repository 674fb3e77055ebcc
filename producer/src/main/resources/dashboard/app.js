// The dashboard: follows the event stream, polls when there is none, and asks before it changes anything.
import { events, get, post, Refused, signIn } from '/server.js';
import { draw } from '/chart.js';
import * as view from '/view.js';
import { byId } from '/view.js';

const POLL = 2000;
const SLOWLY = 10000;
const OLD = 10000;
const AUTHOR = 'rehome-author';
const pause = (ms) => new Promise((done) => setTimeout(done, ms));

let latest = null;
let latestAt = 0;
let problem = '';
let state = { readOnly: true, settings: [], changes: [], hold: '' };
let history = null;
let shown = 'hour';

const ACTIONS = {
  pause: { title: 'Pause the run?', go: 'Pause', reason: true,
    impact: () => 'Consumers finish the batches that they hold; nothing else is published, claimed or applied until'
      + ' somebody resumes the run. ' + inWork() },
  resume: { title: 'Resume the run?', go: 'Resume',
    impact: () => 'The run continues within two seconds. It is currently ' + state.hold + '.' },
  drain: { title: 'Drain the run?', go: 'Drain', reason: true,
    impact: () => 'Nothing is published or claimed any more; batches that consumers hold are finished and applied. '
      + inWork() },
  abort: { title: 'Abort the run?', go: 'Abort the run', reason: true, danger: true,
    impact: () => 'The producer and the consumers will end. No row is left half changed, and applied records stay applied'
      + (latest ? ' (' + count(latest.counts.done, 'record') + ')' : '') + '. To continue the run, start a producer.' },
};

function count(number, noun) {
  const many = noun.endsWith('y') ? noun.slice(0, -1) + 'ies' : noun + (noun.endsWith('ch') ? 'es' : 's');
  return view.number(number) + ' ' + (number === 1 ? noun : many);
}

function inWork() {
  return latest ? 'In flight now: ' + count(latest.batches.leased, 'batch') + ' with ' + count(latest.inFlight, 'copy') + '.' : '';
}

const holds = (now) => JSON.stringify(now?.state.reasons.filter((reason) => reason.kind === 'HOLD'));

function show(now) {
  if (latest?.at !== now.at || latest.state.reasons.length !== now.state.reasons.length) {
    latestAt = performance.now();
  }
  const turned = latest !== null && holds(latest) !== holds(now);
  latest = now;
  byId('sign-in').hidden = true;
  byId('content').hidden = false;
  view.snapshot(now);
  if (turned) {
    refresh();
  }
}

// Describes a broken connection or old numbers; empty while neither is the case.
function connection() {
  const age = performance.now() - latestAt;
  const ended = latest && ['COMPLETE', 'INCOMPLETE'].includes(latest.state.phase);
  let text = problem;
  if (problem && ended) {
    text = 'The producer has ended; these are its last numbers.';
  } else if (!problem && latest && !ended && age > OLD) {
    text = 'These numbers are ' + view.duration(age / 1000) + ' old: the producer has computed no newer ones.';
  }
  if (byId('connection').textContent !== text) {
    byId('connection').textContent = text;
  }
}

function failed(failure) {
  if (failure instanceof Refused && failure.status === 401) {
    if (byId('sign-in').hidden) {
      byId('content').hidden = true;
      byId('sign-in').hidden = false;
      byId('token').focus();
    }
    problem = '';
  } else {
    problem = failure instanceof Refused ? failure.message : 'No connection to the producer; retrying.';
  }
  connection();
}

async function follow() {
  for (;;) {
    const abort = new AbortController();
    const hide = () => document.hidden && abort.abort();
    document.addEventListener('visibilitychange', hide);
    try {
      await events((now) => {
        problem = '';
        show(now);
        connection();
      }, abort);
    } catch (failure) {
      if (!document.hidden) {
        await poll();
      }
    }
    document.removeEventListener('visibilitychange', hide);
    while (document.hidden) {
      await pause(500);
    }
    await pause(POLL);
  }
}

async function poll() {
  try {
    show(await get('/api/status'));
    problem = 'The event stream is not available; polling every few seconds.';
    connection();
  } catch (failure) {
    failed(failure);
  }
}

function chart() {
  if (history) {
    draw(byId('chart'), byId('chart-summary'), history[shown], shown === 'hour' ? 60 : 1200, view.clock);
  }
}

async function refresh() {
  if (!document.hidden && byId('sign-in').hidden) {
    try {
      state = await get('/api/operator');
      view.operator(state, edit, reset);
      view.failures(await get('/api/failures'), state.readOnly, requeue);
      history = await get('/api/history');
      chart();
    } catch (failure) {
      failed(failure);
    }
  }
}

async function confirm(action, impact) {
  const dialog = byId('confirm');
  byId('confirm-title').textContent = action.title;
  byId('confirm-impact').textContent = impact;
  byId('confirm-go').textContent = action.go;
  byId('confirm-go').classList.toggle('danger', Boolean(action.danger));
  byId('ask-reason').hidden = !action.reason;
  byId('ask-value').hidden = action.value === undefined;
  byId('setting-value').required = action.value !== undefined;
  byId('reason').value = '';
  byId('setting-value').value = action.value ?? '';
  byId('author').value = localStorage.getItem(AUTHOR) || '';
  dialog.returnValue = 'cancel';
  dialog.showModal();
  await new Promise((closed) => dialog.addEventListener('close', closed, { once: true }));
  return dialog.returnValue === 'go';
}

async function change(path, body) {
  const author = byId('author').value.trim();
  localStorage.setItem(AUTHOR, author);
  try {
    const done = await post(path, { ...body, ...(author ? { author } : {}) });
    byId('outcome').textContent = done.message;
  } catch (failure) {
    byId('outcome').textContent = 'Not done: ' + failure.message;
  }
  await refresh();
}

async function act(name) {
  const action = ACTIONS[name];
  if (await confirm(action, action.impact())) {
    const reason = byId('reason').value.trim();
    await change('/api/control/' + name, action.reason && reason ? { reason } : {});
  }
}

async function edit(setting) {
  const action = { title: setting.name, go: 'Change', value: setting.live ?? setting.configured };
  const impact = setting.explanation + ' Expected: ' + setting.expected
    + '. Takes effect in all processes within two seconds, and survives their restarts.';
  if (await confirm(action, impact)) {
    await change('/api/control/set', { name: setting.name, value: byId('setting-value').value.trim() });
  }
}

async function reset(setting) {
  const action = { title: 'Reset ' + setting.name + '?', go: 'Reset' };
  if (await confirm(action, 'Its value changes from ' + setting.live + ' back to ' + (setting.configured || 'no value')
    + ', the configured one, within two seconds.')) {
    await change('/api/control/unset', { name: setting.name });
  }
}

async function requeue(group) {
  const action = { title: 'Requeue ' + group.code + '?', go: 'Requeue' };
  const impact = count(group.records, 'failed record') + ' will be published again by the next pass. Remove the cause'
    + ' first: ' + group.advice.replace(', then run again', '') + '.';
  if (await confirm(action, impact)) {
    await change('/api/requeue', { code: group.code });
  }
}

function chooseSeries(series) {
  shown = series;
  byId('show-hour').setAttribute('aria-pressed', String(series === 'hour'));
  byId('show-week').setAttribute('aria-pressed', String(series === 'week'));
  chart();
}

document.querySelectorAll('[data-action]').forEach((button) => {
  button.addEventListener('click', () => act(button.dataset.action));
});
byId('confirm-cancel').addEventListener('click', () => byId('confirm').close('cancel'));
byId('show-hour').addEventListener('click', () => chooseSeries('hour'));
byId('show-week').addEventListener('click', () => chooseSeries('week'));
byId('sign-in').addEventListener('submit', async (event) => {
  event.preventDefault();
  signIn(byId('token').value.trim());
  try {
    show(await get('/api/status'));
    refresh();
  } catch (failure) {
    byId('sign-in-problem').textContent = failure.status === 401 ? 'The producer rejects this token.' : failure.message;
  }
});
window.addEventListener('resize', chart);
refresh();
setInterval(refresh, SLOWLY);
setInterval(connection, 1000);
follow();
