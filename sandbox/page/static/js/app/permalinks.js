// Permalinks: addresses of messages in this workspace lead into the page, all others to a new tab.

let home = null;

/** Remembers the workspace's address, ending in a slash. */
export function leadInto(address) {
  home = address;
}

/** The place in this page of a message's or channel's permalink, as a fragment for `href`; null for other addresses. */
export function placeOf(address) {
  if (!home || !address.startsWith(`${home}archives/`)) return null;
  const url = new URL(address);
  const [, , channel, message] = url.pathname.split("/");
  const digits = /^p(\d+)(\d{6})$/.exec(message ?? "");
  if (!channel) return null;
  return fragment({ channel, thread: url.searchParams.get("thread_ts"), message: digits && `${digits[1]}.${digits[2]}` });
}

/** Opens an address: in this page where it belongs here, else in a new tab. */
export function follow(address) {
  const place = placeOf(address);
  if (place) location.hash = place;
  else window.open(address, "_blank", "noopener");
}

/** The fragment of a place: member, channel, thread, tab and message, without those that are not given. */
export function fragment({ as, channel, thread, tab, message }) {
  const parts = [as, channel, thread, tab === "messages" ? null : tab, message];
  return `#${parts.map((part) => encodeURIComponent(part ?? "")).join("/").replace(/\/+$/, "")}`;
}

/** The place that the address of the page names, by its fragment; without a member it is left to the page. */
export function placeInAddress(hash = location.hash) {
  const [as, channel, thread, tab, message] = hash.slice(1).split("/").map((part) => decodeURIComponent(part) || null);
  return { ...(as && { as }), ...(channel && { channel }), thread: thread ?? null, tab: tab ?? "messages", message: message ?? null };
}
