// Makes a package the way a Node program would: docxtemplater fills the documents, exceljs writes the workbooks, archiver
// packs them with a manifest. Its input comes from prepare.mjs. The whole process is timed from outside.
//
//   node make.mjs FOLDER OUT.zip
import { createHash } from 'node:crypto'
import { createWriteStream, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { finished } from 'node:stream/promises'
import { ZipArchive } from 'archiver'
import Docxtemplater from 'docxtemplater'
import ExcelJS from 'exceljs'
import PizZip from 'pizzip'

const [, , folder, out] = process.argv
const documents = JSON.parse(readFileSync(join(folder, 'documents.json'), 'utf8'))
const archive = new ZipArchive({ zlib: { level: 6 } })
const sink = createWriteStream(out)
archive.pipe(sink)

const files = []
for (const document of documents) {
  const bytes = await make(document)
  files.push({ name: document.name, size: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') })
  archive.append(bytes, { name: document.name })
}
archive.append(JSON.stringify({ files }, null, 2), { name: 'manifest.json' })
await archive.finalize()
await finished(sink)

function make({ kind, file, values, sheets }) {
  if (kind === 'docx') return docx(file, values)
  if (kind === 'xlsx') return xlsx(sheets)
  return readFileSync(file)
}

function docx(file, values) {
  const template = new Docxtemplater(new PizZip(readFileSync(file)), { linebreaks: true, paragraphLoop: true })
  template.render(values)
  return template.getZip().generate({ type: 'nodebuffer', compression: 'DEFLATE' })
}

async function xlsx(sheets) {
  const book = new ExcelJS.Workbook()
  for (const { name, rows } of sheets) {
    const sheet = book.addWorksheet(name, { views: [{ state: 'frozen', ySplit: 1 }] })
    sheet.addRows(rows)
    sheet.getRow(1).font = { bold: true }
  }
  return Buffer.from(await book.xlsx.writeBuffer())
}
