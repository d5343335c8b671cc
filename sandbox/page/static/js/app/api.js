// Requests to the sandbox: the state, the member's actions, and notice of changes.

/** Fetches the state shown to the member `as`, with the messages of one channel and one thread, or the thread of a message. */
export async function fetchState({ as, channel, thread, message }) {
  const query = new URLSearchParams(Object.entries({ as, channel, thread, message }).filter(([, value]) => value));
  const answer = await fetch(`/page/state?${query}`);
  if (!answer.ok) throw new Error(`The sandbox answered ${answer.status}.`);
  return answer.json();
}

/** Performs one action, e.g. {action: "post", as, channel_id, text}. Returns {ok, error, …}, for a lost connection too. */
export async function perform(body) {
  try {
    const answer = await fetch("/page/action", {
      method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body),
    });
    const isJson = answer.headers.get("Content-Type")?.startsWith("application/json");
    return isJson ? await answer.json() : { ok: false, error: `The sandbox failed with ${answer.status}. Its log says why.` };
  } catch {
    return { ok: false, error: "The sandbox cannot be reached. Is it still running?" };
  }
}

/** Calls `changed` on every change and `linked(true or false)` when the connection opens or closes; reconnects. */
export function live({ changed, linked }) {
  let waitInMs = 300;
  const connect = () => {
    const socket = new WebSocket(`${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/page/live`);
    socket.onopen = () => {
      waitInMs = 300;
      linked(true);
      changed();
    };
    socket.onmessage = changed;
    socket.onclose = () => {
      linked(false);
      setTimeout(connect, waitInMs);
      waitInMs = Math.min(waitInMs * 2, 5000);
    };
  };
  connect();
}
