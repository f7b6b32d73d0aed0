// What was dropped or chosen: files with their paths, folders read to the bottom.

/** A file with its path in what was handed over; the parts of the path are separated by slashes. */
export interface Dropped { path: string; file: File }

/** Folders that hold nothing of the app itself. */
const left = new Set(['node_modules', '.git'])

/** The most that is sent piece by piece; more goes as a zip or by its place. */
export const mostFiles = 3000
export const mostBytes = 200 * 1024 * 1024

/** Reads what a drop carries. Reading stops one file behind the limit, since then the rest is of no interest. */
export async function readDrop(transfer: DataTransfer): Promise<Dropped[]> {
  const entries = [...transfer.items].map((item) => (item.kind === 'file' ? item.webkitGetAsEntry() : null)).filter((e) => e !== null)
  if (entries.length === 0) return [...transfer.files].map((file) => ({ path: file.name, file }))
  const out: Dropped[] = []
  for (const entry of entries) await read(entry, '', out)
  return named(out)
}

/** What an input for files or for a folder holds. */
export function readChosen(files: Iterable<File>): Dropped[] {
  const all = [...files].map((file) => ({ path: file.webkitRelativePath || file.name, file }))
  return named(all.filter((d) => !d.path.split('/').some((part) => left.has(part))))
}

async function read(entry: FileSystemEntry, under: string, out: Dropped[]): Promise<void> {
  if (out.length > mostFiles) return
  const path = under + entry.name
  if (entry.isFile) {
    const file = await new Promise<File>((done, failed) => (entry as FileSystemFileEntry).file(done, failed))
    out.push({ path, file })
    return
  }
  if (left.has(entry.name)) return
  const reader = (entry as FileSystemDirectoryEntry).createReader()
  for (;;) { // a reader hands out a folder in pieces of a hundred
    const some = await new Promise<FileSystemEntry[]>((done, failed) => reader.readEntries(done, failed))
    if (some.length === 0) return
    for (const child of some) await read(child, `${path}/`, out)
  }
}

/** Several loose files get a folder, so that they have a name together. */
function named(all: Dropped[]): Dropped[] {
  const loose = all.length > 1 && all.some((d) => !d.path.includes('/'))
  return loose ? all.map((d) => ({ ...d, path: `拖入的文件/${d.path}` })) : all
}

export function bytesOf(all: readonly Dropped[]): number {
  return all.reduce((sum, d) => sum + d.file.size, 0)
}

/** What it is called on screen: the file, or the folder everything lies in. */
export function nameOf(all: readonly Dropped[]): string {
  const [first] = all
  if (!first) return ''
  return all.length === 1 ? first.path : (first.path.split('/')[0] ?? '')
}
