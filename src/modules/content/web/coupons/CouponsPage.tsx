import { PlusOutlined } from '@ant-design/icons'
import { Button, Form, Input, InputNumber, Modal } from 'antd'
import { EmptyState } from '#ui/EmptyState.tsx'
import { useWords } from '#ui/i18n.ts'
import { NumberText } from '#ui/NumberText.tsx'
import { PageHeader } from '#ui/PageHeader.tsx'
import { type Column, QueryTable } from '#ui/QueryTable.tsx'
import { TimeText } from '#ui/TimeText.tsx'
import { useToast } from '#ui/use-toast.tsx'
import { useCan } from '#web/session.ts'
import { useChange, usePages } from '#web/use-route.ts'
import type { CouponPool } from '../../contract/coupon.ts'
import { routes } from '../../contract.ts'
import { couponsRoute } from '../pages.tsx'
import { couponWords } from './coupon-words.ts'

/** Pools of coupon codes and how many are left. */
export function CouponsPage() {
  const t = useWords(couponWords)
  const can = useCan()
  const search = couponsRoute.useSearch()
  const navigate = couponsRoute.useNavigate()
  const setNew = (open: boolean) => void navigate({ search: open ? { new: true } : {}, replace: true })
  const source = usePages(routes.listPools, { query: { limit: 100 } }, { every: 30_000 })
  const add = can('content:write') && (
    <Button type="primary" icon={<PlusOutlined aria-hidden="true" />} onClick={() => setNew(true)}>
      {t('newPool')}
    </Button>
  )
  const count = (id: string, title: string, of: (pool: CouponPool) => number): Column<CouponPool> => ({
    id,
    title,
    width: 120,
    align: 'right',
    cell: (pool) => <NumberText value={of(pool)} />,
  })
  const columns: Column<CouponPool>[] = [
    { id: 'name', title: t('name'), cell: ({ name }) => <strong>{name}</strong> },
    count('left', t('left'), ({ codes, assigned }) => codes - assigned),
    count('assigned', t('assigned'), ({ assigned }) => assigned),
    count('redeemed', t('redeemed'), ({ redeemed }) => redeemed),
    count('total', t('total'), ({ codes }) => codes),
    {
      id: 'valid',
      title: t('valid'),
      width: 150,
      cell: ({ validUntil }) => (validUntil ? <TimeText value={validUntil} as="day" /> : t('always')),
    },
  ]
  return (
    <div className="hw-page hw-page-fill">
      <PageHeader title={t('title')} purpose={t('purpose')} actions={add} />
      <QueryTable
        label={t('title')}
        source={source}
        columns={columns}
        rowKey={({ id }) => id}
        card={({ name, codes, assigned }) => (
          <>
            <strong>{name}</strong> · {t('left')} <NumberText value={codes - assigned} />
          </>
        )}
        empty={<EmptyState title={t('emptyTitle')} text={t('emptyText')} action={add || undefined} />}
      />
      {search.new && <NewPoolDialog onClose={() => setNew(false)} />}
    </div>
  )
}

type Fields = { name: string; codes?: string; count?: number | null; prefix?: string; lowAt: number }

function NewPoolDialog({ onClose }: { onClose: () => void }) {
  const t = useWords(couponWords)
  const toast = useToast()
  const [form] = Form.useForm<Fields>()
  const create = useChange(routes.createPool, [routes.listPools])
  const codesIn = (text = '') => text.split(/[\s,;，；]+/).filter(Boolean)
  const save = ({ name, codes, count, prefix, lowAt }: Fields) =>
    create
      .mutateAsync({
        body: {
          name,
          lowAt,
          codes: codesIn(codes),
          ...(count ? { generate: { count, prefix: prefix ?? '' } } : {}),
        },
      })
      .then(() => {
        toast.done(t('made', { name }))
        onClose()
      })
      .catch(toast.failed)
  return (
    <Modal
      open
      title={t('newPool')}
      okText={t('make')}
      cancelText={t('cancel')}
      confirmLoading={create.isPending}
      onOk={() => void form.validateFields().then(save, () => undefined)}
      onCancel={onClose}
    >
      <Form form={form} layout="vertical" requiredMark={false} initialValues={{ lowAt: 100 }}>
        <Form.Item
          name="name"
          label={t('name')}
          rules={[{ required: true, whitespace: true, message: t('nameNeeded') }]}
        >
          <Input autoFocus maxLength={120} />
        </Form.Item>
        <Form.Item
          name="codes"
          label={t('codes')}
          extra={t('codesHint')}
          dependencies={['count']}
          rules={[
            ({ getFieldValue }) => ({
              validator: async (_rule, text?: string) => {
                if (codesIn(text).length === 0 && !getFieldValue('count')) throw new Error(t('codesNeeded'))
              },
            }),
          ]}
        >
          <Input.TextArea rows={4} />
        </Form.Item>
        <Form.Item name="count" label={t('generate')}>
          <InputNumber min={1} max={100_000} />
        </Form.Item>
        <Form.Item name="prefix" label={t('prefix')} rules={[{ pattern: /^[A-Z0-9-]{0,16}$/ }]}>
          <Input maxLength={16} />
        </Form.Item>
        <Form.Item name="lowAt" label={t('lowAt')}>
          <InputNumber min={0} />
        </Form.Item>
      </Form>
    </Modal>
  )
}
