import { read } from '@/api/http';
import type { List, Region } from '@/api/types';
import type { Choice } from '@/components/query';
import { useResource } from '@/composables/resource';
import { computed, type Ref } from 'vue';

/** The regions to choose from; the service takes their names or codes as `by` says. */
export function useRegionChoices(by: 'name' | 'code' = 'code') {
  const regions = useResource<{ regions: Region[] }>((signal) => read('/api/regions', {}, signal));
  return computed<Choice[]>(() => (regions.data.value?.regions ?? []).map((one) => ({ value: one[by], label: one.name })));
}

/** The lots of a round to choose from. */
export function useLotChoices(api: Ref<string>) {
  const lots = useResource<List>((signal) => read(`${api.value}/lots`, { size: 100 }, signal), () => api.value);
  return computed<Choice[]>(() =>
    (lots.data.value?.rows ?? []).map((row) => ({ value: String(row.lot), label: `${row.lot} ${row.name}` })),
  );
}
