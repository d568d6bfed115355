import { ApiError, type Problem } from '@/api/http';
import { language } from '@/words';
import { onScopeDispose, ref, shallowRef, watch } from 'vue';

/**
 * Something that is read from the service: with its states, loaded again when `source` or the
 * language changes, and by itself after a wait when the service asked for one.
 */
export function useResource<T>(load: (signal: AbortSignal) => Promise<T>, source: () => unknown = () => 0) {
  const data = shallowRef<T>();
  const problem = ref<Problem>();
  const loading = ref(false);
  const retryIn = ref(0);
  let timer = 0;
  let running: AbortController | undefined;

  function stopWaiting(): void {
    window.clearInterval(timer);
    retryIn.value = 0;
  }

  function waitAndRetry(seconds: number): void {
    retryIn.value = seconds;
    timer = window.setInterval(() => {
      retryIn.value -= 1;
      if (retryIn.value <= 0) void reload();
    }, 1000);
  }

  async function reload(): Promise<void> {
    stopWaiting();
    running?.abort();
    const mine = new AbortController();
    running = mine;
    loading.value = true;
    try {
      const loaded = await load(mine.signal);
      if (running !== mine) return;
      data.value = loaded;
      problem.value = undefined;
    } catch (error) {
      if (running !== mine || (error as Error).name === 'AbortError') return;
      if (!(error instanceof ApiError)) throw error;
      problem.value = error.problem;
      if (error.problem.retry_after > 0) waitAndRetry(Math.min(error.problem.retry_after, 60));
    } finally {
      if (running === mine) loading.value = false;
    }
  }

  watch([source, language], () => void reload(), { immediate: true, deep: true });
  onScopeDispose(() => {
    stopWaiting();
    running?.abort();
    running = undefined;
  });
  return { data, problem, loading, retryIn, reload };
}

export type Resource<T> = ReturnType<typeof useResource<T>>;
