import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Checkbox, Form, Input, Select } from 'antd'
import { PropertyType } from '#modules/plans/contract.ts'
import { useWords } from '#ui/i18n.ts'
import { AllowedValues } from './AllowedValues.tsx'
import { planWords } from './plan-words.ts'

/** The properties of an event in the form around it, a line each. */
export function PropertyRows() {
  const t = useWords(planWords)
  return (
    <Form.List name="properties">
      {(fields, { add, remove }) => (
        <>
          {fields.map(({ key, name }) => (
            <PropertyRow key={key} at={name} onRemove={() => remove(name)} />
          ))}
          <Button
            icon={<PlusOutlined />}
            onClick={() =>
              add({
                path: '',
                type: 'text',
                required: false,
                allowed: [],
                pattern: null,
                labels: { zh: '', en: '' },
                description: '',
              })
            }
          >
            {t('addProperty')}
          </Button>
        </>
      )}
    </Form.List>
  )
}

function PropertyRow({ at, onRemove }: { at: number; onRemove: () => void }) {
  const t = useWords(planWords)
  const form = Form.useFormInstance()
  const type = Form.useWatch(['properties', at, 'type'], form) as PropertyType | undefined
  const path = Form.useWatch(['properties', at, 'path'], form) as string | undefined
  return (
    <div className="plan-property">
      <Form.Item
        name={[at, 'path']}
        label={t('path')}
        rules={[{ required: true, whitespace: true, message: t('pathMissing') }]}
      >
        <Input className="hw-mono" autoComplete="off" maxLength={200} />
      </Form.Item>
      <Form.Item name={[at, 'type']} label={t('type')}>
        <Select options={PropertyType.options.map((value) => ({ value, label: t(`type_${value}`) }))} />
      </Form.Item>
      <Form.Item name={[at, 'required']} label={t('required')} valuePropName="checked">
        <Checkbox aria-label={t('required')} />
      </Form.Item>
      <Form.Item name={[at, 'allowed']} label={t('allowed')}>
        <AllowedValues type={type ?? 'any'} placeholder={t('allowedHint')} />
      </Form.Item>
      <Form.Item name={[at, 'pattern']} label={t('pattern')}>
        <Input className="hw-mono" autoComplete="off" maxLength={500} />
      </Form.Item>
      <Button
        type="text"
        icon={<DeleteOutlined />}
        title={t('removeProperty', { path })}
        aria-label={t('removeProperty', { path })}
        onClick={onRemove}
      />
      <div className="plan-names">
        <Form.Item name={[at, 'labels', 'zh']} label={t('labelZh')}>
          <Input autoComplete="off" maxLength={100} />
        </Form.Item>
        <Form.Item name={[at, 'labels', 'en']} label={t('labelEn')}>
          <Input autoComplete="off" maxLength={100} />
        </Form.Item>
      </div>
    </div>
  )
}
