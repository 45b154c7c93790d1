import type { AttributeOption } from '../../attribute-shapes.ts'
import './option.css'

/** The shade is never the only sign: the word stands beside it. */
export const OptionDot = ({ color }: Pick<AttributeOption, 'color'>) => (
  <span className={`attr-dot${color ? ` attr-dot-${color}` : ''}`} aria-hidden="true" />
)
