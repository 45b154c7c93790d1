import { Checkbox, Form, Input, InputNumber, Radio } from 'antd'
import { type Connection, type Place, type PlaceKind, routes } from '#modules/connectors/contract.ts'
import { useWords } from '#ui/i18n.ts'
import { FormDialog } from '#web/forms/FormDialog.tsx'
import { useChange } from '#web/use-route.ts'
import { sourceWords } from './source-words.ts'

type Values = {
  name: string
  kind: PlaceKind
  endpoint: string
  region: string
  bucket: string
  path_style: boolean
  host: string
  port: number
  database: string
  user: string
  tls: boolean
  key?: string
  secret?: string
}
type Props = {
  open: boolean
  kinds: readonly PlaceKind[]
  /** The one to change; without it a new one is made. */
  of?: Connection
  onDone: (connection: Connection) => void
  onClose: () => void
}

const ports = { postgres: 5432, mysql: 3306 } as const

export function ConnectionDialog({ open, kinds, of, onDone, onClose }: Props) {
  const t = useWords(sourceWords)
  const create = useChange(routes.create, [routes.list])
  const change = useChange(routes.change, [routes.list])
  const send = ({ key = '', secret = '', ...values }: Values) => {
    const body = { name: values.name, place: placeOf(values) }
    const credentials = { key, secret }
    if (!of) return create.mutateAsync({ body: { ...body, credentials } })
    // Kept ones are never read back: an empty field leaves them as they are.
    return change.mutateAsync({
      params: { id: of.id },
      body: { ...body, ...(secret !== '' && { credentials }) },
    })
  }
  return (
    <FormDialog<Values>
      open={open}
      title={t(of ? 'changeConnection' : 'newConnection')}
      action={t(of ? 'save' : 'add')}
      width={560}
      initial={
        of
          ? { name: of.name, key: of.key, ...of.place }
          : { kind: kinds[0] as PlaceKind, region: 'us-east-1', path_style: true, tls: true }
      }
      onSubmit={async (values) => onDone(await send(values))}
      onClose={onClose}
    >
      <Fields kinds={of ? [of.place.kind] : kinds} of={of} />
    </FormDialog>
  )
}

function placeOf(values: Omit<Values, 'key' | 'secret'>): Place {
  const { kind, endpoint, region, bucket, path_style, host, port, database, user, tls } = values
  if (kind === 's3') return { kind, endpoint, region, bucket, path_style }
  return { kind, host, port: port ?? ports[kind], database, user, tls }
}

function Fields({ kinds, of }: { kinds: readonly PlaceKind[]; of: Connection | undefined }) {
  const t = useWords(sourceWords)
  const kind = Form.useWatch<PlaceKind | undefined>('kind') ?? kinds[0]
  const key = Form.useWatch<string | undefined>('key')
  const keeps = of !== undefined && (key === undefined || key === of.key)
  const needed = [{ required: true, message: t('required') }]
  const text = (name: keyof Values, label: string, placeholder = '') => (
    <Form.Item name={name} label={label} rules={needed}>
      <Input placeholder={placeholder} autoComplete="off" />
    </Form.Item>
  )
  return (
    <>
      {text('name', t('name'))}
      <Form.Item name="kind" label={t('type')} hidden={kinds.length === 1}>
        <Radio.Group options={kinds.map((one) => ({ value: one, label: t(`place.${one}`) }))} />
      </Form.Item>
      {kind === 's3' ? (
        <>
          {text('endpoint', t('endpoint'), 'https://s3.eu-central-1.amazonaws.com')}
          {text('bucket', t('bucket'))}
          {text('region', t('region'))}
          {text('key', t('accessKey'))}
        </>
      ) : (
        <>
          {text('host', t('host'), 'db.example.com')}
          <Form.Item name="port" label={t('port')}>
            <InputNumber min={1} max={65_535} placeholder={String(ports[kind ?? 'postgres'])} />
          </Form.Item>
          {text('database', t('database'))}
          {text('user', t('user'))}
        </>
      )}
      <Form.Item
        name="secret"
        label={t(kind === 's3' ? 'secretKey' : 'password')}
        rules={keeps ? [] : needed}
      >
        <Input.Password autoComplete="new-password" placeholder={keeps ? t('secretKept') : ''} />
      </Form.Item>
      {kind === 's3' ? (
        <Form.Item name="path_style" valuePropName="checked">
          <Checkbox>{t('pathStyle')}</Checkbox>
        </Form.Item>
      ) : (
        <Form.Item name="tls" valuePropName="checked">
          <Checkbox>{t('tls')}</Checkbox>
        </Form.Item>
      )}
    </>
  )
}
