import { Form, Input } from 'antd'
import { useWords } from '#ui/i18n.ts'
import { FormDialog } from '#web/forms/FormDialog.tsx'
import { useChange } from '#web/use-route.ts'
import type { Annotation } from '../../contract/annotations.ts'
import { routes } from '../../contract.ts'
import { annotationWords } from './annotation-words.ts'

type Values = { day: string; text: string }
type Props = {
  open: boolean
  /** Said anew; without, one is made. */
  annotation?: Annotation | undefined
  day: string
  onClose: () => void
}

export function AnnotationDialog({ open, annotation, day, onClose }: Props) {
  const t = useWords(annotationWords)
  const create = useChange(routes.annotate, [routes.listAnnotations])
  const change = useChange(routes.changeAnnotation, [routes.listAnnotations])
  return (
    <FormDialog<Values>
      open={open}
      title={annotation ? t('edit') : t('add')}
      action={t('save')}
      initial={{ day: annotation?.day ?? day, text: annotation?.text ?? '' }}
      onClose={onClose}
      onSubmit={(values) =>
        annotation
          ? change.mutateAsync({
              params: { id: annotation.id },
              body: { version: annotation.version, ...values },
            })
          : create.mutateAsync({ body: values })
      }
    >
      <Form.Item name="day" label={t('day')} rules={[{ required: true, message: t('dayMissing') }]}>
        <Input type="date" className="rule-date" />
      </Form.Item>
      <Form.Item
        name="text"
        label={t('text')}
        rules={[{ required: true, whitespace: true, message: t('textMissing') }]}
      >
        <Input.TextArea
          maxLength={300}
          autoFocus
          autoSize={{ minRows: 2, maxRows: 5 }}
          placeholder={t('textPlaceholder')}
        />
      </Form.Item>
    </FormDialog>
  )
}
