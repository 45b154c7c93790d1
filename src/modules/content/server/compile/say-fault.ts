import type { Fault } from '#modules/content/contract/template.ts'
import type { Found } from './found.ts'

const sentences: Record<string, (said: string) => string> = {
  liquid: (said) => `This is not Liquid: ${said}`,
  mjml: (said) => said,
  mjml_unreadable: (said) => `This is not MJML: ${said}`,
  include: () => 'Templates read no other files: put the text of mj-include here.',
  script: (said) => `Nothing that runs may stand in a message: ${said}`,
  attribute_unquoted: (said) => `Put quotes around the attribute in which ${said} stands.`,
  branches_differ: () =>
    'The branches of this condition end in different places of the HTML: one opens a tag or quote that another does not.',
  too_large: (said) => `The text is ${said} characters long; at most 500,000 are sent.`,
  unknown_value: (said) =>
    `There is no value ${said}: values begin with person., event., workspace. or links.`,
  subject_empty: () => 'An e-mail needs a subject.',
  body_empty: () => 'There is nothing in it yet.',
  no_unsubscribe: () => 'Marketing mail needs a way out: {{ links.unsubscribe }}.',
}
/** Worth knowing, but it can be sent. */
const hints = new Set(['mjml', 'unknown_value', 'no_unsubscribe'])

export function sayFault(part: string, { code, line, said }: Found): Fault {
  const sentence = sentences[code]
  if (!sentence) throw new Error(`no words for ${code}`)
  return { code, message: sentence(said), part, line, stops: !hints.has(code) }
}
