const FIELDS = 'input, textarea, select, [contenteditable=""], [contenteditable="true"], [role="textbox"]'

/** `mod+k` for Ctrl-K or Cmd-K, else the character typed: `g`, `?`. */
export function chordOf(event: KeyboardEvent) {
  if (event.key.length > 1 || event.altKey) return null
  const key = event.key.toLowerCase()
  return event.ctrlKey || event.metaKey ? `mod+${key}` : key
}

export function isTyping(event: KeyboardEvent) {
  return event.isComposing || (event.target instanceof Element && event.target.closest(FIELDS) !== null)
}

// A toast is a dialog too, but covers nothing.
const COVERS = '[role="dialog"]:not([aria-modal="false"]), [role="alertdialog"]:not([aria-modal="false"]), [role="menu"]'

/** Behind an open dialog or menu nothing may react, except by a chord that cannot be typed. */
export function isCovered() {
  return document.querySelector(COVERS) !== null
}
