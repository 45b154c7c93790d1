declare module 'mjml-browser' {
  export type MjmlError = { line?: number; message: string; tagName: string }
  const mjml2html: (
    mjml: string,
    options: { validationLevel: 'soft'; fonts: Record<string, string>; keepComments: boolean },
  ) => Promise<{ html: string; errors: MjmlError[] }>
  export default mjml2html
}
