// A workbook as another program would write it: the smallest .xlsx that is one, with every cell as inline text.
import { crc } from './forms.mjs'

/** Rows of texts as an .xlsx with one sheet. */
export function workbook(name, rows) {
  const sheet = rows.map((row, r) => `<row r="${r + 1}">${row.map((text, c) => cell(r, c, text)).join('')}</row>`).join('')
  const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
  const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
  const packages = 'http://schemas.openxmlformats.org/package/2006'
  const types = 'application/vnd.openxmlformats-officedocument.spreadsheetml'
  return zip({
    '[Content_Types].xml': `<Types xmlns="${packages}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>`
      + `<Override PartName="/xl/workbook.xml" ContentType="${types}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${types}.worksheet+xml"/></Types>`,
    '_rels/.rels': `<Relationships xmlns="${packages}/relationships"><Relationship Id="r1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `<workbook xmlns="${main}" xmlns:r="${office}"><sheets><sheet name="${name}" sheetId="1" r:id="r1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${packages}/relationships"><Relationship Id="r1" Type="${office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
    'xl/worksheets/sheet1.xml': `<worksheet xmlns="${main}"><sheetData>${sheet}</sheetData></worksheet>`,
  })
}

function cell(row, column, text) {
  return `<c r="${String.fromCharCode(65 + column)}${row + 1}" t="inlineStr"><is><t>${text}</t></is></c>`
}

/** Files by name as a zip without compression. */
function zip(files) {
  const parts = []
  const directory = []
  let at = 0
  for (const [name, text] of Object.entries(files)) {
    const body = Buffer.from(text)
    const head = entry(0x04034b50, 30, name, body, 26)
    const listed = entry(0x02014b50, 46, name, body, 28)
    listed.writeUInt32LE(at, 42)
    parts.push(head, Buffer.from(name), body)
    directory.push(listed, Buffer.from(name))
    at += head.length + Buffer.byteLength(name) + body.length
  }
  const list = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50)
  end.writeUInt16LE(directory.length / 2, 8)
  end.writeUInt16LE(directory.length / 2, 10)
  end.writeUInt32LE(list.length, 12)
  end.writeUInt32LE(at, 16)
  return Buffer.concat([...parts, list, end])
}

/** The record of a file, its name's length at nameAt; what comes before that lies the same way in both kinds. */
function entry(signature, size, name, body, nameAt) {
  const out = Buffer.alloc(size)
  out.writeUInt32LE(signature)
  out.writeUInt16LE(20, nameAt - 22)
  out.writeUInt32LE(crc(body), nameAt - 12)
  out.writeUInt32LE(body.length, nameAt - 8)
  out.writeUInt32LE(body.length, nameAt - 4)
  out.writeUInt16LE(Buffer.byteLength(name), nameAt)
  return out
}
