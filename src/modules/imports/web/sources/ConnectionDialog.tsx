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
  key: string
  secret: string
}
type Props = {
  open: boolean
  kinds: readonly PlaceKind[]
  onMade: (connection: Connection) => void
  onClose: () => void
}

const ports = { postgres: 5432, mysql: 3306 } as const

export function ConnectionDialog({ open, kinds, onMade, onClose }: Props) {
  const t = useWords(sourceWords)
  const create = useChange(routes.create, [routes.list])
  return (
    <FormDialog<Values>
      open={open}
      title={t('newConnection')}
      action={t('add')}
      width={560}
      initial={{ kind: kinds[0] as PlaceKind, region: 'us-east-1', path_style: true, tls: true }}
      onSubmit={async (values) => {
        const credentials = { key: values.key ?? '', secret: values.secret }
        onMade(await create.mutateAsync({ body: { name: values.name, place: placeOf(values), credentials } }))
      }}
      onClose={onClose}
    >
      <Fields kinds={kinds} />
    </FormDialog>
  )
}

function placeOf(values: Values): Place {
  const { kind, endpoint, region, bucket, path_style, host, port, database, user, tls } = values
  if (kind === 's3') return { kind, endpoint, region, bucket, path_style }
  return { kind, host, port: port ?? ports[kind], database, user, tls }
}

function Fields({ kinds }: Pick<Props, 'kinds'>) {
  const t = useWords(sourceWords)
  const kind = Form.useWatch<PlaceKind | undefined>('kind') ?? kinds[0]
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
      <Form.Item name="secret" label={t(kind === 's3' ? 'secretKey' : 'password')} rules={needed}>
        <Input.Password autoComplete="new-password" />
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
