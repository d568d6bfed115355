import { ApiError, newIntent, type Problem } from '@/api/http';
import { ref } from 'vue';

/**
 * One thing a person wants done. While it runs, `busy` keeps a second click out. Its key stays the
 * same while the outcome is unknown (no answer, busy service) and nothing was changed in between.
 */
export function useAction() {
  const busy = ref(false);
  const problem = ref<Problem>();
  let intent = '';
  let asked = '';

  async function run<T>(act: (intent: string) => Promise<T>, what: unknown = ''): Promise<T | undefined> {
    if (busy.value) return undefined;
    const signature = JSON.stringify(what);
    if (intent === '' || signature !== asked) {
      intent = newIntent();
      asked = signature;
    }
    busy.value = true;
    problem.value = undefined;
    try {
      const result = await act(intent);
      intent = '';
      return result;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      problem.value = error.problem;
      const open = error.problem.status === 0 || error.problem.status >= 500;
      if (!open) intent = '';
      return undefined;
    } finally {
      busy.value = false;
    }
  }

  function reset(): void {
    problem.value = undefined;
    intent = '';
  }

  return { busy, problem, run, reset };
}
