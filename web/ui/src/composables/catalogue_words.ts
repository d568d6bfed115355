import type { Choice } from '@/components/query';
import { t, type Key } from '@/words';

export const INSTITUTION_KINDS = ['public', 'military', 'private_designated', 'pharmacy', 'clinic'] as const;
export const DUTIES = ['must', 'voluntary'] as const;
export const LEVELS = ['unrated', 'first', 'second', 'third'] as const;
export const PRODUCT_KINDS = ['western', 'tcm_patent', 'tcm_granules', 'tcm_pieces', 'hospital_preparation', 'consumable', 'reagent'] as const;
export const EVIDENCES = ['official', 'replay', 'secondary', 'reported', 'assumed', 'given'] as const;

export const choicesIn = (values: readonly string[], area: string): Choice[] => values.map((value) => ({ value, label: t(`${area}.${value}` as Key) }));
