// Addresses of files the program serves for saving, the same in the window and in a browser.
const part = encodeURIComponent

export const packageFile = (packageID: string) => `/file/package/${part(packageID)}`
export const materialFile = (appID: string, material: string) => `/file/material/${part(appID)}/${part(material)}`
export const snippetFile = (appID: string, stack: string) => `/file/snippet/${part(appID)}/${part(stack)}`
export const journalFile = (appID: string) => `/file/journal/${part(appID === '' ? 'all' : appID)}`
export const templateFile = (material: string) => `/file/template/${part(material)}`
