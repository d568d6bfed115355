// Catalogues as /openapi.json describes them.

export interface ProductKinds {
  kinds: {
    kind: string;
    text: string;
    policies: { policy: string; text: string; counts: boolean; note: string; evidence: string; evidence_text: string }[];
  }[];
}
export interface HolidayNotice {
  number: string;
  title: string;
  published: string;
  evidence: string;
  evidence_text?: string;
}
export interface Holiday {
  name_zh: string;
  name_en: string;
  from: string;
  to: string;
  make_up: string[];
  notice: string; // number
}
export interface HolidayYear {
  year: number;
  years: number[];
  own: boolean; // entered here; else as the program brings it
  version: number;
  notices: HolidayNotice[];
  holidays: Holiday[];
}
