import { call } from './client'
import type { JobState, MakeRequest, MaterialView, OpenedFile, PackageDiff, PackageRecord } from './types'

export const materials = async (appID: string) =>
  (await call<MaterialView[] | null>('Packages', 'Materials', [appID])) ?? []
export const preview = (appID: string, materialID: string) =>
  call<{ title: string; html: string }>('Packages', 'Preview', [appID, materialID])
export const make = (request: MakeRequest) => call<PackageRecord>('Packages', 'Make', [request])
export const job = (id: string) => call<JobState>('Packages', 'Job', [id])
export const cancel = (id: string) => call<null>('Packages', 'Cancel', [id])
export const history = async (appID: string) =>
  (await call<PackageRecord[] | null>('Packages', 'History', [appID])) ?? []
export const diff = (packageID: string) => call<PackageDiff>('Packages', 'Diff', [packageID])
export const markSubmitted = (packageID: string, where: string) =>
  call<PackageRecord>('Packages', 'MarkSubmitted', [packageID, where])
export const reveal = (packageID: string) => call<OpenedFile>('Packages', 'Reveal', [packageID])
