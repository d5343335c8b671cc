// The keyboard's focus, kept where it was although what it stood on is drawn anew.

const NAMES = ["data-action", "aria-label", "data-value", "role"];

/** Runs `draw`; when the focused control was drawn anew, its successor gets the focus, else the message or form it was in. */
export function keepFocus(draw) {
  const giveBack = rememberFocus();
  draw();
  giveBack();
}

/** Remembers the focused control; the returned function gives the focus back to it or to its successor, unless another has it. */
export function rememberFocus() {
  const focused = document.activeElement;
  const trail = focused && focused !== document.body ? trailOf(focused) : null;
  const { selectionStart = null, selectionEnd = null } = focused ?? {};
  return () => {
    if (!trail || (document.activeElement && document.activeElement !== document.body)) return;
    if (focused.isConnected) return focused.focus({ preventScroll: true });
    const around = trail.places.map((selector) => document.querySelector(selector)).filter(Boolean);
    const successor = around.map((place) => [...place.querySelectorAll(trail.name)].at(trail.index)).find(Boolean) ??
      around.find((place) => place.dataset.block)?.querySelector(focused.localName);
    (successor ?? around.find((place) => place.matches("[tabindex]")))?.focus({ preventScroll: true });
    if (selectionStart !== null) successor?.setSelectionRange?.(selectionStart, selectionEnd);
  };
}

/** How to find a control again: where it stands, from the inside out, and which one of its name it is there. */
function trailOf(node) {
  const places = [];
  for (let place = node.parentElement; place && place !== document.body; place = place.parentElement) {
    if (place.dataset.block) places.push(`${paneOf(place)}[data-block="${CSS.escape(place.dataset.block)}"]`);
    else if (place.dataset.ts) places.push(`${paneOf(place)}[data-ts="${CSS.escape(place.dataset.ts)}"]`);
    else if (place.matches(".modal-body, .home, .tabs, .sidebar")) places.push(`.${place.classList[0]}`);
  }
  const given = NAMES.find((name) => node.hasAttribute(name));
  const name = node.localName + (given ? `[${given}="${CSS.escape(node.getAttribute(given))}"]` : "");
  const around = places.length ? document.querySelector(places[0]) : null;
  return { places, name, index: Math.max(0, around ? [...around.querySelectorAll(name)].indexOf(node) : 0) };
}

const paneOf = (node) => (node.closest(".thread-pane") ? ".thread-pane " : node.closest("dialog") ? "dialog " : ".channel-pane ");
