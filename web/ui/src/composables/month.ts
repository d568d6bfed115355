// Months as text, counted in UTC so that no zone of the browser moves a day.
import type { CalendarEntry } from '@/api/messages';

const text = (at: Date): string => at.toISOString().slice(0, 10);

/** "2026-11", -1 → "2026-10". */
export function addMonths(month: string, count: number): string {
  const [year, number] = month.split('-').map(Number);
  return text(new Date(Date.UTC(year, number - 1 + count, 1))).slice(0, 7);
}

/** Whole weeks, Monday first, that show the month. */
export function monthGrid(month: string): string[] {
  if (!/^\d{4}-\d{2}$/.test(month)) return [];
  const [year, number] = month.split('-').map(Number);
  const first = new Date(Date.UTC(year, number - 1, 1));
  const last = new Date(Date.UTC(year, number, 0));
  const start = -((first.getUTCDay() + 6) % 7);
  const days: string[] = [];
  for (let at = start; ; at += 1) {
    const day = new Date(Date.UTC(year, number - 1, 1 + at));
    if (day > last && days.length % 7 === 0) break;
    days.push(text(day));
  }
  return days;
}

export function dayText(entry: CalendarEntry): string {
  return entry.day || entry.at.slice(0, 10);
}
/** "2026-11-24T17:00:00+08:00" → "17:00". */
export function timeText(entry: CalendarEntry): string {
  return /T(\d{2}:\d{2})/.exec(entry.at)?.[1] ?? '';
}
export const TONE_OF_STATE: Record<string, string> = { open: 'accent', done: 'good', late: 'bad', locked: '' };
