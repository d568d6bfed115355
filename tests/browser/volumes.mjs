// What the tests of volume reports share: the demo's round in volume reporting, asked as a person's browser asks.
export const ROUND = 'YS-2026-1';
export const PAGE = `/rounds/${ROUND}`;

/** A GET or a write of the API with the session of the page. */
export function api(page, path, body, method = 'POST') {
  return page.evaluate(async ([address, sent, how]) => {
    if (sent === undefined) return (await fetch(address)).json();
    const { csrf } = await (await fetch('/api/session')).json();
    const key = Array.from(crypto.getRandomValues(new Uint8Array(12)), (one) => one.toString(16)).join('');
    const answer = await fetch(address, { method: how, headers: { 'Content-Type': 'application/json', 'X-CSRF-Token': csrf, 'Idempotency-Key': key }, body: JSON.stringify(sent) });
    return { ...(await answer.json()), http: answer.status };
  }, [path, body, method]);
}
export const report = (page, hospital) => api(page, `/api/rounds/${ROUND}/reports/${hospital}`);

/** The hospital of who is logged in. */
export async function ownHospital(page) {
  return (await api(page, '/api/session')).organisation.code;
}

/** For each row of a report, what was used in a year on average, rounded up: between floor and alarm. */
export function usual(found) {
  return found.lots.flatMap((lot) => lot.rows.map((row) => {
    const uses = row.past.map((one) => BigInt(one.units || 0));
    const sum = uses.reduce((all, one) => all + one, 0n);
    const mean = uses.length ? (sum + BigInt(uses.length) - 1n) / BigInt(uses.length) : 0n;
    return { lot: lot.lot, spec: row.spec, brand: row.brand, units: String(mean), cause: '', remark: '' };
  }));
}

export async function pasteInto(page, selector, text) {
  await page.focus(selector);
  await page.evaluate(([where, data]) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', data);
    document.querySelector(where).dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  }, [selector, text]);
}
export const cell = (row, column = 'units') => `[data-r="${row}"][data-c="${column}"]`;
export const statusOf = async (page) => (await page.textContent('[data-test="status"]')).trim();

/** Takes a step of the open report through its dialog. */
export async function step(page, name, { remark, paper } = {}) {
  await page.click(name === 'submit' ? '[data-test="submit-report"]' : `[data-step="${name}"]`);
  await page.waitForSelector('.el-dialog:visible [data-test="submit"]');
  if (remark) await page.fill('.el-dialog textarea', remark);
  if (paper) await page.setInputFiles('.el-dialog [data-test="paper"]', paper);
  const before = await page.locator('[data-test="history"] li').count();
  await page.click('.el-dialog [data-test="submit"]');
  await page.waitForFunction((count) => document.querySelectorAll('[data-test="history"] li').length > count, before);
}
