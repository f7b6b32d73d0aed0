import { call } from './client'
import type { FieldValue, Saved, Settings, SettingsRequest, UnitView } from './types'

export const get = () => call<UnitView>('Units', 'Get')
export const set = (values: FieldValue[]) => call<Saved>('Units', 'Set', [values])
export const setSettings = (request: SettingsRequest) => call<Settings>('Units', 'SetSettings', [request])
