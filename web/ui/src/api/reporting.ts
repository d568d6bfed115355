// Volume reports as /openapi.json describes them. Quantities are text and stay text.

export interface ReportLine {
  lot: string;
  spec: string;
  brand: string;
  units: string; // empty: not filled in
  cause: string;
  remark: string;
}
export interface ReportRow {
  spec: string;
  brand: string;
  units: string;
  cause: string;
  remark: string;
  content?: string; // weight of one unit when specs of a lot are added up
  past: { year: number | string; units: string }[];
  shares?: { member: string; member_name?: string; units: string }[];
}
export interface ReportFinding {
  finding: string;
  text: string;
  holds_back: boolean;
  spec?: string; // empty: the lot as a whole
  brand?: string;
}
export interface ReportLot {
  lot: string;
  name: string;
  floor?: string; // smallest weighted quantity that is not too low; empty: none
  alarm?: string; // largest weighted quantity that raises no alarm; empty: none
  past_mean?: string;
  reported?: string;
  unit?: string;
  rows: ReportRow[];
  findings: ReportFinding[];
}
export interface ReportStep {
  at: string;
  login?: string;
  name: string;
  organisation: string;
  step: string;
  step_text: string;
  remark: string;
  document?: number | string | null;
}
export interface Member {
  code: string;
  name: string;
}
export interface VolumeReport {
  round: string;
  hospital: { code: string; name: string; region: string; region_text: string; kind_text?: string; group?: { lead: string; members: Member[] } | null };
  status: string;
  status_text: string;
  version: number;
  deadline?: string | null;
  late: boolean;
  late_until?: string | null;
  changed_by?: string;
  changed_at?: string | null;
  lots: ReportLot[];
  steps: ReportStep[];
  causes: { cause: string; text: string }[];
  brand_rule: string; // generic, brand, mixed
  may: string[];
}
export interface Reporting {
  hospitals: number;
  by_status: { status: string; status_text: string; count: number }[];
  late: number;
  by_region: { region: string; region_text: string; hospitals: number; submitted: number; confirmed: number; late?: number }[];
  deadline?: string | null;
  sums?: { lot: string; name: string; quantity: string }[];
  may?: string[];
}
