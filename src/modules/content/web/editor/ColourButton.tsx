import { Button, ColorPicker } from 'antd'

type Props = {
  label: string
  value: string
  disabled?: boolean | undefined
  onChange: (hex: string) => void
}

/** A colour to choose. The picker's own trigger is a bare box: no name, no focus, no keyboard. */
export function ColourButton({ label, value, disabled = false, onChange }: Props) {
  return (
    <ColorPicker
      value={value}
      disabledAlpha
      disabled={disabled}
      onChangeComplete={(colour) => onChange(colour.toHexString())}
    >
      <Button
        size="small"
        disabled={disabled}
        aria-label={label}
        title={label}
        icon={<span className="content-swatch" style={{ background: value }} aria-hidden="true" />}
      />
    </ColorPicker>
  )
}
