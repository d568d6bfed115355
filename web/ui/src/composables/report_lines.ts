// Lines of a volume report: what counts as a quantity, and two people's changes put together.
import type { ReportLine, VolumeReport } from '@/api/reporting';

export type Field = 'units' | 'cause' | 'remark';
export const FIELDS: Field[] = ['units', 'cause', 'remark'];

export function keyOf(line: { lot: string; spec: string; brand: string }): string {
  return JSON.stringify([line.lot, line.spec, line.brand]);
}

/** What people and spreadsheets write for a whole number, as digits: full-width digits, separators, ".00". */
export function asUnits(text: string): string {
  const plain = text
    .replace(/[\uff10-\uff19]/g, (one) => String.fromCharCode(one.charCodeAt(0) - 0xfee0))
    .replace(/[\s\u00a0]/g, '');
  const parts = /^(\d{1,3}(?:[,\uff0c]\d{3})+|\d+)(?:\.0+)?$/.exec(plain);
  if (!parts) return text.trim();
  return parts[1].replace(/[,\uff0c]/g, '').replace(/^0+(?=\d)/, '');
}
export function isUnits(text: string): boolean {
  return /^\d{1,12}$/.test(text) || text === '1000000000000';
}

export function linesOf(report: VolumeReport): ReportLine[] {
  return report.lots.flatMap(({ lot, rows }) =>
    rows.map(({ spec, brand, units, cause, remark }) => ({ lot, spec, brand: brand ?? '', units: units ?? '', cause: cause === 'none' ? '' : (cause ?? ''), remark: remark ?? '' })),
  );
}
export function isSaid(line: { units: string; cause: string; remark: string }): boolean {
  return line.units !== '' || line.cause !== '' || line.remark !== '';
}
/** For comparing and for the backup: lines that say something, in a fixed order. */
export function textOf(lines: ReportLine[]): string {
  return JSON.stringify(lines.filter(isSaid).map((one) => [one.lot, one.spec, one.brand, one.units, one.cause, one.remark]).sort());
}

export interface Clash {
  key: string;
  lot: string;
  spec: string;
  brand: string;
  field: Field;
  mine: string;
  theirs: string;
}

const blank = (line: ReportLine): ReportLine => ({ ...line, units: '', cause: '', remark: '' });

/**
 * `mine` and `theirs` both began from `base`. What only one of them changed is taken; what both
 * changed differently is a clash, for which `mine` stands in the lines until a person has chosen.
 */
export function merged(base: ReportLine[], mine: ReportLine[], theirs: ReportLine[]): { lines: ReportLine[]; clashes: Clash[] } {
  const tables = [base, mine, theirs].map((lines) => new Map(lines.map((one) => [keyOf(one), one])));
  const keys = [...new Set([...tables[2].keys(), ...tables[1].keys(), ...tables[0].keys()])];
  const clashes: Clash[] = [];
  const lines = keys.map((key) => {
    const some = (tables[1].get(key) ?? tables[2].get(key) ?? tables[0].get(key))!;
    const [from, own, other] = tables.map((table) => table.get(key) ?? blank(some));
    const line = { ...blank(some) };
    for (const field of FIELDS) {
      line[field] = own[field] === from[field] ? other[field] : own[field];
      if (own[field] !== from[field] && other[field] !== from[field] && own[field] !== other[field]) {
        clashes.push({ key, lot: some.lot, spec: some.spec, brand: some.brand, field, mine: own[field], theirs: other[field] });
      }
    }
    return line;
  });
  return { lines, clashes };
}
