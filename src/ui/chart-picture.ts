import type { EChartsType } from 'echarts/core'

/** So that letters are sharp in a document. */
const density = 2

/** What a chart shows as a PNG, on the ground it stands on; the chart itself is drawn as SVG. */
export async function chartPicture(chart: EChartsType, ground: string): Promise<Blob> {
  // Outside of the page there is nothing to inherit a font from.
  const svg = chart.renderToSVGString().replaceAll('inherit', 'system-ui, sans-serif')
  const address = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }))
  try {
    const picture = new Image()
    picture.src = address
    await picture.decode()
    return await drawn(picture, chart.getWidth() * density, chart.getHeight() * density, ground)
  } finally {
    URL.revokeObjectURL(address)
  }
}

function drawn(picture: HTMLImageElement, width: number, height: number, ground: string): Promise<Blob> {
  const canvas = document.createElement('canvas')
  Object.assign(canvas, { width, height })
  const pen = canvas.getContext('2d')
  if (!pen) throw new Error('this browser has no canvas')
  pen.fillStyle = ground
  pen.fillRect(0, 0, width, height)
  pen.drawImage(picture, 0, 0, width, height)
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('no picture'))), 'image/png'),
  )
}
