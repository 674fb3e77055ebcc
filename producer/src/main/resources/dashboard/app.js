// The dashboard: follows the event stream, polls when there is none, and asks before it changes anything.
import { events, get, post, Refused, signIn } from '/server.js';
import { draw } from '/chart.js';
import * as view from '/view.js';

const POLL = 2000;
const SLOWLY = 10000;
const AUTHOR = 'rehome-author';
const byId = (id) => document.getElementById(id);
const pause = (ms) => new Promise((done) => setTimeout(done, ms));

let latest = null;
let state = { readOnly: true, settings: {}, changes: [] };
let shown = 'hour';

const ACTIONS = {
  pause: { title: 'Pause the run?', go: 'Pause', reason: true,
    impact: () => 'Consumers finish the batches that they hold; nothing else is published, claimed or applied until'
      + ' somebody resumes the run. ' + inWork() },
  resume: { title: 'Resume the run?', go: 'Resume',
    impact: () => state.hold ? 'The run goes on within two seconds. Now it is ' + state.hold + '.'
      : 'Nothing holds the run now.' },
  drain: { title: 'Drain the run?', go: 'Drain', reason: true,
    impact: () => 'Nothing is published or claimed any more; batches that consumers hold are finished and applied. '
      + inWork() },
  abort: { title: 'Abort the run?', go: 'Abort the run', reason: true, danger: true,
    impact: () => 'Producer and consumers end. No row is left half changed; what is applied stays applied: '
      + (latest ? view.number(latest.counts.done) + ' records. ' : '') + 'The run resumes when a producer is started.' },
  set: { title: 'Change a setting', go: 'Change', setting: true,
    impact: () => 'Takes effect in all processes within two seconds, and survives their restarts.' },
};

function inWork() {
  return latest ? 'In work now: ' + latest.batches.leased + ' batches with ' + latest.inFlight + ' copies in flight.' : '';
}

function show(now) {
  latest = now;
  byId('sign-in').hidden = true;
  byId('content').hidden = false;
  view.snapshot(now);
}

function connection(text) {
  byId('connection').textContent = text;
}

function failed(problem) {
  if (problem instanceof Refused && problem.status === 401) {
    byId('content').hidden = true;
    byId('sign-in').hidden = false;
    connection('');
  } else {
    connection('No connection to the producer; trying again. ' + problem.message);
  }
}

async function follow() {
  for (;;) {
    const leaving = new AbortController();
    const hide = () => document.hidden && leaving.abort();
    document.addEventListener('visibilitychange', hide);
    try {
      await events((now) => {
        connection('');
        show(now);
      }, leaving.signal);
    } catch (problem) {
      if (!leaving.signal.aborted) {
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
    connection('The event stream is not available; asking every few seconds.');
  } catch (problem) {
    failed(problem);
  }
}

async function refresh() {
  if (!document.hidden && byId('sign-in').hidden) {
    try {
      state = await get('/api/operator');
      view.operator(state);
      view.failures(await get('/api/failures'), state.readOnly, requeue);
      const history = await get('/api/history');
      draw(byId('chart'), byId('chart-summary'), history[shown], shown === 'hour' ? 60 : 1200, view.clock);
    } catch (problem) {
      failed(problem);
    }
  }
}

async function confirm(action, impact) {
  const dialog = byId('confirm');
  byId('confirm-title').textContent = action.title;
  byId('confirm-impact').textContent = impact;
  byId('confirm-go').textContent = action.go;
  byId('confirm-go').className = action.danger ? 'danger' : '';
  byId('ask-reason').hidden = !action.reason;
  byId('ask-name').hidden = !action.setting;
  byId('ask-value').hidden = !action.setting;
  byId('reason').value = '';
  byId('setting-value').value = '';
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
  } catch (problem) {
    byId('outcome').textContent = 'Not done: ' + problem.message;
  }
  await refresh();
}

async function act(name) {
  const action = ACTIONS[name];
  if (await confirm(action, action.impact())) {
    const reason = byId('reason').value.trim();
    await change('/api/control/' + name, {
      ...(action.reason && reason ? { reason } : {}),
      ...(action.setting ? { name: byId('setting-name').value.trim(), value: byId('setting-value').value } : {}),
    });
  }
}

async function requeue(group) {
  const action = { title: 'Requeue ' + group.code + '?', go: 'Requeue' };
  const impact = view.number(group.records) + ' failed records become pending again, and the next pass copies them once'
    + ' more. Remove the cause first: ' + group.advice + '.';
  if (await confirm(action, impact)) {
    await change('/api/requeue', { code: group.code });
  }
}

function chooseSeries(series) {
  shown = series;
  byId('show-hour').setAttribute('aria-pressed', String(series === 'hour'));
  byId('show-week').setAttribute('aria-pressed', String(series === 'week'));
  refresh();
}

document.querySelectorAll('[data-action]').forEach((button) => {
  button.addEventListener('click', () => act(button.dataset.action));
});
byId('show-hour').addEventListener('click', () => chooseSeries('hour'));
byId('show-week').addEventListener('click', () => chooseSeries('week'));
byId('sign-in').addEventListener('submit', async (event) => {
  event.preventDefault();
  signIn(byId('token').value);
  try {
    show(await get('/api/status'));
    refresh();
  } catch (problem) {
    byId('sign-in-problem').textContent = problem.message;
  }
});
refresh();
setInterval(refresh, SLOWLY);
follow();
