import { attribute, unescaped } from '../../design/markup.ts'

const outside = /(<[^>]*>)|(\{\{[\s\S]*?\}\}|\{%[\s\S]*?%\})/g

/** Liquid between tags becomes elements the editor knows; in attributes it stays text. */
export const toEditor = (html: string): string =>
  protectedAttributes(html).replace(outside, (all, tag: string | undefined, liquid: string | undefined) =>
    tag || !liquid ? all : `<span data-liquid="${escaped(liquid)}"></span>`,
  )

/** And back. Void elements are closed, as MJML wants them. */
export const fromEditor = (html: string): string =>
  html
    .replace(/<span[^>]*data-liquid="([^"]*)"[^>]*>[^<]*<\/span>/g, (_all, source: string) =>
      unescaped(source),
    )
    .replace(/<br\s*>/g, '<br />')
    .replace(/="([^"]*\{\{[^"]*)"/g, (_all, value: string) => `="${attribute(unescaped(value))}"`)

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

/** `>` and quotes of Liquid inside a tag would end it. */
const protectedAttributes = (html: string): string =>
  html.replace(/="(\{\{[\s\S]*?\}\}[^"]*)"/g, (_all, value: string) => `="${escaped(value)}"`)
