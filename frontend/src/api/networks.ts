// Which networks answer; nothing is asked before the person asks or switches it on.
import { call } from './client'

/** One address of a network; state is empty before it was asked. */
export interface AddressState { key: string; title: string; url: string; state: string; word: string; at: string; millis: number }
export interface NetworkState { id: string; name: string; state: string; word: string; addresses: AddressState[] | null }
export interface NetworksView {
  networks: NetworkState[] | null
  /** When they were asked last; empty before that. */
  at: string
  auto: boolean
  minutes: number
  /** Everything points there instead of at its own address; empty when not. */
  elsewhere: string
  /** The addresses were given for this run of the program. */
  given: boolean
}

export const status = () => call<NetworksView>('Networks', 'Status')
export const check = (job: string) => call<NetworksView>('Networks', 'Check', [job])
/** Switches the checks by itself on or off. */
export const setAuto = (on: boolean) => call<NetworksView>('Networks', 'SetAuto', [on])
/** Takes the addresses of an uploaded file. */
export const importAddresses = (upload: string) => call<number>('Networks', 'ImportAddresses', [upload])
/** Points every address at another place; empty takes that back. */
export const setElsewhere = (url: string) => call<NetworksView>('Networks', 'SetElsewhere', [url])
