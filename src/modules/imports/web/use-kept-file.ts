import { useEffect, useRef, useState } from 'react'
import { callRoute } from '#web/api-client.ts'
import { useRoute } from '#web/use-route.ts'
import { type Preview, routes, type UploadDraft } from '../contract.ts'

// Long enough not to send every letter, short enough that a reload loses next to nothing.
const saveAfterMs = 400

/**
 * A file that was sent, by the id in the address, and what was chosen for it. The server keeps both for a day, so that a
 * reload, or the same address in another window, goes on where one was.
 */
export function useKeptFile(upload: string | undefined, again?: string) {
  const [held, setHeld] = useState<{ preview: Preview; draft: UploadDraft | null }>()
  const isHeld = held !== undefined && held.preview.upload === upload
  const asked = useRoute(
    routes.getUpload,
    { params: { id: upload ?? '' }, query: again === undefined ? {} : { again } },
    { enabled: upload !== undefined && !isHeld, staleTime: Number.POSITIVE_INFINITY },
  )
  const kept = isHeld ? held : upload === undefined ? undefined : asked.data
  const save = useSaveLater()
  return {
    ...{ preview: kept?.preview, draft: kept?.draft ?? undefined },
    loading: upload !== undefined && !kept && !asked.error,
    /** It is not kept any more, or cannot be read now. */
    error: kept || upload === undefined ? undefined : (asked.error ?? undefined),
    retry: () => void asked.refetch(),
    /** A file just sent, with what to begin with. */
    begin: (preview: Preview, draft: UploadDraft) => {
      setHeld({ preview, draft })
      save(preview.upload, draft)
    },
    change: (draft: UploadDraft) => {
      if (!kept) return
      setHeld({ preview: kept.preview, draft })
      save(kept.preview.upload, draft)
    },
  }
}

/** Sends the latest only, and what is left when the page is left. A draft that cannot be kept is no reason to stop anybody. */
function useSaveLater() {
  const waiting = useRef<{ upload: string; draft: UploadDraft; timer: ReturnType<typeof setTimeout> }>(
    undefined,
  )
  const flush = useRef(() => {
    const now = waiting.current
    if (!now) return
    clearTimeout(now.timer)
    waiting.current = undefined
    callRoute(routes.keepDraft, { params: { id: now.upload }, body: { draft: now.draft } }).catch(
      () => undefined,
    )
  })
  useEffect(() => {
    const send = flush.current
    window.addEventListener('pagehide', send)
    return () => {
      window.removeEventListener('pagehide', send)
      send()
    }
  }, [])
  return (upload: string, draft: UploadDraft) => {
    clearTimeout(waiting.current?.timer)
    waiting.current = { upload, draft, timer: setTimeout(() => flush.current(), saveAfterMs) }
  }
}
