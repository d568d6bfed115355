import { read } from '@/api/http';
import type { List, Region, RegionVolumes } from '@/api/types';
import type { Choice } from '@/components/query';
import { useResource } from '@/composables/resource';
import { computed, type Ref } from 'vue';

/** The regions organisations lie in, by code. */
export function useRegionChoices() {
  const regions = useResource<{ regions: Region[] }>((signal) => read('/api/regions', {}, signal));
  return computed<Choice[]>(() => (regions.data.value?.regions ?? []).map((one) => ({ value: one.code, label: one.name })));
}

/** The lots of a round to choose from. */
export function useLotChoices(api: Ref<string>) {
  const lots = useResource<List>((signal) => read(`${api.value}/lots`, { size: 100 }, signal), () => api.value);
  return computed<Choice[]>(() =>
    (lots.data.value?.rows ?? []).map((row) => ({ value: String(row.lot), label: `${row.lot} ${row.name}` })),
  );
}

/** The supply regions of a round, by the name its files use. */
export function useSupplyRegionChoices(api: Ref<string>, lots: Ref<Choice[]>) {
  const first = computed(() => lots.value[0]?.value ?? '');
  const volumes = useResource<RegionVolumes | undefined>(
    async (signal) => (first.value ? read(`${api.value}/volumes/regions`, { lot: first.value }, signal) : undefined),
    () => [api.value, first.value],
  );
  return computed<Choice[]>(() =>
    (volumes.data.value?.regions ?? []).map((one) => ({ value: one.region, label: one.region_text })),
  );
}
