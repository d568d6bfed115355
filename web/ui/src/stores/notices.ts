import { defineStore } from 'pinia';
import { ref } from 'vue';

export interface Notice {
  id: number;
  kind: 'good' | 'bad' | 'plain';
  text: string;
}

/** Short messages at the edge of the page; read out, gone by themselves unless they are bad news. */
export const useNotices = defineStore('notices', () => {
  const shown = ref<Notice[]>([]);
  const spoken = ref('');
  let last = 0;

  function dismiss(id: number): void {
    shown.value = shown.value.filter((notice) => notice.id !== id);
  }
  function say(text: string, kind: Notice['kind'] = 'good'): void {
    last += 1;
    const id = last;
    shown.value = [...shown.value.slice(-2), { id, kind, text }];
    if (kind !== 'bad') window.setTimeout(() => dismiss(id), 6000);
  }
  /** For those who do not see the page change. */
  function speak(text: string): void {
    spoken.value = text;
  }
  return { shown, spoken, say, speak, dismiss };
});
