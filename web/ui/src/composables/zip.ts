import { zipSync } from 'fflate';

/** The files of a round folder as one archive; those of folders below it (a published table) stay out. */
export async function zipOf(files: File[]): Promise<Blob> {
  const packed: Record<string, Uint8Array> = {};
  for (const file of files) {
    const depth = (file.webkitRelativePath || file.name).split('/').length;
    if (depth > 2 || file.name.startsWith('.')) continue;
    packed[file.name] = new Uint8Array(await file.arrayBuffer());
  }
  return new Blob([zipSync(packed, { level: 6 })], { type: 'application/zip' });
}
