// A screenshot with at most 256 colours: a third of the bytes, and no tool beside the browser.
import { crc32 } from './crc32.mjs';
import { deflateSync } from 'node:zlib';

/** The PNG `png` as an indexed one; `page` is a page of a browser, which decodes it. */
export async function indexed(page, png) {
  const helper = await page.context().browser().newPage();
  try {
    const { width, height, palette, indices } = await helper.evaluate(reduce, png.toString('base64'));
    return encode(width, height, palette, Buffer.from(indices, 'base64'));
  } finally {
    await helper.close();
  }
}

// Runs in the browser: the 256 most frequent colours, everything else as the nearest of them.
async function reduce(base64) {
  const image = new Image();
  image.src = `data:image/png;base64,${base64}`;
  await image.decode();
  const canvas = Object.assign(document.createElement('canvas'), { width: image.width, height: image.height });
  const context = canvas.getContext('2d');
  context.drawImage(image, 0, 0);
  const { data } = context.getImageData(0, 0, image.width, image.height);
  const counts = new Map();
  for (let at = 0; at < data.length; at += 4) {
    const color = (data[at] << 16) | (data[at + 1] << 8) | data[at + 2];
    counts.set(color, (counts.get(color) ?? 0) + 1);
  }
  const palette = [...counts].sort((a, b) => b[1] - a[1]).slice(0, 256).map(([color]) => color);
  const nearest = new Map(palette.map((color, index) => [color, index]));
  for (const color of counts.keys()) {
    if (nearest.has(color)) continue;
    let best = 0;
    let least = Infinity;
    palette.forEach((one, index) => {
      const [r, g, b] = [16, 8, 0].map((shift) => ((one >> shift) & 255) - ((color >> shift) & 255));
      const distance = r * r * 2 + g * g * 4 + b * b;
      if (distance < least) [least, best] = [distance, index];
    });
    nearest.set(color, best);
  }
  let text = '';
  for (let at = 0; at < data.length; at += 4) {
    text += String.fromCharCode(nearest.get((data[at] << 16) | (data[at + 1] << 8) | data[at + 2]));
  }
  return { width: image.width, height: image.height, palette, indices: btoa(text) };
}

function chunk(kind, body) {
  const bytes = Buffer.concat([Buffer.from(kind, 'latin1'), body]);
  const ends = Buffer.alloc(8);
  ends.writeUInt32BE(body.length, 0);
  ends.writeUInt32BE(crc32(bytes), 4);
  return Buffer.concat([ends.subarray(0, 4), bytes, ends.subarray(4)]);
}

function encode(width, height, palette, indices) {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 3, 0, 0, 0], 8); // 8 bits, palette
  const colors = Buffer.from(palette.flatMap((color) => [(color >> 16) & 255, (color >> 8) & 255, color & 255]));
  const lines = Buffer.alloc((width + 1) * height); // each begins with filter 0
  for (let row = 0; row < height; row += 1) indices.copy(lines, row * (width + 1) + 1, row * width, (row + 1) * width);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', head), chunk('PLTE', colors), chunk('IDAT', deflateSync(lines, { level: 9 })), chunk('IEND', Buffer.alloc(0)),
  ]);
}
