import './owner.css'

/** A colleague and their department, in a list to choose from. */
export function MemberLabel({ name, hint }: { name: string; hint: string }) {
  return (
    <span className="owner-option">
      <span className="hw-clip">{name}</span>
      {hint !== '' && <span className="hw-fine hw-clip">{hint}</span>}
    </span>
  )
}
