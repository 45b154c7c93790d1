import { Button } from 'antd'
import './forms.css'

type Props = { action: string; busy: boolean; cancel?: string; onCancel?: () => void; disabled?: boolean }

/** The send button last, as in every header. */
export function FormButtons({ action, busy, cancel, onCancel, disabled = false }: Props) {
  return (
    <div className="hw-form-buttons">
      {cancel && <Button onClick={onCancel}>{cancel}</Button>}
      <Button type="primary" htmlType="submit" loading={busy} disabled={disabled}>
        {action}
      </Button>
    </div>
  )
}
