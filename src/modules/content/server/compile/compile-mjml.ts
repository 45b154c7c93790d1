import mjml2html from 'mjml-browser'
import type { Found } from './found.ts'
import { newlines, type Piece } from './pieces.ts'
import { protectLiquid } from './protect-liquid.ts'

/** HTML of MJML with its Liquid still in it. mjml-browser has no code that reads files; mj-include is refused all the same. */
export async function compileMjml(pieces: readonly Piece[], report: (found: Found) => void): Promise<string> {
  const { text, restore } = protectLiquid(pieces)
  const include = /<mj-include\b/i.exec(text)
  if (include) {
    report({ code: 'include', line: newlines(text.slice(0, include.index)) + 1, said: '<mj-include>' })
    return ''
  }
  try {
    // No fonts: MJML would load its default one from an address that many of our readers cannot reach.
    const { html, errors } = await mjml2html(text, {
      validationLevel: 'soft',
      fonts: {},
      keepComments: false,
    })
    for (const error of errors)
      if (!/hwlq\d+q/.test(error.message))
        report({ code: 'mjml', line: error.line ?? null, said: `${error.tagName}: ${error.message}` })
    return restore(html.replace(/\n[ \t\n]+/g, '\n'))
  } catch (error) {
    report({
      code: 'mjml_unreadable',
      line: null,
      said: error instanceof Error ? error.message : String(error),
    })
    return ''
  }
}
