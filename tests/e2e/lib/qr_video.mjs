// qr_video.mjs — a film of a QR code, as a camera held before it would see it: Chromium plays it as its camera.
import { writeFileSync } from 'node:fs';
import { encode } from './browser.mjs';

const [width, height, frames] = [640, 480, 10];

/** Writes `text` as a QR code into a YUV4MPEG2 file: dark on light, grey around it, a little off the centre. */
export function filmCode(path, text) {
  const { size, data } = encode(text, { ecc: 'M', border: 4 });
  const scale = Math.floor((height - 20) / size);
  const [left, top] = [Math.floor((width - size * scale) / 2) + 9, Math.floor((height - size * scale) / 2) - 5];
  const luma = Buffer.alloc(width * height, 150);
  for (let y = 0; y < size * scale; y += 1)
    for (let x = 0; x < size * scale; x += 1) {
      const dark = data[Math.floor(y / scale)][Math.floor(x / scale)];
      luma[(top + y) * width + left + x] = dark ? 30 : 225;
    }
  const chroma = Buffer.alloc((width * height) / 2, 128);
  const frame = Buffer.concat([Buffer.from('FRAME\n'), luma, chroma]);
  const head = Buffer.from(`YUV4MPEG2 W${width} H${height} F10:1 Ip A1:1 C420jpeg\n`);
  writeFileSync(path, Buffer.concat([head, ...Array.from({ length: frames }, () => frame)]));
}
