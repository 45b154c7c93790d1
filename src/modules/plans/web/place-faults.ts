import type { FormInstance } from 'antd'
import { Problem } from '#ui/problem.ts'

/** Field of a property's line that a fault points at: `/body/events/3/properties/0/pattern` → ['properties', 0, 'pattern']. */
export function fieldAt(path: string): [string, number, string] | undefined {
  const [, at, field] = /\/properties\/(\d+)\/(path|type|allowed|pattern)(\/|$)/.exec(path) ?? []
  return at === undefined ? undefined : ['properties', Number(at), field as string]
}

/** Shows what the server objects to beside the property it means. */
export function placeFaults(form: FormInstance, error: unknown, text: string): void {
  if (!(error instanceof Problem)) return
  const faults = (error.facts.faults as { path: string }[] | undefined) ?? [
    { path: String(error.facts.path) },
  ]
  const names = faults.map(({ path }) => fieldAt(path)).filter((name) => name !== undefined)
  form.setFields(names.map((name) => ({ name, errors: [text] })))
}
