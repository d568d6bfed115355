import type { Setup } from '@/api/setup';
import type { Resource } from '@/composables/resource';
import { useRound } from '@/composables/round';
import { computed, inject, provide, type InjectionKey } from 'vue';

const place: InjectionKey<Resource<Setup>> = Symbol('setup');

export function provideSetup(setup: Resource<Setup>): void {
  provide(place, setup);
}

/** The set-up of the round whose pages these are: loaded once by their layout. */
export function useSetup() {
  const found = inject(place);
  if (!found) throw new Error('a page of the set-up outside its layout');
  const setup = found;
  const { id, api, reload: reloadRound } = useRound();
  const may = (act: string) => setup.data.value?.may.includes(act) ?? false;
  async function reload(): Promise<void> {
    await Promise.all([setup.reload(), reloadRound()]);
  }
  return { setup: setup.data, id, api, may, reload, version: computed(() => setup.data.value?.round.version ?? 0) };
}
