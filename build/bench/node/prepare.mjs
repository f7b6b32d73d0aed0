// Turns a package made by our program into what the peer needs to make the same: every .docx becomes a template whose
// texts are placeholders, beside the values; every .xlsx becomes its cells; other files are taken as they are.
//
//   node prepare.mjs PACKAGE.zip FOLDER
import { readFileSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import ExcelJS from 'exceljs'
import PizZip from 'pizzip'

const [, , source, folder] = process.argv
mkdirSync(folder, { recursive: true })

const documents = []
for (const [name, entry] of Object.entries(new PizZip(readFileSync(source)).files)) {
  if (entry.dir || name === 'manifest.json') continue
  const file = join(folder, String(documents.length))
  documents.push({ name, file, ...(await prepare(name, entry.asUint8Array(), file)) })
}
writeFileSync(join(folder, 'documents.json'), JSON.stringify(documents))

async function prepare(name, bytes, file) {
  if (name.endsWith('.docx')) return docx(bytes, file)
  if (name.endsWith('.xlsx')) return xlsx(bytes)
  writeFileSync(file, bytes)
  return { kind: 'file' }
}

function docx(bytes, file) {
  const zip = new PizZip(bytes)
  const values = {}
  for (const part of Object.keys(zip.files).filter((path) => /^word\/(document|header\d*|footer\d*)\.xml$/.test(path))) {
    const xml = zip.file(part).asText().replace(/(<w:t(?: [^>]*)?>)([^<]+)(<\/w:t>)/g, (_, open, text, close) => {
      const key = `v${Object.keys(values).length}`
      values[key] = text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&')
      return `${open}{${key}}${close}`
    })
    zip.file(part, xml)
  }
  writeFileSync(file, zip.generate({ type: 'nodebuffer', compression: 'DEFLATE' }))
  return { kind: 'docx', values }
}

async function xlsx(bytes) {
  const book = new ExcelJS.Workbook()
  await book.xlsx.load(bytes)
  const sheets = book.worksheets.map((sheet) => {
    const rows = []
    sheet.eachRow((row) => rows.push(row.values.slice(1).map((value) => (value && typeof value === 'object' ? (value.text ?? value.result ?? String(value.richText?.map((run) => run.text).join("") ?? "")) : value))))
    return { name: sheet.name, rows }
  })
  return { kind: 'xlsx', sheets }
}
