// What an editable sheet is made of; every cell is text, as it was typed.

export interface SheetColumn {
  name: string;
  title: string;
  kind: 'text' | 'exact' | 'choice' | 'flag';
  choices?: { value: string; label: string }[];
  required?: boolean;
  width?: string; // CSS
  grows?: boolean; // takes what is left
  hint?: string;
  readonly?: boolean;
}
export type SheetRow = Record<string, string>;
/** Faults by cell: `${row}/${column}`, rows counted from 0. */
export type SheetFaults = Record<string, string>;

const YES = ['1', '是', 'true', 'yes', 'y', '√'];

/** Cells as Excel puts them on the clipboard: tabs, line ends, quotes around cells with either. */
export function cellsOf(text: string): string[][] {
  const rows: string[][] = [[]];
  let cell = '';
  let quoted = false;
  const source = text.replace(/\r\n?/g, '\n');
  for (let at = 0; at < source.length; at += 1) {
    const one = source[at];
    if (quoted) {
      if (one !== '"') cell += one;
      else if (source[at + 1] === '"') { cell += '"'; at += 1; }
      else quoted = false;
    } else if (one === '"' && cell === '') quoted = true;
    else if (one === '\t' || one === '\n') {
      rows[rows.length - 1].push(cell);
      cell = '';
      if (one === '\n') rows.push([]);
    } else cell += one;
  }
  rows[rows.length - 1].push(cell);
  const last = rows[rows.length - 1];
  if (last.length === 1 && last[0] === '') rows.pop();
  return rows;
}

/** A pasted text as the cell keeps it: choices by their word or their text, flags as 1 or empty. */
export function pasted(column: SheetColumn, text: string): string {
  const plain = text.trim();
  if (column.kind === 'flag') return YES.includes(plain.toLowerCase()) ? '1' : '';
  if (column.kind === 'choice') return column.choices?.find((one) => one.value === plain || one.label === plain)?.value ?? plain;
  if (column.kind === 'exact') return plain.replace(/(\d),(?=\d{3}(\D|$))/g, '$1');
  return plain;
}
