import { call } from './client'

// Addresses of files the program serves for saving, the same in the window and in a browser.
const part = encodeURIComponent

export const packageFile = (packageID: string) => `/file/package/${part(packageID)}`
export const materialFile = (appID: string, material: string) => `/file/material/${part(appID)}/${part(material)}`
export const proofFile = (appID: string, proofID: string) => `/file/proof/${part(appID)}/${part(proofID)}`
export const snippetFile = (appID: string, stack: string) => `/file/snippet/${part(appID)}/${part(stack)}`
export const checkReport = (checkID: string, format: 'docx' | 'html' | 'pdf') => `/file/check/${part(checkID)}/${format}`
export const journalFile = (appID: string) => `/file/journal/${part(appID === '' ? 'all' : appID)}`
export const templateFile = (material: string) => `/file/template/${part(material)}`
export const todoCalendar = (appID = '') => (appID === '' ? '/file/todo/ics' : `/file/todo/ics/${part(appID)}`)
export const importTemplate = () => '/file/intake/template'
const ofApp = (appID: string) => (appID === '' ? '' : `/${part(appID)}`)
export const weeklyReport = (day: string, format: string, appID = '') => `/file/report/weekly/${part(day)}/${format}${ofApp(appID)}`
export const periodReport = (from: string, to: string, format: string, appID = '') =>
  `/file/report/period/${part(from)}/${part(to)}/${format}${ofApp(appID)}`
export const administratorLetter = (caseID: string) => `/file/report/letter/${part(caseID)}`

/** Saves a file into the folder for downloads, for the window, and says where it lies. */
export const save = (address: string) =>
  call<{ path: string; name: string; size: number }>('Downloads', 'Save', [decodeURIComponent(address.replace('/file/', ''))])
