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

// The look: names, zone and time as the chosen member sees them; every drawing function gets one.

/** The look of one state: people, channels, zone and time. `open(id)` goes to a channel. */
export function lookOf(state, open) {
  const people = new Map(state.people.map((person) => [person.id, person]));
  const channels = new Map(state.channels.map((channel) => [channel.id, channel]));
  const unknown = { id: "", name: "unknown", real_name: "Somebody", note: "" };
  return {
    me: state.me.id, zone: state.me.tz, now: state.now, open,
    person: (id) => people.get(id),
    author: (id) => people.get(id) ?? { ...unknown, id },
    people: () => state.people.filter((person) => !person.deleted),
    channel: (id) => channels.get(id),
    channels: () => state.channels,
    channelName: (id) => {
      const channel = channels.get(id);
      if (!channel) return id;
      return channel.im_with ? people.get(channel.im_with)?.real_name ?? channel.name : `#${channel.name}`;
    },
  };
}
