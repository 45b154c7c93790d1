/** What letters say; the board's own words come from the board. */
export const letterWords = {
  zh: {
    intro: (workspace: string, zone: string) => `来自“${workspace}”的看板，按 ${zone} 时区统计。`,
    rangeOf: (from: string, to: string) => `统计日期：${from} 至 ${to}`,
    against: (share: string, before: string) => `较对比期 ${share}（对比期 ${before}）`,
    same: '与对比期持平',
    noBefore: '对比期没有数据',
    open: '打开看板',
    openHint: '需要登录，数字为打开时的最新数字。',
    picture: (name: string) => `看板“${name}”的图片`,
    cut: '看板太长，图片只到这里；完整内容请打开看板，或查看 PDF。',
    noChromium: '这次没有附上图片和 PDF：服务器上没有安装 Chromium。请联系管理员安装。',
    attached: '完整看板见附件 PDF。',
    why: (maker: string) =>
      `收到这封邮件，是因为${maker}把你加为这个看板的收件人。不想再收到，请告诉${maker}。`,
    colon: '：',
  },
  en: {
    intro: (workspace: string, zone: string) => `A board of ${workspace}; days are those of ${zone}.`,
    rangeOf: (from: string, to: string) => `Days: ${from} to ${to}`,
    against: (share: string, before: string) => `${share} against the period before (${before})`,
    same: 'As in the period before',
    noBefore: 'Nothing in the period before',
    open: 'Open the board',
    openHint: 'Needs a login; the numbers are those of then.',
    picture: (name: string) => `Picture of the board “${name}”`,
    cut: 'The board is too long for a picture, which ends here; open the board or the PDF for the whole.',
    noChromium:
      'There is no picture and no PDF this time: no Chromium is installed on the server. Ask whoever runs it to install one.',
    attached: 'The whole board is attached as PDF.',
    why: (maker: string) =>
      `You get this because ${maker} named you as a receiver of this board. Tell ${maker} if you do not want it any more.`,
    colon: ': ',
  },
} as const
