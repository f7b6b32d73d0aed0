const style = `
  body { margin: 24px; font: 16px/1.6 "Noto Serif CJK SC", SimSun, serif; color: #1c2127; background: #fff; overflow-wrap: anywhere; }
  table { width: 100%; border-collapse: collapse; margin: 8px 0; }
  td, th { border: 1px solid #7d8694; padding: 4px 8px; vertical-align: top; text-align: left; }
  td p, th p { margin: 0; }
  h1, h2, h3 { text-align: center; font-size: 20px; line-height: 28px; }
  img { max-width: 100%; }
`

/** A whole page around the HTML of a preview; what is a page already stays as it is. */
export function previewPage(title: string, html: string): string {
  if (/^\s*(<!doctype|<html)/i.test(html)) return html
  const safe = title.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`)
  return `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>${safe}</title><style>${style}</style></head><body>${html}</body></html>`
}
