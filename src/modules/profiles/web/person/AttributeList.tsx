import { EditOutlined, PlusOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { type ReactNode, useState } from 'react'
import { useWords } from '#ui/i18n.ts'
import { useToast } from '#ui/use-toast.tsx'
import type { Attribute } from '../../attribute-shapes.ts'
import { AttributeText } from '../people/people-columns.tsx'
import { personWords } from '../person-words.ts'
import { AttributeForm } from './AttributeForm.tsx'
import '../person.css'

type Props = {
  title: string
  /** Whether there is nothing at all, shown or not. */
  empty: string | undefined
  shown: readonly (readonly [name: string, value: unknown])[]
  titleOf: (name: string) => string
  /** What there is to choose a name from, and how each is asked for. */
  catalogue: readonly Attribute[]
  /** Of personal ones seen masked, whose value is none to begin with. */
  isMasked?: (name: string) => boolean
  mayEdit: boolean
  saving: boolean
  onSave: (name: string, value: unknown) => Promise<void>
  /** Whether values are said as their attribute has them: options by their labels. */
  named?: boolean
  extra?: (name: string) => ReactNode
  above?: ReactNode
  below?: ReactNode
}

/** Attributes of a person or a company, each edited where it stands. */
export function AttributeList(props: Props) {
  const { title, empty, shown, catalogue, mayEdit, saving, onSave, titleOf, above, below } = props
  const t = useWords(personWords)
  const toast = useToast()
  const [editing, setEditing] = useState<string>()
  const stop = () => setEditing(undefined)
  const save = async (name: string, value: unknown) => {
    try {
      await onSave(name, value)
      stop()
      toast.done(t('attributeSaved', { name: titleOf(name) }))
    } catch (error) {
      toast.failed(error)
    }
  }
  const form = (name: string | undefined, value: unknown) => (
    <AttributeForm
      {...(name === undefined ? {} : { name })}
      value={value}
      catalogue={catalogue}
      saving={saving}
      onSave={save}
      onCancel={stop}
    />
  )
  return (
    <section className="hw-panel" aria-label={title}>
      <div className="hw-panel-head">
        <h2>{title}</h2>
        {mayEdit && (
          <Button
            type="text"
            size="small"
            icon={<PlusOutlined aria-hidden="true" />}
            aria-label={t('addAttribute')}
            title={t('addAttribute')}
            onClick={() => setEditing('')}
          />
        )}
      </div>
      <div className="person-attributes">
        {above}
        {editing === '' && form(undefined, undefined)}
        {empty !== undefined && editing !== '' && <p className="hw-fine">{empty}</p>}
        <dl>
          {shown.map(([name, value]) => (
            <div key={name} className={editing === name ? undefined : 'person-attribute'}>
              <dt title={name}>{titleOf(name)}</dt>
              <dd>
                {editing === name ? (
                  form(name, props.isMasked?.(name) ? undefined : value)
                ) : (
                  <span className="hw-clip hw-bar-grow">
                    <AttributeText {...(props.named ? { name } : {})} value={value} />
                  </span>
                )}
                {editing !== name && props.extra?.(name)}
                {mayEdit && editing !== name && !name.includes('.') && (
                  <Button
                    type="text"
                    size="small"
                    className="person-edit"
                    icon={<EditOutlined aria-hidden="true" />}
                    aria-label={t('edit', { name: titleOf(name) })}
                    onClick={() => setEditing(name)}
                  />
                )}
              </dd>
            </div>
          ))}
        </dl>
        {below}
      </div>
    </section>
  )
}
