import type { FormInstance } from 'antd'
import { useState } from 'react'
import { useWords } from '#ui/i18n.ts'
import { Problem, problemText } from '#ui/problem.ts'
import { problemWords } from '#ui/problem-words.ts'
import { formWords } from '#web/forms/form-words.ts'

/** Sends a form once at a time; what the server objects to stands at its field, the rest in `error`. Input stays. */
export function useSubmit<T>(form: FormInstance, send: (values: T) => Promise<unknown>) {
  const t = useWords(formWords)
  const problem = useWords(problemWords)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>()
  const submit = async (values: T): Promise<boolean> => {
    setBusy(true)
    setError(undefined)
    try {
      await send(values)
      return true
    } catch (fault) {
      const names = fieldsOf(form, fault)
      const isGeneral = fault instanceof Problem && fault.code === 'request.invalid'
      const text = isGeneral ? t('fieldInvalid') : problemText(fault, problem)
      if (names.length > 0) form.setFields(names.map((name) => ({ name, errors: [text] })))
      else setError(fault)
      return false
    } finally {
      setBusy(false)
    }
  }
  return { submit, busy, error }
}

/** Fields a problem points at (`/body/password/current` → current); none when any of its faults has no field here. */
function fieldsOf(form: FormInstance, error: unknown): string[] {
  if (!(error instanceof Problem)) return []
  const faults = error.facts.faults as { path: string }[] | undefined
  const paths = faults?.map((fault) => fault.path) ?? (error.facts.path ? [String(error.facts.path)] : [])
  const fields = Object.keys(form.getFieldsValue(true))
  const found = paths.map((path) => path.split('/').findLast((part) => fields.includes(part)))
  return found.includes(undefined) ? [] : (found as string[])
}
