export const SOURCES = ['province_listing', 'province_award', 'alliance_award', 'national_award', 'filed_purchase', 'city_reference', 'hospital_purchase', 'firm_declared', 'negotiated', 'emergency'] as const;
export const OBSERVATION_STATES = ['counts', 'pending', 'excluded', 'rejected'] as const;
export const LISTING_KINDS = ['won_with_volume', 'non_winning', 'negotiated', 'direct', 'shortage', 'filed', 'emergency'] as const;
export const LISTING_STATES = ['declared', 'reviewed', 'publicised', 'listed', 'suspended', 'delisted'] as const;
export const RISE_CAUSES = ['shortage', 'lead_department', 'cost', 'exchange_of_pack', 'correction', 'other'] as const;
export const FILING_STATES = ['requested', 'approved', 'refused'] as const;
export const REVIEW_STATES = ['pending', 'accepted', 'rejected'] as const;
export const POLICIES = ['price-watch', 'hunan-2018-drug', 'shaanxi-drug', 'shaanxi-2019-consumable', 'qinghai-2019-drug', 'fujian-drug', 'guangdong-2026-consumable', 'jilin-2026-reagent', 'xpcc-2026-consumable', 'heilongjiang-minimum', 'sichuan-2010-drug'] as const;

/** What an entry's state looks like beside its word. */
export const LISTING_TONES: Record<string, string> = { listed: 'good', suspended: 'warn', delisted: 'bad', publicised: 'accent', reviewed: 'accent', approved: 'good', requested: 'warn', proposed: 'warn', refused: 'bad', counts: 'good', excluded: 'bad', pending: 'warn', rejected: 'bad', accepted: 'good' };
