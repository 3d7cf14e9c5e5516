const SIDE_PX = 256

/** A picture cut to a square and made small before it is sent: no camera's megabytes, and none of what it noted about place and time. */
export async function squarePicture(file: File, type = 'image/jpeg'): Promise<string> {
  const picture = await createImageBitmap(file)
  const side = Math.min(picture.width, picture.height)
  const canvas = document.createElement('canvas')
  canvas.width = canvas.height = SIDE_PX
  canvas.getContext('2d')!.drawImage(picture, (picture.width - side) / 2, (picture.height - side) / 2, side, side, 0, 0, SIDE_PX, SIDE_PX)
  return canvas.toDataURL(type, 0.85)
}
