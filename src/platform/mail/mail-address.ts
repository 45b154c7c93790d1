/** A mailbox with an optional name: `Headwater <crm@example.com>`. */
export type Mailbox = { name: string; address: string }

// What mail servers take, without quoted local parts, comments and literals: nobody has such an address, and each is a way
// to say two addresses in one.
const local = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
const label = '[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?'
const shape = new RegExp(`^${local}@${label}(?:\\.${label})*$`)

/** Whether a text is one mail address and nothing else; domains of other scripts are written as xn--…. */
export const isMailAddress = (text: string): boolean =>
  text.length <= 254 && text.indexOf('@') <= 64 && shape.test(text)

// biome-ignore lint/suspicious/noControlCharactersInRegex: a line end would begin a header of its own
const controls = /[\u0000-\u001f\u007f\u2028\u2029]+/g
/** One line of a header: what would end it becomes a space. */
export const oneLine = (text: string): string => text.replace(controls, ' ').trim()

/** Reads `address` or `name <address>`; undefined when it is neither. */
export function readMailbox(text: string): Mailbox | undefined {
  const named = /^(.*)<([^<>]*)>$/.exec(oneLine(text))
  const name = (named?.[1] ?? '').trim().replace(/^"(.*)"$/, '$1')
  const address = (named?.[2] ?? text).trim()
  return isMailAddress(address) ? { name, address } : undefined
}
