import type { Key } from '@/words';

export interface Choice {
  value: string;
  label: string;
}
/** One field of a query block; `name` is the parameter of the service. */
export interface Filter {
  name: string;
  label: Key;
  kind: 'text' | 'choice' | 'day' | 'region';
  choices?: Choice[];
  hint?: Key;
}
export interface Tab {
  value: string;
  text: string;
  count?: number;
}

const TONES: Record<string, 'good' | 'warn' | 'bad' | 'accent'> = {
  won: 'good', decided: 'good', active: 'good', done: 'good', same: 'good', awarded: 'good',
  pending: 'warn', given: 'warn', assumed: 'warn', reported: 'warn', expiring: 'warn', waiting: 'warn',
  invalid: 'bad', failed: 'bad', locked: 'bad', refused: 'bad', inactive: 'bad', revoked: 'bad', expired: 'bad',
  current: 'accent', open: 'accent',
  province_confirmed: 'good', returned: 'warn', submitted: 'accent', department_approved: 'accent', county_confirmed: 'accent', city_confirmed: 'accent',
  accepted: 'good', ready: 'accent', faulty: 'bad', overtaken: 'warn',
};
/** The colour beside a word that already says it. */
export function toneOf(code: unknown): string {
  return TONES[String(code)] ?? '';
}
