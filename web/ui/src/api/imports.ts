// Uploads of tables: what was found in them, and what accepting them would change.

export interface TableColumn {
  name: string;
  title: string;
  kind: string;
  required: boolean;
  choices?: { word: string; text: string }[];
  note: string;
  example?: string;
}
export interface TableForm {
  table: string;
  title: string;
  columns: TableColumn[];
  may_upload: boolean;
}
export interface ImportFault {
  row: number;
  column?: string;
  cell: string;
  column_title: string;
  value: string;
  text: string;
  kind?: string;
}
export interface FaultGroup {
  kind: string;
  text: string;
  count: number;
}
export interface ImportChange {
  row: number;
  key: string;
  column_title: string;
  before: string;
  after: string;
}
export interface TableImport {
  id: number | string;
  table: string;
  table_title?: string;
  file_name?: string;
  round?: string;
  hospital?: string;
  at?: string;
  rows: number;
  fault_count: number;
  faults: ImportFault[];
  fault_groups?: FaultGroup[];
  warnings: (ImportFault | string)[];
  changes?: { added: number; changed: number; same: number; removed: number };
  preview: ImportChange[];
  state: string; // ready, faulty, accepted, overtaken
  state_text?: string;
}
