// Where a field is filled in: the one place that turns a field's key into a link.

/** The address of the input of a field, for the app concerned. */
export function fieldPlace(key: string, appID: string, vendorID = ''): string {
  const field = encodeURIComponent(key)
  if (key.startsWith('unit.')) return `/settings/unit?field=${field}`
  if (key.startsWith('vendor.')) {
    return vendorID === '' ? `/apps/${appID}/data?field=app.vendor_id` : `/settings/vendors?vendor=${vendorID}&field=${field}`
  }
  if (key === 'app.pages' || key.startsWith('app.pages.') || key.startsWith('app.pages[')) return `/apps/${appID}/tracking`
  return `/apps/${appID}/data?field=${field}`
}

/** The address of a rule on 核对, for the app concerned. */
export function rulePlace(rule: string, appID: string): string {
  return `/apps/${appID}/check?rule=${encodeURIComponent(rule)}`
}

/** Brings a rule on 核对 into view and puts the focus on it: its first finding, else its entry in the list of rules. */
export function focusRule(rule: string): boolean {
  const at = document.querySelector<HTMLElement>(`[data-rule="${CSS.escape(rule)}"]`)
  at?.focus({ preventScroll: true })
  at?.scrollIntoView({ block: 'center' })
  return at !== null
}

/** The id of the input of a field on its page. */
export function fieldID(key: string): string {
  return `field-${key.replace(/[^A-Za-z0-9_-]/g, '-')}`
}

/** Brings an input into view and puts the focus in it; false when it is not on the page. */
export function focusField(key: string): boolean {
  const box = document.getElementById(fieldID(key))
  if (!box) return false
  const input = box.matches('input, textarea, button, select')
    ? box
    : box.querySelector<HTMLElement>('input:not([type=hidden]):not([type=file]), textarea, button, select, [tabindex="0"]')
  ;(input ?? box).focus({ preventScroll: true })
  box.closest('[data-field]')?.scrollIntoView({ block: 'center' })
  return true
}
