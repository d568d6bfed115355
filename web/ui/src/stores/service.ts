import { read } from '@/api/http';
import type { ServiceFacts } from '@/api/types';
import { defineStore } from 'pinia';
import { computed, onScopeDispose, ref } from 'vue';

const OFFICE_OFFSET = 8 * 3600_000;

/** What the service is, and its clock: carried on here between two answers. */
export const useService = defineStore('service', () => {
  const facts = ref<ServiceFacts>();
  const tick = ref(Date.now());
  let takenAt = Date.now();
  const timer = window.setInterval(() => { tick.value = Date.now(); }, 1000);
  onScopeDispose(() => window.clearInterval(timer));

  async function load(): Promise<void> {
    facts.value = await read<ServiceFacts>('/api/service');
    takenAt = Date.now();
  }
  const speed = computed(() => facts.value?.clock?.speed ?? 1);
  const demo = computed(() => facts.value?.demo ?? false);
  const now = computed(() => {
    const base = Date.parse(facts.value?.clock?.now ?? facts.value?.now ?? '');
    if (Number.isNaN(base)) return '';
    const there = new Date(base + Math.max(0, tick.value - takenAt) * speed.value + OFFICE_OFFSET);
    return there.toISOString().slice(0, 19).replace('T', ' ');
  });
  return { facts, speed, demo, now, load };
});
