import { Form, Input, InputNumber, Radio, Select } from 'antd'
import type { z } from 'zod'
import { IdentityKind, routes } from '#modules/profiles/contract.ts'
import { findWord, useWords, type Words } from '#ui/i18n.ts'
import { useToast } from '#ui/use-toast.tsx'
import { FormDialog } from '#web/forms/FormDialog.tsx'
import { useChange } from '#web/use-route.ts'
import { kindWords } from './kind-words.ts'

export type Kind = z.infer<typeof IdentityKind>
type Values = Omit<Kind, 'builtIn'>
type Props = {
  kinds: Kind[]
  /** `undefined`: closed. */
  chosen: Kind | 'new' | undefined
  onClose: () => void
}

export function KindDialog({ kinds, chosen, onClose }: Props) {
  const t = useWords(kindWords)
  const toast = useToast()
  const save = useChange(routes.saveIdentityKind, [routes.identityKinds])
  const edited = chosen === 'new' ? undefined : chosen
  const isNew = chosen === 'new'
  const initial = edited ?? { class: 'contact' as const, priority: 50, limit: 5, blocked: [] }
  const isFree = (kind: string) => kinds.every((one) => one.kind !== kind)
  return (
    <FormDialog<Values>
      open={chosen !== undefined}
      title={isNew ? t('newKind') : kindName(edited?.kind ?? '')}
      action={isNew ? t('add') : t('save')}
      width={560}
      initial={initial}
      onSubmit={async ({ kind = edited?.kind ?? '', ...body }) => {
        await save.mutateAsync({ params: { kind }, body: { ...body, class: body.class ?? initial.class } })
        toast.done(t('saved'))
      }}
      onClose={onClose}
    >
      {isNew && (
        <Form.Item
          name="kind"
          label={t('kindName')}
          extra={t('kindHint')}
          validateFirst
          rules={[
            { required: true, message: t('fieldMissing') },
            {
              validator: async (_, value: string) => {
                if (!IdentityKind.shape.kind.safeParse(value).success) throw new Error(t('kindBad'))
                if (!isFree(value)) throw new Error(t('kindTaken'))
              },
            },
          ]}
        >
          <Input autoFocus autoComplete="off" />
        </Form.Item>
      )}
      {!edited?.builtIn && <ClassField />}
      <div className="hw-form-row">
        <NumberField name="priority" label={t('priority')} hint={t('priorityHint')} max={100} />
        <NumberField name="limit" label={t('limit')} hint={t('limitHint')} max={1000} />
      </div>
      <Form.Item name="blocked" label={t('blocked')} extra={t('blockedHint')}>
        <Select mode="tags" open={false} suffixIcon={null} tokenSeparators={[',', '，', ' ']} />
      </Form.Item>
    </FormDialog>
  )
}

/** The name in the reader's language where the kind is one of ours. */
export const kindName = (kind: string): string => findWord(kindWords as Words, `name_${kind}`) ?? kind

function ClassField() {
  const t = useWords(kindWords)
  return (
    <Form.Item name="class" label={t('class')}>
      <Radio.Group
        vertical
        options={(['login', 'device', 'contact'] as const).map((value) => ({
          value,
          label: (
            <>
              {t(`class_${value}`)} <span className="hw-fine">{t(`classText_${value}`)}</span>
            </>
          ),
        }))}
      />
    </Form.Item>
  )
}

type NumberProps = { name: string; label: string; hint: string; max: number }

function NumberField({ name, label, hint, max }: NumberProps) {
  const t = useWords(kindWords)
  return (
    <Form.Item
      name={name}
      label={label}
      extra={hint}
      rules={[{ required: true, message: t('fieldMissing') }]}
    >
      <InputNumber min={1} max={max} precision={0} style={{ width: '100%' }} />
    </Form.Item>
  )
}
