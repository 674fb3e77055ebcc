// The page's requests to the producer. The token stays in this tab.
const TOKEN = 'rehome-token';
// The producer sends something at least every 15 s; a connection without that is broken, whatever the browser thinks.
const SILENCE = 40000;

export class Refused extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

function headers(extra) {
  const token = sessionStorage.getItem(TOKEN);
  return { ...(token ? { Authorization: 'Bearer ' + token } : {}), ...extra };
}

export function signIn(token) {
  sessionStorage.setItem(TOKEN, token);
}

async function checked(response) {
  if (response.ok) {
    return response;
  }
  const text = (await response.text()).trim();
  let message = text;
  try {
    message = JSON.parse(text).message || text;
  } catch {
    // The response is plain text.
  }
  throw new Refused(response.status, message || 'HTTP status ' + response.status);
}

export async function get(path) {
  const signal = AbortSignal.timeout(SILENCE);
  return (await checked(await fetch(path, { headers: headers(), cache: 'no-store', signal }))).json();
}

export async function post(path, body) {
  return (await checked(await fetch(path, {
    method: 'POST',
    headers: headers({ 'Content-Type': 'application/json', 'X-Rehome': '1' }),
    body: JSON.stringify(body),
  }))).json();
}

// Reads the event stream until it ends or is aborted. EventSource can't send the token, so this reads the stream itself.
export async function events(onSnapshot, abort) {
  let silence;
  const heard = () => {
    clearTimeout(silence);
    silence = setTimeout(() => abort.abort(new Error('no event for ' + SILENCE / 1000 + ' s')), SILENCE);
  };
  try {
    heard();
    const response = await checked(await fetch('/api/events', { headers: headers(), signal: abort.signal }));
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    for (;;) {
      const { value, done } = await reader.read();
      if (done) {
        return;
      }
      heard();
      text += value;
      let end;
      while ((end = text.indexOf('\n\n')) >= 0) {
        const data = text.slice(0, end).split('\n').filter((line) => line.startsWith('data: '))
          .map((line) => line.slice(6)).join('\n');
        text = text.slice(end + 2);
        if (data) {
          onSnapshot(JSON.parse(data));
        }
      }
    }
  } finally {
    clearTimeout(silence);
  }
}
