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
  const id = computed(() => String(route.params.round));
  const trail = computed(() => [
    { text: round.data.value?.title ?? id.value, to: `/rounds/${encodeURIComponent(id.value)}` },
  ]);
  return { round: round.data, id, api: computed(() => `/api/rounds/${encodeURIComponent(id.value)}`), trail };
}
