import type { Calls } from './core.ts'
import type { Json } from './device.ts'

export type Autocapture = { clicks?: boolean | undefined; forms?: boolean | undefined }

type Field = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement
type Reporter = Pick<Calls, 'track' | 'identify'>

const typed = 'input:not([type=submit],[type=button]),textarea,select,[contenteditable]'
const marked = '[data-hw-event]'
const clickable = `${marked},a[href],button,[role=button],[type=submit],[type=button]`
// Tried on "type autocomplete name id" of a field.
const unsaid =
  /^(button|submit|reset|image|password|hidden|file) | cc-|passw|pwd|secret|token|otp|cv[cv]|card|iban|ssn|one-time|密码|卡号|证/i
// As cards have it; telephone numbers are shorter.
const longNumber = /(\d[ -]?){15}/

/** Sends clicks and submitted forms. Never the content of a field, unless the page marks the field. */
export function watchElements(calls: Reporter, what: Autocapture | string | undefined): void {
  const wants = (kind: 'clicks' | 'forms') => (typeof what === 'string' ? what.includes(kind) : what?.[kind])
  const listen = (type: string, selector: string, react: (element: HTMLElement) => void) =>
    addEventListener(
      type,
      (event) => {
        // Inside a web component the event's target is the component.
        const target = event.composedPath()[0]
        if (!(target instanceof Element) || target.closest('[data-hw-ignore]')) return
        const element = target.closest<HTMLElement>(selector)
        if (element) react(element)
      },
      true,
    )
  listen('click', wants('clicks') ? clickable : marked, (element) => {
    if (element.localName !== 'form')
      report(calls, element, 'Element Clicked', {
        text: textOf(element),
        href: (element as HTMLAnchorElement).href,
      })
  })
  listen('submit', wants('forms') ? 'form' : `form${marked},form[data-hw-identify]`, (form) =>
    submitted(calls, form as HTMLFormElement),
  )
}

function submitted(calls: Reporter, form: HTMLFormElement): void {
  const fields = ([...form.elements] as Field[]).filter(
    (one) =>
      one.name &&
      !one.closest('[data-hw-ignore]') &&
      !unsaid.test(`${one.type} ${one.autocomplete} ${one.name} ${one.id}`),
  )
  const values = (mark: 'hwTrait' | 'hwField') => {
    const found: Json = {}
    for (const field of fields) {
      const name = field.dataset[mark]
      const isOff = /^(checkbox|radio)$/.test(field.type) && !(field as HTMLInputElement).checked
      if (name && field.value && !isOff && !longNumber.test(field.value))
        found[name] = field.value.slice(0, 500)
    }
    return found
  }
  if ('hwIdentify' in form.dataset) calls.identify(values('hwTrait'))
  report(calls, form, 'Form Submitted', {
    fields: [...new Set(fields.map((one) => one.name))],
    ...values('hwField'),
  })
}

function report({ track }: Reporter, element: HTMLElement, name: string, more: Json): void {
  const given: Json = {}
  // `data-hw-prop-course-level="B2"` becomes `course_level: 'B2'`.
  for (const { name, value } of element.attributes) {
    const [, property] = /^data-hw-prop-(.+)/.exec(name) ?? []
    if (property) given[property.replace(/-/g, '_')] = value
    if (/^(id|name|aria-label)$/.test(name)) given[name] = value
  }
  track(element.dataset.hwEvent || name, { tag: element.localName, ...more, ...given })
}

function textOf(element: HTMLElement): string | undefined {
  // A field, or a field within (a label around an input, an editor), holds what somebody typed.
  if (element.querySelector(typed) || element.closest(typed)) return undefined
  const text = element.textContent || (element as HTMLInputElement).value
  return text?.replace(/\s+/g, ' ').trim().slice(0, 120)
}
