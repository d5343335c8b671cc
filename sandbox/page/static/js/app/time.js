// Dates and times in the chosen member's own time zone.

const cache = new Map();

function format(zone, options) {
  const key = zone + JSON.stringify(options);
  if (!cache.has(key)) cache.set(key, new Intl.DateTimeFormat("en-GB", { timeZone: zone, ...options }));
  return cache.get(key);
}

const at = (seconds) => new Date(seconds * 1000);

/** "14:05". */
export const clockTime = (seconds, zone) => format(zone, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(at(seconds));

/** "2026-11-25" in the zone. */
export const dayKey = (seconds, zone) => {
  const parts = Object.fromEntries(
    format(zone, { year: "numeric", month: "2-digit", day: "2-digit" }).formatToParts(at(seconds)).map((part) => [part.type, part.value]),
  );
  return `${parts.year}-${parts.month}-${parts.day}`;
};

/** "Today", "Yesterday", or "Wednesday 25 November". */
export function dayName(seconds, { zone, now }) {
  const key = dayKey(seconds, zone);
  if (key === dayKey(now, zone)) return "Today";
  if (key === dayKey(now - 86400, zone)) return "Yesterday";
  return format(zone, { weekday: "long", day: "numeric", month: "long" }).format(at(seconds)).replace(",", "");
}

/** "Wed 25 Nov 2026, 14:05:09". */
export const fullTime = (seconds, zone) =>
  format(zone, { weekday: "short", day: "numeric", month: "short", year: "numeric" }).format(at(seconds)).replace(",", "") +
  `, ${format(zone, { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" }).format(at(seconds))}`;

function ago(seconds, now) {
  const gap = Math.abs(now - seconds);
  const [count, unit] = gap < 3600 ? [gap / 60, "minute"] : gap < 86400 ? [gap / 3600, "hour"] : [gap / 86400, "day"];
  const whole = Math.floor(count);
  const words = `${whole} ${unit}${whole === 1 ? "" : "s"}`;
  return seconds > now ? `in ${words}` : `${words} ago`;
}

/** The text of a `<!date^…>` token, e.g. "{date_short} at {time}". Unknown tokens stay as they are. */
export function dateText(template, seconds, { zone, now }) {
  const long = format(zone, { weekday: "long", day: "numeric", month: "long", year: "numeric" }).format(at(seconds));
  const middle = format(zone, { day: "numeric", month: "long", year: "numeric" }).format(at(seconds));
  const short = format(zone, { day: "numeric", month: "short", year: "numeric" }).format(at(seconds));
  const near = { 0: "today", 1: "yesterday", "-1": "tomorrow" }[
    (Date.parse(dayKey(now, zone)) - Date.parse(dayKey(seconds, zone))) / 86400000
  ];
  const words = {
    date_num: dayKey(seconds, zone), date: middle, date_short: short, date_long: long,
    date_pretty: near ?? middle, date_short_pretty: near ?? short, date_long_pretty: near ?? long, day_divider_pretty: near ?? long,
    time: clockTime(seconds, zone), ago: ago(seconds, now),
    time_secs: format(zone, { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" }).format(at(seconds)),
  };
  return template.replace(/\{(\w+)\}/g, (token, name) => words[name] ?? token);
}
