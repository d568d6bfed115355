import { read } from '@/api/http';
import type { List } from '@/api/types';
import type { Choice } from '@/components/query';
import { useResource } from '@/composables/resource';
import { t, type Key } from '@/words';
import { computed } from 'vue';

const ROLES = [
  'system_administrator', 'security_administrator', 'audit_administrator', 'procurement_officer', 'bid_opener',
  'notary_supervisor', 'expert', 'hospital_reporter', 'hospital_approver', 'hospital_buyer', 'hospital_store',
  'hospital_finance', 'supplier', 'distributor', 'bureau_county', 'bureau_city', 'bureau_province',
  'authority_health', 'authority_drug', 'authority_discipline', 'price_monitor', 'pharmacy',
] as const;
const SCOPES = [
  'see_rounds', 'see_bids', 'see_volumes', 'see_award', 'verify_award', 'see_rulebooks', 'see_organisations',
  'count_bids', 'see_hospital_volumes', 'report_volumes',
] as const;
const KINDS = [
  'procurement_office', 'bureau', 'hospital', 'supplier', 'distributor', 'pharmacy', 'authority', 'price_monitor', 'operator',
] as const;

const choicesOf = (values: readonly string[], area: string): Choice[] =>
  values.map((value) => ({ value, label: t(`${area}.${value}` as Key) }));

export const useRoleChoices = () => computed(() => choicesOf(ROLES, 'role'));
/** Roles a key may act with: those that log in without a second factor. */
export const useKeyRoleChoices = () => computed(() => choicesOf(ROLES.slice(5), 'role'));
export const useScopeChoices = () => computed(() => choicesOf(SCOPES, 'scope'));
export const useKindChoices = () => computed(() => choicesOf(KINDS, 'kind'));

/** The organisations one sees, by id. */
export function useOrganisationChoices() {
  const list = useResource<List>((signal) => read('/api/organisations', { size: 100 }, signal));
  return computed<Choice[]>(() =>
    (list.data.value?.rows ?? []).map((row) => ({ value: String(row.id), label: String(row.name) })),
  );
}
