import { DeleteOutlined, EditOutlined, FlagOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useState } from 'react'
import { useWords } from '#ui/i18n.ts'
import { useToast } from '#ui/use-toast.tsx'
import { useCan } from '#web/session.ts'
import { useChange } from '#web/use-route.ts'
import type { Annotation } from '../../contract/annotations.ts'
import { routes } from '../../contract.ts'
import { useShown } from '../shown-state.tsx'
import { AnnotationDialog } from './AnnotationDialog.tsx'
import { annotationWords } from './annotation-words.ts'
import { useAnnotations } from './use-annotations.ts'
import './annotations.css'

/** What was noted of these days, numbered as on the curves above: below a chart over days, not in a tile. */
export function Annotations({ range }: { range: { from: string; to: string } }) {
  const t = useWords(annotationWords)
  const can = useCan()
  const items = useAnnotations(range)
  const [edited, setEdited] = useState<Annotation | 'new'>()
  const mayWrite = can('analytics:write')
  if (useShown().small) return null
  if (items.length === 0 && !mayWrite) return null
  return (
    <section className="annotations" aria-label={t('title')}>
      {items.length > 0 && (
        <ol className="annotations-list">
          {items.map((one, at) => (
            <li key={one.id}>
              <span className="annotations-number" aria-hidden="true">
                {at + 1}
              </span>
              <span className="hw-muted">{one.day}</span>{' '}
              <span title={t('by', { name: one.by })}>{one.text}</span>
              {mayWrite && <AnnotationActions annotation={one} onEdit={() => setEdited(one)} />}
            </li>
          ))}
        </ol>
      )}
      {mayWrite && (
        <Button size="small" icon={<FlagOutlined aria-hidden="true" />} onClick={() => setEdited('new')}>
          {t('add')}
        </Button>
      )}
      <AnnotationDialog
        key={edited === undefined || edited === 'new' ? 'new' : edited.id}
        open={edited !== undefined}
        annotation={edited === 'new' ? undefined : edited}
        day={range.to}
        onClose={() => setEdited(undefined)}
      />
    </section>
  )
}

function AnnotationActions({ annotation, onEdit }: { annotation: Annotation; onEdit: () => void }) {
  const t = useWords(annotationWords)
  const toast = useToast()
  const remove = useChange(routes.removeAnnotation, [routes.listAnnotations])
  const create = useChange(routes.annotate, [routes.listAnnotations])
  const takeAway = async () => {
    try {
      const { day, text } = await remove.mutateAsync({ params: { id: annotation.id } })
      toast.undo(t('removed', { text }), () => create.mutateAsync({ body: { day, text } }))
    } catch (error) {
      toast.failed(error)
    }
  }
  return (
    <span className="annotations-actions">
      <Button
        type="text"
        size="small"
        icon={<EditOutlined />}
        aria-label={t('editOf', { text: annotation.text })}
        onClick={onEdit}
      />
      <Button
        type="text"
        size="small"
        icon={<DeleteOutlined />}
        aria-label={t('removeOf', { text: annotation.text })}
        loading={remove.isPending}
        onClick={() => void takeAway()}
      />
    </span>
  )
}
