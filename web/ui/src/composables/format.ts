// Figures arrive as exact text and leave as exact text: no conversion to Number on the way.

const DECIMAL = /^(-?)(\d+)(\.\d+)?$/;

/** "1234567.50" → "1,234,567.50"; anything else stays as it is. */
export function grouped(value: unknown): string {
  if (value === null || value === undefined) return '';
  const text = String(value);
  const parts = DECIMAL.exec(text);
  if (!parts) return text;
  return parts[1] + parts[2].replace(/\B(?=(\d{3})+$)/g, ',') + (parts[3] ?? '');
}

/** "12668800" → "1,266.88": the decimal point four places to the left, nothing rounded. */
export function inTenThousands(value: string): string {
  const parts = DECIMAL.exec(value);
  if (!parts) return value;
  const whole = parts[2].padStart(5, '0');
  const fraction = (whole.slice(-4) + (parts[3] ?? '').slice(1)).replace(/0+$/, '');
  return grouped(parts[1] + whole.slice(0, -4) + (fraction ? `.${fraction}` : ''));
}

/** "2026-11-23T09:30:00+08:00" → "2026-11-23 09:30:00"; the offset is the office's everywhere. */
export function moment(value: unknown): string {
  const text = value === null || value === undefined ? '' : String(value);
  const parts = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}:\d{2})/.exec(text);
  return parts ? `${parts[1]} ${parts[2]}` : text;
}

export function shortDigest(digest: string): string {
  return digest.length > 27 ? `${digest.slice(0, 15)}…${digest.slice(-8)}` : digest;
}

/** For drawing only: a bar's length may be inexact, the figure beside it never is. */
export function toNumberForDrawing(value: string | null | undefined): number | null {
  return value && DECIMAL.test(value) ? Number(value) : null;
}
