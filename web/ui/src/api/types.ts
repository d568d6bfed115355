// Answers of the service as /openapi.json describes them. Decimals are text and stay text.

export interface Column {
  name: string;
  title: string;
  kind: 'text' | 'exact' | 'count';
}
export type Cell = string | number | boolean | null | undefined;
export type Row = Record<string, unknown>;
export interface List {
  columns: Column[];
  rows: Row[];
  total: number;
  page: number;
  size: number;
}

export interface DemoAccount {
  login: string;
  password: string;
  role: string;
  role_text: string;
  organisation: string;
  code: string;
}
export interface ServiceFacts {
  name: string;
  version: string;
  demo: boolean;
  now: string;
  clock: { now: string; speed: number };
  demo_accounts?: DemoAccount[];
}

export interface Me {
  logged_in: boolean;
  replaced?: boolean; // the log-in here ended because of a newer one
  login?: string;
  name?: string;
  language?: 'zh' | 'en';
  roles?: { role: string; text: string }[];
  organisation?: { id: number; code: string; name: string; kind: string; region: string };
  csrf?: string;
  actions?: string[];
  must_change_password?: boolean;
  second_factor?: { needed: boolean; enrolled: boolean; given: boolean };
  idle_minutes?: number;
  unread?: number; // messages
}

export interface Home {
  cards: { name: string; text: string; value: string | number; link: string }[];
  todos: { text: string; link: string; due?: string | null }[];
  rounds: Row[];
}

export interface WeakValue {
  path: string;
  title?: string; // in a round
  name?: string; // in a rulebook
  value: string;
  unit: string;
  clause: string;
  evidence: string;
  evidence_text: string;
}
export interface Round {
  id: string;
  title: string;
  kind_text: string;
  stage: string;
  stage_text: string;
  steps: { stage: string; text: string; state: 'done' | 'current' | 'todo' }[];
  opening: string;
  rulebook: { id: string; title: string };
  owner: { id: number | string; name: string };
  counts: Record<string, number>;
  statuses: { status: string; text: string; count: number }[];
  weak_values: WeakValue[];
  certificate_digest: string;
  may: string[];
}

export interface Step {
  text: string;
  clause: string;
  evidence: string;
  evidence_text: string;
}
export interface Bid extends Row {
  supplier: string;
  supplier_name: string;
  outcome: string;
  outcome_text: string;
  own?: boolean;
  tied?: boolean | string;
  text?: string;
  steps?: Step[];
  closing?: Step[];
}
export interface LotChart {
  unit: string;
  ceiling: string;
  gates: { name: string; text: string; price: string }[];
  bars: { supplier: string; name: string; price: string; outcome: string; outcome_text: string }[];
}
export interface Lot {
  lot: string;
  name: string;
  status: string;
  status_text: string;
  text: string;
  steps: Step[];
  volumes: { total: string; unit: string };
  columns: Column[];
  bids: Bid[];
  chart: LotChart | null;
  previous: string; // empty: none
  next: string;
}
export interface RegionVolumes {
  unit: string;
  regions: { region: string; region_text: string; reported: string; agreed: string }[];
  total_reported: string;
  total_agreed: string;
}
export interface Verification {
  same: boolean;
  digest: string;
  recomputed: string;
  differences: string[];
  now?: string;
}

export interface RulebookParameter extends WeakValue {
  flagged: boolean;
}
export interface RulebookStage {
  kind: string;
  title: string;
  parameters: RulebookParameter[];
}
export interface Rulebook {
  id: string;
  title: string;
  source: string;
  digest: string;
  stages: RulebookStage[];
  flagged: RulebookParameter[];
  text: string;
  toml: string;
}

export interface Region {
  code: string;
  name: string;
}
export interface AuditVerification {
  whole: boolean;
  seals: number;
  entries: number;
  unsealed: number;
  head: string;
  broken: unknown;
}
