import { Button, Checkbox, Form, Input, InputNumber, Select } from 'antd'
import { routes as access } from '#modules/access/contract.ts'
import { isMailAddress } from '#platform/mail/mail-address.ts'
import { useDisplay } from '#ui/display.tsx'
import { ErrorState } from '#ui/ErrorState.tsx'
import { zoneName } from '#ui/format-time.ts'
import { useWords } from '#ui/i18n.ts'
import { useToast } from '#ui/use-toast.tsx'
import { useSubmit } from '#web/forms/use-submit.ts'
import { useCan, useMe } from '#web/session.ts'
import { useChange, useRoute } from '#web/use-route.ts'
import type { Board, Filters } from '../../contract/board.ts'
import { type BoardMail, mailFormats } from '../../contract/mails.ts'
import { routes } from '../../contract.ts'
import { mailWords } from './mail-words.ts'

type Values = Pick<BoardMail, 'every' | 'day' | 'time' | 'formats' | 'language' | 'addresses'> & {
  members: string[]
}
type Props = {
  board: Board
  filters: Filters
  timezone: string
  /** Left out: a new one. */
  mail: BoardMail | undefined
  onDone: () => void
}
const weekdays = [1, 2, 3, 4, 5, 6, 7] as const
const languages = [
  { value: 'zh', label: '中文' },
  { value: 'en', label: 'English' },
] as const

export function MailForm({ board, filters, timezone, mail, onDone }: Props) {
  const t = useWords(mailWords)
  const toast = useToast()
  const { language } = useDisplay()
  const { memberId } = useMe()
  const [form] = Form.useForm<Values>()
  const create = useChange(routes.createMail, [routes.listMails])
  const change = useChange(routes.changeMail, [routes.listMails])
  const { submit, busy, error } = useSubmit<Values>(form, async (values) => {
    const body = { ...values, day: values.day ?? 1, filters: mail?.filters ?? filters }
    await (mail
      ? change.mutateAsync({ params: { id: mail.id }, body })
      : create.mutateAsync({ params: { id: board.id }, body }))
    toast.done(t(mail ? 'saved' : 'created'))
    onDone()
  })
  const initial: Partial<Values> = mail
    ? { ...mail, members: mail.members.map(({ id }) => id) }
    : {
        ...{ members: memberId ? [memberId] : [], addresses: [], every: 'week', day: 1, time: '09:00' },
        ...{ formats: ['png', 'pdf'], language },
      }
  const kept = mail?.filters ?? filters
  return (
    <Form<Values>
      form={form}
      layout="vertical"
      requiredMark={false}
      initialValues={initial}
      onFinish={submit}
      className="board-mail-form"
    >
      <Receivers chosen={mail?.members ?? []} />
      <Rhythm timezone={timezone} />
      <Form.Item name="formats" label={t('formats')} extra={t('formatsNone')}>
        <Checkbox.Group
          options={mailFormats.toReversed().map((value) => ({ value, label: t(`formats.${value}`) }))}
        />
      </Form.Item>
      <Form.Item name="language" label={t('language')}>
        <Select options={[...languages]} />
      </Form.Item>
      {(kept.range !== undefined || kept.audience !== undefined) && <p className="hw-fine">{t('filters')}</p>}
      {error !== undefined && <ErrorState error={error} compact />}
      <div className="hw-bar">
        <Button type="primary" htmlType="submit" loading={busy}>
          {t(mail ? 'save' : 'create')}
        </Button>
        <Button onClick={onDone}>{t('back')}</Button>
      </div>
    </Form>
  )
}

/** `chosen`: those it has now, called by their names also for who may not see members. */
function Receivers({ chosen }: { chosen: BoardMail['members'] }) {
  const t = useWords(mailWords)
  const can = useCan()
  const { memberId, user } = useMe()
  const query = { limit: 1000, status: 'active' as const }
  const seesMembers = can('member:read')
  const list = useRoute(access.listMembers, { query }, { enabled: seesMembers, staleTime: 60_000 })
  const known = list.data?.items ?? [
    ...(memberId ? [{ id: memberId, name: user?.name ?? '' }] : []),
    ...chosen.filter(({ id }) => id !== memberId),
  ]
  const isOutside = can('dashboard:share')
  return (
    <>
      <Form.Item
        name="members"
        label={t('members')}
        extra={t(seesMembers ? 'membersHint' : 'membersDenied')}
        dependencies={['addresses']}
        rules={[
          ({ getFieldValue }) => ({
            validator: async (_, members: string[] | undefined) => {
              const addresses = (getFieldValue('addresses') ?? []) as string[]
              if ((members?.length ?? 0) + addresses.length === 0) throw new Error(t('nobody'))
            },
          }),
        ]}
      >
        <Select
          mode="multiple"
          loading={list.isLoading}
          showSearch={{ optionFilterProp: 'label' }}
          options={known.map(({ id, name }) => ({
            value: id,
            label: id === memberId ? t('me', { name }) : name,
          }))}
        />
      </Form.Item>
      <Form.Item
        name="addresses"
        label={t('addresses')}
        extra={t(isOutside ? 'addressesHint' : 'addressesDenied')}
        rules={[
          {
            validator: async (_, addresses: string[] | undefined) => {
              const address = addresses?.find((one) => !isMailAddress(one.trim()))
              if (address !== undefined) throw new Error(t('badAddress', { address }))
            },
          },
        ]}
      >
        <Select
          mode="tags"
          open={false}
          suffixIcon={null}
          disabled={!isOutside}
          tokenSeparators={[',', ';', ' ', '，', '；', '\n', '\t']}
          placeholder={t('address.example')}
        />
      </Form.Item>
    </>
  )
}

function Rhythm({ timezone }: { timezone: string }) {
  const t = useWords(mailWords)
  const { language } = useDisplay()
  const form = Form.useFormInstance<Values>()
  const every = Form.useWatch('every', form) ?? 'week'
  return (
    <>
      <Form.Item name="every" label={t('every')}>
        <Select
          options={(['day', 'week', 'month'] as const).map((value) => ({
            value,
            label: t(`every.${value}`),
          }))}
          onChange={() => form.setFieldValue('day', 1)}
        />
      </Form.Item>
      {every === 'week' && (
        <Form.Item name="day" label={t('weekday')}>
          <Select options={weekdays.map((value) => ({ value, label: t(`weekday.${value}`) }))} />
        </Form.Item>
      )}
      {every === 'month' && (
        <Form.Item name="day" label={t('monthday')} extra={t('monthdayNote')}>
          <InputNumber min={1} max={31} precision={0} />
        </Form.Item>
      )}
      <Form.Item
        name="time"
        label={t('time', { zone: zoneName(timezone, language) })}
        rules={[{ required: true, message: t('timeMissing') }]}
      >
        <Input type="time" className="board-mail-time" />
      </Form.Item>
    </>
  )
}
