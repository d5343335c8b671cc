// The selects: one picker, four sources of options.

import { matching, picker } from "./picker.js";
import { plainText } from "../blocks/mrkdwn.js";

/** True for the element types of selects. */
export const isSelect = (type) => /^(multi_)?(static|external|users|conversations)_select$/.test(type);

/** The control of a select element. `send(value)` gets one value, or a list for a multi-select. */
export function select(spec, { label, surface, blockId, state, send }) {
  const several = spec.type.startsWith("multi_");
  const source = SOURCES[spec.type.replace("multi_", "").replace("_select", "")];
  return picker({
    label, several, placeholder: spec.placeholder?.text,
    chosen: chosenOf(spec, state, surface.look),
    load: (query) => source({ spec, query, surface, blockId }),
    change: (choices) => send(several ? choices.map((choice) => choice.value) : choices[0].value),
  });
}

const SOURCES = {
  static: ({ spec, query }) => matching(optionsOf(spec), query),
  external: async ({ spec, query, surface, blockId }) => {
    if (query.length < (spec.min_query_length ?? 3)) return [];
    return optionsOf(await surface.suggest(blockId, spec.action_id, query));
  },
  users: ({ query, surface }) => matching(surface.look.people().map(personOption), query),
  conversations: ({ spec, query, surface }) => matching(conversationOptions(spec, surface.look), query),
};

const option = (entry) => ({ value: entry.value, label: plainText(entry.text), detail: entry.description?.text });
const personOption = (person) => ({ value: person.id, label: person.real_name, detail: person.note || `@${person.name}` });

const optionsOf = (spec) => (spec.options ?? []).map(option);

function conversationOptions(spec, look) {
  const include = spec.filter?.include ?? ["public", "private"];
  return look.channels()
    .filter((channel) => !channel.im_with && !channel.is_archived && include.includes(channel.is_private ? "private" : "public"))
    .map((channel) => ({ value: channel.id, label: `#${channel.name}` }));
}

function chosenOf(spec, state, look) {
  const found = state ?? spec;
  const initial = (name) => found[state ? `selected_${name}` : `initial_${name}`];
  const options = [initial("option") ?? [], initial("options") ?? []].flat().map(option);
  const people = [initial("user") ?? [], initial("users") ?? []].flat();
  const channels = [initial("conversation") ?? []].flat();
  return [
    ...options,
    ...people.map((id) => ({ value: id, label: look.person(id)?.real_name ?? id })),
    ...channels.map((id) => ({ value: id, label: look.channelName(id) })),
  ];
}
