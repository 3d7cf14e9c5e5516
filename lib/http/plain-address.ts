/** An address as people read it: letters, digits and marks that need no `%` stand without it, so that one page has one address. */
export const plainAddress = (address: string): string =>
  address.replace(/%([2-7][0-9a-f])/gi, (escaped, hex: string) => {
    const letter = String.fromCharCode(parseInt(hex, 16))
    return /[\w.~-]/.test(letter) ? letter : escaped
  })
