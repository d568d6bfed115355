// A form whose record somebody else changed meanwhile: the newest is taken, what was typed stays.
import type { Row } from '@/api/types';
import { t } from '@/words';
import { ref } from 'vue';

/** `take` puts a record into the form; `titleOf` names a field for people. */
export function useKeptChanges<T extends object>(form: T, take: (row: Row) => void, titleOf: (field: string) => string) {
  const both = ref<string[]>([]); // fields that both changed, in words
  const joined = ref(false);
  let base: Partial<T> = {};

  function begin(row: Row): void {
    take(row);
    base = { ...form };
  }
  function join(row: Row): void {
    const [mine, old] = [{ ...form }, base];
    begin(row);
    const found: string[] = [];
    for (const field of Object.keys(mine) as (keyof T & string)[]) {
      const theirs = form[field];
      if (field === 'version' || mine[field] === old[field] || mine[field] === theirs) continue;
      if (theirs !== old[field]) found.push(t('form.both_changed', { field: titleOf(field), theirs: String(theirs) || '—', mine: String(mine[field]) || '—' }));
      form[field] = mine[field];
    }
    both.value = found;
    joined.value = true;
  }
  return { begin, join, both, joined };
}
