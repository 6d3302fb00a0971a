// Times in the reader's own zone, and the feed's clock moved to today.

export const MINUTE = 60_000;
export const DAY = 24 * 60 * MINUTE;

const clock = new Intl.DateTimeFormat("en", { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const date = new Intl.DateTimeFormat("en", { day: "numeric", month: "short" });
const longDate = new Intl.DateTimeFormat("en", { weekday: "long", day: "numeric", month: "long" });

/** "09:41". */
export const hourMinute = (at) => clock.format(at);
/** "Nov 20". */
export const shortDay = (at) => date.format(at);
/** "Sunday, December 6". */
export const longDay = (at) => longDate.format(at);
/** "Nov 20, 09:41", without the day when it is today. */
export function moment(at, now) {
  return startOfDay(at) === startOfDay(now) ? hourMinute(at) : `${shortDay(at)}, ${hourMinute(at)}`;
}

/** "42 min", "1 h 5 min", "3 h". */
export function duration(milliseconds) {
  const minutes = Math.max(1, Math.round(milliseconds / MINUTE));
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  if (hours === 0) return `${minutes} min`;
  return rest === 0 ? `${hours} h` : `${hours} h ${rest} min`;
}

/** Midnight of that day in the reader's zone. */
export function startOfDay(at) {
  const day = new Date(at);
  day.setHours(0, 0, 0, 0);
  return day.getTime();
}

/** The person's time zone in words, such as "Europe/Berlin". */
export function zoneName() {
  return Intl.DateTimeFormat().resolvedOptions().timeZone.replaceAll("_", " ");
}

/**
 * By how much the feed's times are moved so that the demo never looks years old: whole days, so
 * that times of day stay as written, with the feed's own clock at most a day back.
 */
export function shift(feedClock, now) {
  const written = Date.parse(feedClock);
  return Number.isNaN(written) ? 0 : Math.floor((now - written) / DAY) * DAY;
}

/**
 * The next window of a monthly rule such as "first Sunday, 02:00 to 04:00, UTC-5".
 * `week` counts from 1, `weekday` from 0 (Sunday). Returns `{from, to}` in milliseconds.
 */
export function nextMonthly(rule, now) {
  const [, sign, hours, minutes] = rule.offset.match(/^([+-])(\d\d):(\d\d)$/);
  const offset = (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * MINUTE;
  const timeOfDay = (text) => {
    const [hour, minute] = text.split(":").map(Number);
    return (hour * 60 + minute) * MINUTE;
  };
  const there = new Date(now + offset);
  for (let ahead = 0; ; ahead += 1) {
    const first = new Date(Date.UTC(there.getUTCFullYear(), there.getUTCMonth() + ahead, 1));
    const day = 1 + ((rule.weekday - first.getUTCDay() + 7) % 7) + (rule.week - 1) * 7;
    const midnight = Date.UTC(first.getUTCFullYear(), first.getUTCMonth(), day) - offset;
    const window = { from: midnight + timeOfDay(rule.from), to: midnight + timeOfDay(rule.to) };
    if (window.to > now) return window;
  }
}
