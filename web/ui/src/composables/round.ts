import type { Round } from '@/api/types';
import type { Resource } from '@/composables/resource';
import { computed, inject, provide, type InjectionKey } from 'vue';
import { useRoute } from 'vue-router';

const place: InjectionKey<Resource<Round>> = Symbol('round');

export function provideRound(round: Resource<Round>): void {
  provide(place, round);
}

/** The round whose pages these are: loaded once by their layout. */
export function useRound() {
  const round = inject(place);
  if (!round) throw new Error('a page of a round outside its layout');
  const route = useRoute();
  /** What is open to the person at the round's present stage. */
  const may = (action: string) => round.data.value?.may.includes(action) ?? false;
  const id = computed(() => String(route.params.round));
  return { round: round.data, id, api: computed(() => `/api/rounds/${encodeURIComponent(id.value)}`), may, reload: round.reload };
}
