// Surfaces for blocks - a message, a modal, the Home tab - and how input there reaches the sandbox.

/** The surface of a message: every choice goes to the app at once. */
export function messageSurface(message, page) {
  const target = { channel_id: message.channel_id, ts: message.ts };
  const click = (blockId, actionId, value) => page.perform({ action: "click", target, block_id: blockId, action_id: actionId, value });
  return {
    look: page.look,
    state: (blockId, actionId) => message.state[blockId]?.[actionId],
    perform: click,
    enter: ({ blockId, spec, value, typing, entered }) => (typing || entered ? null : click(blockId, spec.action_id, value)),
    suggest: (blockId, actionId, query) => page.suggest({ target, block_id: blockId, action_id: actionId, value: query }),
  };
}

const TYPING_PAUSE_IN_MS = 350;

/**
 * The input of one view. Fields are sent when they change or typing pauses, in order, and always before a click or the
 * submission, so that the sandbox has everything the person sees. A text field that dispatches on Enter waits for Enter.
 */
export class Form {
  constructor(viewId, page) {
    this.viewId = viewId;
    this.page = page;
    this.unsent = new Map();
    this.reported = new Map();
    this.typed = new Map();
    this.sending = Promise.resolve();
  }

  /** The surface to draw the view's blocks on. */
  surface(view) {
    const target = { view_id: view.id };
    return {
      look: this.page.look,
      errors: view.errors,
      state: (blockId, actionId) => this.state(view, blockId, actionId),
      perform: async (blockId, actionId, value) => {
        await this.flush();
        return this.page.perform({ action: "click", target, block_id: blockId, action_id: actionId, value });
      },
      enter: (given) => this.enter(given, view),
      attach: (blockId, actionId, name, content) =>
        this.page.perform({ action: "attach", view_id: view.id, block_id: blockId, action_id: actionId, name, content }),
      suggest: (blockId, actionId, query) => this.page.suggest({ target, block_id: blockId, action_id: actionId, value: query }),
    };
  }

  /** The input of a field. What is typed here is newer than what the sandbox tells: a redrawn block must not lose it. */
  state(view, blockId, actionId) {
    const told = view.state[blockId]?.[actionId];
    const typed = this.typed.get(`${blockId} ${actionId}`);
    return typed === undefined ? told : { ...told, value: typed };
  }

  enter({ blockId, spec, value, typing, entered, isText }, view) {
    const key = `${blockId} ${spec.action_id}`;
    if (isText) this.typed.set(key, value);
    const block = view.blocks.flatMap((outer) => [outer, ...(outer.child_blocks ?? [])]).find((candidate) => candidate.block_id === blockId);
    const onKeys = spec.dispatch_action_config?.trigger_actions_on?.includes("on_character_entered");
    const reported = JSON.stringify(value);
    // A text field reports its value again when it loses focus or Enter is pressed: that is no change.
    if (!entered && !typing && this.reported.get(key) === reported) return null;
    this.reported.set(key, reported);
    if (!entered) this.unsent.set(key, { block_id: blockId, action_id: spec.action_id, value });
    clearTimeout(this.timer);
    if (entered && !block?.dispatch_action) return this.onEnter?.();
    if (isText && !entered && block?.dispatch_action && !onKeys) return null;
    if (typing) this.timer = setTimeout(() => this.flush(), TYPING_PAUSE_IN_MS);
    else return this.flush();
    return null;
  }

  /** Sends the input since the last time; resolves when the sandbox has all of it. */
  flush() {
    clearTimeout(this.timer);
    const fields = [...this.unsent.values()];
    this.unsent.clear();
    for (const field of fields) {
      this.sending = this.sending.then(() => this.page.perform({ action: "set_input", view_id: this.viewId, ...field }));
    }
    return this.sending;
  }
}
