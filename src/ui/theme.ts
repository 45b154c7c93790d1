import { theme as antd, type ThemeConfig } from 'antd'

/** Colours of the product. The CSS variables in ui.css carry the same values for our own markup. */
const light = {
  river: '#0B6BCB',
  riverHover: '#0A5CAE',
  link: '#0B6BCB',
  success: '#1E9E5A',
  warning: '#C77700',
  danger: '#CF3A3C',
  ink: '#14202B',
  muted: '#5B6B7A',
  line: '#E3E8ED',
  control: '#C5CFD8',
  canvas: '#F6F8FA',
  surface: '#FFFFFF',
  raised: '#FFFFFF',
}
const dark: typeof light = {
  river: '#1C73CE',
  riverHover: '#1866B8',
  link: '#62AEF2',
  success: '#36B877',
  warning: '#E29A2E',
  danger: '#E5605F',
  ink: '#E6EDF3',
  muted: '#97A7B6',
  line: '#25303B',
  control: '#3A4856',
  canvas: '#0E141B',
  surface: '#151D26',
  raised: '#1B2530',
}

const font =
  'Inter, system-ui, -apple-system, "Segoe UI", "PingFang SC", "Microsoft YaHei", "Noto Sans SC", "Noto Sans CJK SC", sans-serif'

/** antd's theme: both modes from the same algorithm, colours ours. */
export function antdTheme(isDark: boolean, calm: boolean): ThemeConfig {
  const c = isDark ? dark : light
  return {
    algorithm: isDark ? antd.darkAlgorithm : antd.defaultAlgorithm,
    token: {
      colorPrimary: c.river,
      colorPrimaryHover: c.riverHover,
      colorLinkHover: c.link,
      colorInfo: c.river,
      colorSuccess: c.success,
      colorWarning: c.warning,
      colorError: c.danger,
      colorLink: c.link,
      colorText: c.ink,
      colorTextSecondary: c.muted,
      colorTextTertiary: c.muted,
      colorTextDescription: c.muted,
      colorTextPlaceholder: isDark ? '#97A7B6' : '#5B6B7A',
      colorBorder: c.control,
      colorBorderSecondary: c.line,
      colorSplit: c.line,
      colorBgLayout: c.canvas,
      colorBgContainer: c.surface,
      colorBgElevated: c.raised,
      borderRadius: 6,
      borderRadiusLG: 8,
      fontSize: 14,
      fontFamily: font,
      motionDurationFast: '0.08s',
      motionDurationMid: '0.12s',
      motionDurationSlow: '0.15s',
      motion: !calm,
      boxShadow: isDark ? '0 6px 20px rgb(0 0 0 / 50%)' : '0 6px 20px rgb(20 32 43 / 12%)',
      boxShadowSecondary: isDark ? '0 6px 20px rgb(0 0 0 / 50%)' : '0 6px 20px rgb(20 32 43 / 12%)',
    },
    components: {
      Button: {
        primaryShadow: 'none',
        defaultShadow: 'none',
        dangerShadow: 'none',
        defaultHoverColor: c.link,
        defaultHoverBorderColor: c.link,
        colorPrimary: c.river,
      },
      Modal: { titleFontSize: 16 },
      Segmented: { itemSelectedBg: isDark ? '#2A3744' : '#FFFFFF', trackBg: isDark ? '#0E141B' : '#EBEFF3' },
    },
  }
}

/** Colour-blind safe, same order everywhere. A comparison period is the same hue at 40 %, dashed. */
export const chartPalette = [
  '#0B6BCB',
  '#12A594',
  '#E08A00',
  '#B4459A',
  '#6A7F00',
  '#D1503F',
  '#5B5BD6',
  '#4C6A80',
]
export const chartPaletteDark = [
  '#4A9BEA',
  '#2CC4B1',
  '#F0A634',
  '#D873C0',
  '#9BB32B',
  '#EE7B6C',
  '#8C8CF0',
  '#8AA9C0',
]
export const chartInk = (isDark: boolean) => (isDark ? dark : light)
