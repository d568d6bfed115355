// A round at work: its set-up, questions, corrections, promises, history.
import type { WeakValue } from '@/api/types';

export interface SetupRound {
  id: string;
  title: string;
  kind: string;
  kind_text?: string;
  rulebook: string;
  opening: string;
  version: number;
  stage: string;
  stage_text: string;
}
export type SetupLine = Record<string, string | number | boolean | null>;
export interface GivenValue {
  path: string;
  value: string;
  reason: string;
  who: string;
}
export interface WeakValueToAccept extends WeakValue {
  accepted_by: string;
  accepted_at: string;
}
export interface Signature {
  what: string;
  what_text: string;
  name: string;
  login?: string;
  organisation: string;
  at: string;
  digest: string;
  valid: boolean;
  lapsed_text?: string; // why it counts no longer
  remark?: string;
}
export interface RoundDocument {
  id: number | string;
  kind: string;
  kind_text?: string;
  object?: string;
  name: string;
  type?: string;
  bytes: number | string;
  digest?: string;
  by?: string;
  organisation?: string;
  at: string;
}
export interface StageDeadline {
  stage: string;
  stage_text: string;
  at: string;
  basis_text: string;
}
export interface ConditionState {
  condition: string;
  text: string;
  met: boolean;
  next: string;
}
export interface PassageState {
  to: string;
  to_text: string;
  possible: boolean;
  unmet: string[];
  who_text: string;
  at_deadline: boolean;
}
export interface Setup {
  round: SetupRound;
  lots: SetupLine[];
  specs: SetupLine[];
  rulebook: { id: string; title: string; digest: string; given: GivenValue[]; weak_values: WeakValueToAccept[] };
  signatures: Signature[];
  to_sign: { what: string; what_text: string; digest: string }[];
  documents: RoundDocument[];
  deadlines: StageDeadline[];
  conditions: ConditionState[];
  passages: PassageState[];
  may: string[];
}

export interface FolderFault {
  file: string;
  row: number | string | null;
  column: string;
  value: string;
  text: string;
}
export interface FolderPreview {
  id: string;
  title: string;
  kind: string;
  kind_text?: string;
  rulebook: string;
  lots: number | null; // null: the files have faults
  specs: number | null;
  bids: number | null;
  faults: FolderFault[];
  changes: string[];
  warnings: string[]; // no faults, but to be known before
  version: number | null; // of the round whose files are replaced; null: a new one
}

export interface Inquiry {
  id: number | string;
  kind: string;
  kind_text: string;
  organisation: string; // empty: who asked is told to the office alone
  name: string;
  at: string;
  text: string;
  answer: string;
  answered_at: string;
  correction: number; // 0: none
  version: number;
  own: boolean;
}
export interface Correction {
  number: number;
  summary: string;
  name: string;
  at: string;
  digest_before: string;
  digest_after: string;
  confirmed: number;
  missing: number;
  missing_names: string[]; // for the office
  own_confirmed: boolean;
}
