// Addresses of files the program serves to a browser; in the window the program writes them to the data folder instead.
const part = encodeURIComponent

export const packageFile = (packageID: string) => `/file/package/${part(packageID)}`
export const snippetFile = (appID: string, stack: string) => `/file/snippet/${part(appID)}/${part(stack)}`
export const journalFile = (appID: string) => `/file/journal/${part(appID === '' ? 'all' : appID)}`
export const templateFile = (material: string) => `/file/template/${part(material)}`
