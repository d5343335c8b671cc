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
