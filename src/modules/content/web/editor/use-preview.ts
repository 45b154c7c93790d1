import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { callRoute } from '#web/api-client.ts'
import type { Template } from '../../contract/template.ts'
import { routes } from '../../contract.ts'

const restMs = 400

/** What the server makes of a text that may not be saved yet, asked for a moment after the last change. */
export function usePreview(
  { channel, purpose }: Template,
  language: string,
  body: Record<string, unknown>,
  person: string | undefined,
) {
  const [settled, setSettled] = useState(body)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(body), restMs)
    return () => clearTimeout(timer)
  }, [body])
  const asked = { channel, purpose, language, body: settled, ...(person ? { person } : {}) }
  return useQuery({
    queryKey: ['template-preview', asked],
    queryFn: ({ signal }) => callRoute(routes.previewBody, { body: asked }, signal),
    placeholderData: keepPreviousData,
    retry: false,
  })
}
