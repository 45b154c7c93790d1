import { Parser } from 'htmlparser2'

const blocks = /^(p|div|tr|table|ul|ol|h[1-6]|section|article|header|footer|blockquote|center)$/
const silent = /^(head|style|script|title|noscript)$/

/** Plain text of HTML: paragraphs by empty lines, links behind their words, pictures by their description. */
export function htmlToText(html: string): string {
  let text = ''
  let muted = 0
  const links: { href: string; from: number }[] = []
  const hidden: boolean[] = []
  const endLine = (empty: boolean) => {
    text = text.replace(/[ \t]+$/, '')
    if (text !== '' && !text.endsWith('\n')) text += '\n'
    if (empty && text !== '' && !text.endsWith('\n\n')) text += '\n'
  }
  const parser = new Parser(
    {
      onopentag: (name, attributes) => {
        const isHidden = silent.test(name) || /display:\s*none/.test(attributes.style ?? '')
        if (!isVoid(name)) hidden.push(isHidden)
        if (isHidden && !isVoid(name)) muted++
        if (muted > 0) return
        if (name === 'br') text += '\n'
        else if (name === 'hr') {
          endLine(false)
          text += '---\n'
        } else if (name === 'img' && attributes.alt) text += attributes.alt
        else if (name === 'li') {
          endLine(false)
          text += '- '
        } else if (blocks.test(name)) endLine(/^(p|h\d|table|ul|ol)$/.test(name))
        else if (name === 'td' && !/[\s]$/.test(text)) text += ' '
        if (name === 'a') links.push({ href: attributes.href ?? '', from: text.length })
      },
      ontext: (given) => {
        if (muted > 0) return
        const flat = given.replace(/\s+/g, ' ')
        text += /\s$/.test(text) || text === '' ? flat.trimStart() : flat
      },
      onclosetag: (name) => {
        if (isVoid(name)) return
        if (hidden.pop()) {
          muted--
          return
        }
        if (muted > 0) return
        if (name === 'a') {
          const link = links.pop()
          const words = text.slice(link?.from).trim()
          if (link?.href && !link.href.startsWith('#') && words !== '' && words !== link.href)
            text += ` ( ${link.href} )`
        } else if (blocks.test(name) || name === 'li') endLine(/^(p|h\d|ul|ol)$/.test(name))
      },
    },
    { decodeEntities: true, lowerCaseTags: true },
  )
  parser.write(html)
  parser.end()
  return text
    .replace(/[ \t]+\n/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}

const isVoid = (name: string) => /^(br|hr|img|meta|link|input|area|base|col|wbr)$/.test(name)

/** What an attribute says. */
export function decodeEntities(value: string): string {
  if (!value.includes('&')) return value
  let text = ''
  const parser = new Parser({ ontext: (given) => (text += given) }, { decodeEntities: true })
  parser.write(value.replaceAll('<', '&lt;'))
  parser.end()
  return text
}
