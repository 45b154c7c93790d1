import { AutoComplete, Form, Input, Select, Switch } from 'antd'
import { useWords } from '#ui/i18n.ts'
import { type AttributeType, declaredTypes } from '../../attribute-shapes.ts'
import { isChoice } from './attribute-draft.ts'
import { attributeCatalogueWords } from './catalogue-words.ts'
import { OptionsField } from './OptionsField.tsx'

type Props = {
  groups: readonly string[]
  /** Values there are, to make options of. */
  examples?: readonly string[]
  /** The type its first value had, as long as nobody declares one. */
  seen?: AttributeType
  alwaysPersonal?: boolean
}

/** What is said of an attribute; the same for a new one and one there is. */
export function AttributeFields({ groups, examples = [], seen, alwaysPersonal = false }: Props) {
  const t = useWords(attributeCatalogueWords)
  const type = (Form.useWatch('type') as string | undefined) ?? ''
  const types = [
    ...(seen ? [{ value: '', label: t('undeclared', { type: t(`type.${seen}`) }) }] : []),
    ...declaredTypes.map((value) => ({ value, label: t(`type.${value}`) })),
  ]
  return (
    <>
      <div className="hw-form-row">
        <Form.Item name="labelZh" label={t('labelZh')}>
          <Input maxLength={100} />
        </Form.Item>
        <Form.Item name="labelEn" label={t('labelEn')}>
          <Input maxLength={100} />
        </Form.Item>
      </div>
      <div className="hw-form-row">
        <Form.Item name="type" label={t('type')}>
          <Select options={types} />
        </Form.Item>
        {type === 'reference' && (
          <Form.Item name="refersTo" label={t('refersTo')}>
            <Select
              options={[
                { value: 'person', label: t('person') },
                { value: 'company', label: t('company') },
              ]}
            />
          </Form.Item>
        )}
      </div>
      {seen && <p className="hw-fine attr-hint">{t('typeHint')}</p>}
      {isChoice(type) && (
        <Form.Item name="options" label={t('options')}>
          <OptionsField examples={examples} />
        </Form.Item>
      )}
      <Form.Item name="description" label={t('description')}>
        <Input.TextArea
          placeholder={t('descriptionHint')}
          autoSize={{ minRows: 2, maxRows: 6 }}
          maxLength={2000}
        />
      </Form.Item>
      <Form.Item name="group" label={t('group')}>
        <AutoComplete
          options={groups.map((value) => ({ value }))}
          placeholder={t('groupHint')}
          showSearch={{ filterOption: true }}
        />
      </Form.Item>
      <Form.Item
        name="personal"
        label={t('personal')}
        extra={alwaysPersonal ? t('personalFixed') : t('personalHint')}
        valuePropName="checked"
        layout="horizontal"
      >
        <Switch size="small" disabled={alwaysPersonal} />
      </Form.Item>
      <Form.Item
        name="searchable"
        label={t('searchable')}
        extra={t('searchableHint')}
        valuePropName="checked"
        layout="horizontal"
      >
        <Switch size="small" />
      </Form.Item>
    </>
  )
}
