import { Form, Input, InputNumber, Radio, Skeleton, Switch } from 'antd'
import type { ReactNode } from 'react'
import { ErrorState } from '#ui/ErrorState.tsx'
import { useWords } from '#ui/i18n.ts'
import { PageHeader } from '#ui/PageHeader.tsx'
import { useToast } from '#ui/use-toast.tsx'
import { FormButtons } from '#web/forms/FormButtons.tsx'
import { useSubmit } from '#web/forms/use-submit.ts'
import { useCan } from '#web/session.ts'
import { useChange, useRoute } from '#web/use-route.ts'
import type { MessagingPolicy } from '../../contract/shapes.ts'
import { routes } from '../../contract.ts'
import { consentWords } from '../consent-words.ts'
import '../consents.css'

/** What holds for every message, each rule in plain words. */
export function PolicyPage() {
  const t = useWords(consentWords)
  const policy = useRoute(routes.policy, {})
  return (
    <div className="hw-page">
      <PageHeader title={t('policyTitle')} purpose={t('policyPurpose')} />
      {policy.error && <ErrorState error={policy.error} retry={() => void policy.refetch()} />}
      {policy.isPending && <Skeleton active className="set-form" paragraph={{ rows: 8 }} />}
      {policy.data && <PolicyForm policy={policy.data} />}
    </div>
  )
}

type Values = {
  unknown: MessagingPolicy['unknown_consent']
  quiet: boolean
  from: string
  to: string
  capped: boolean
  messages: number
  days: number
  confirmDays: number
  nameZh: string
  nameEn: string
  colour: string
  privacyUrl: string
}

const readValues = ({
  unknown_consent,
  quiet_hours,
  frequency_cap,
  confirm_days,
  page,
}: MessagingPolicy): Values => ({
  unknown: unknown_consent,
  quiet: quiet_hours !== null,
  ...(quiet_hours ?? { from: '21:00', to: '09:00' }),
  capped: frequency_cap !== null,
  ...(frequency_cap ?? { messages: 3, days: 7 }),
  confirmDays: confirm_days,
  nameZh: page.name?.zh ?? '',
  nameEn: page.name?.en ?? '',
  colour: page.colour ?? '',
  privacyUrl: page.privacyUrl ?? '',
})

/** A name in one language stands for both. */
function bodyOf(values: Values): MessagingPolicy {
  const [zh, en] = [values.nameZh.trim(), values.nameEn.trim()]
  return {
    unknown_consent: values.unknown,
    quiet_hours: values.quiet ? { from: values.from, to: values.to } : null,
    frequency_cap: values.capped ? { messages: values.messages, days: values.days } : null,
    confirm_days: values.confirmDays,
    page: {
      name: zh === '' && en === '' ? null : { zh: zh || en, en: en || zh },
      colour: values.colour.trim() || null,
      privacyUrl: values.privacyUrl.trim() || null,
    },
  }
}

function PolicyForm({ policy }: { policy: MessagingPolicy }) {
  const t = useWords(consentWords)
  const toast = useToast()
  const may = useCan()('setting:write')
  const [form] = Form.useForm<Values>()
  const save = useChange(routes.savePolicy, [routes.policy, routes.ofPerson])
  const { submit, busy, error } = useSubmit<Values>(form, async (values) => {
    await save.mutateAsync({ body: bodyOf({ ...readValues(policy), ...values }) })
    toast.done(t('saved'))
  })
  const quiet = Form.useWatch('quiet', form) ?? policy.quiet_hours !== null
  const capped = Form.useWatch('capped', form) ?? policy.frequency_cap !== null
  return (
    <Form<Values>
      form={form}
      layout="vertical"
      requiredMark={false}
      initialValues={readValues(policy)}
      disabled={!may}
      onFinish={submit}
      className="hw-panel set-form"
    >
      <div className="hw-panel-body">
        <Section title={t('unknown')} text={t('unknownText')}>
          <Form.Item name="unknown">
            <Radio.Group
              orientation="vertical"
              aria-label={t('unknown')}
              options={(['refuse', 'allow'] as const).map((value) => ({
                value,
                label: t(`unknown.${value}`),
              }))}
            />
          </Form.Item>
        </Section>
        <Section title={t('quiet')} text={t('quietText')}>
          <div className="policy-row">
            <Form.Item name="quiet" valuePropName="checked" noStyle>
              <Switch aria-label={t('quietOn')} />
            </Form.Item>
            {quiet && (
              <>
                <span>{t('from')}</span>
                <Form.Item name="from" noStyle>
                  <Input type="time" aria-label={`${t('quiet')} ${t('from')}`} style={{ width: 120 }} />
                </Form.Item>
                <span>{t('to')}</span>
                <Form.Item name="to" noStyle>
                  <Input type="time" aria-label={`${t('quiet')} ${t('to')}`} style={{ width: 120 }} />
                </Form.Item>
              </>
            )}
          </div>
        </Section>
        <Section title={t('capTitle')} text={t('capText')}>
          <div className="policy-row">
            <Form.Item name="capped" valuePropName="checked" noStyle>
              <Switch aria-label={t('capOn')} />
            </Form.Item>
            {capped && (
              <>
                <Form.Item name="messages" noStyle>
                  <InputNumber
                    aria-label={`${t('capTitle')} ${t('messagesUnit')}`}
                    prefix={t('capMessages')}
                    suffix={t('messagesUnit')}
                    min={1}
                    max={1000}
                    precision={0}
                  />
                </Form.Item>
                <Form.Item name="days" noStyle>
                  <InputNumber
                    aria-label={`${t('capTitle')} ${t('daysUnit')}`}
                    prefix={t('capDays')}
                    suffix={t('daysUnit')}
                    min={1}
                    max={90}
                    precision={0}
                  />
                </Form.Item>
              </>
            )}
          </div>
        </Section>
        <Section title={t('confirm')} text={t('confirmText')}>
          <Form.Item name="confirmDays" noStyle>
            <InputNumber aria-label={t('confirm')} suffix={t('daysUnit')} min={1} max={60} precision={0} />
          </Form.Item>
        </Section>
        <Section title={t('page')} text={t('pageText')}>
          <div className="policy-fields">
            <Form.Item name="nameZh" label={t('pageNameZh')} extra={t('pageNameHint')}>
              <Input maxLength={80} />
            </Form.Item>
            <Form.Item name="nameEn" label={t('pageNameEn')}>
              <Input maxLength={80} />
            </Form.Item>
            <Form.Item name="colour" label={t('colour')} extra={t('colourHint')}>
              <Input maxLength={7} />
            </Form.Item>
            <Form.Item name="privacyUrl" label={t('privacyUrl')}>
              <Input maxLength={500} inputMode="url" />
            </Form.Item>
          </div>
        </Section>
        {error !== undefined && <ErrorState error={error} compact />}
        {may ? <FormButtons action={t('save')} busy={busy} /> : <p className="hw-fine">{t('readOnly')}</p>}
      </div>
    </Form>
  )
}

function Section({ title, text, children }: { title: string; text: string; children: ReactNode }) {
  return (
    <section className="policy-section">
      <h2>{title}</h2>
      <p className="hw-muted">{text}</p>
      {children}
    </section>
  )
}
