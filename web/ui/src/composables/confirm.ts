import { useAction } from '@/composables/action';
import { ref } from 'vue';

export interface Pending {
  title: string;
  text: string;
  act: (intent: string) => Promise<unknown>;
  done: (result: unknown) => void;
}

/** An act that is asked about once more before it is done. */
export function useConfirm() {
  const pending = ref<Pending>();
  const action = useAction();

  function ask(what: Pending): void {
    action.reset();
    pending.value = what;
  }
  function close(): void {
    pending.value = undefined;
  }
  async function go(): Promise<void> {
    const what = pending.value;
    if (!what) return;
    const result = await action.run(async (intent) => ({ of: await what.act(intent) }), what.title);
    if (!result) return;
    close();
    what.done(result.of);
  }
  return { pending, busy: action.busy, problem: action.problem, ask, close, go };
}
export type Confirm = ReturnType<typeof useConfirm>;
