// Names and times as the member acted as sees them; every drawing function gets one of these.

/** The look of one state: who is who, which rooms can be opened, zone and time. `open(id)` goes to a conversation. */
export function lookOf(state, open) {
  const people = new Map(state.people.map((person) => [person.id, person]));
  const rooms = new Map(state.channels.map((channel) => [channel.id, channel]));
  const unknown = { id: "", name: "unknown", real_name: "Somebody", note: "" };
  return {
    me: state.me.id, zone: state.me.tz, now: state.now, open,
    person: (id) => people.get(id),
    author: (id) => people.get(id) ?? { ...unknown, id },
    people: () => state.people.filter((person) => !person.deleted),
    channel: (id) => rooms.get(id),
    channels: () => state.channels,
    roomName: (id) => {
      const room = rooms.get(id);
      if (!room) return id;
      return room.im_with ? people.get(room.im_with)?.real_name ?? room.name : `#${room.name}`;
    },
  };
}
